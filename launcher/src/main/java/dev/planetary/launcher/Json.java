package dev.planetary.launcher;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Values as one line of JSON: records become objects in the order of their components, numbers that are none become null. */
public final class Json {
    private static final int DECIMALS = 3;
    private static final JsonSerializer<Double> ROUNDED = (value, type, context) ->
        Double.isFinite(value) ? new JsonPrimitive(rounded(value)) : JsonNull.INSTANCE;
    private static final Gson GSON = new GsonBuilder()
        .serializeNulls()
        .disableHtmlEscaping()
        .setFieldNamingPolicy(FieldNamingPolicy.IDENTITY)
        .registerTypeAdapter(Double.class, ROUNDED)
        .registerTypeAdapter(double.class, ROUNDED)
        .create();

    private Json() {
    }

    /** One line. Decimals are rounded to three places. */
    public static String line(final Object value) {
        return GSON.toJson(value);
    }

    /** The object in a line, or nothing where the line holds none. */
    public static Optional<JsonObject> object(final String line) {
        try {
            return Optional.ofNullable(GSON.fromJson(line, JsonObject.class));
        } catch (final JsonParseException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal rounded(final double value) {
        final BigDecimal shortened = new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        // Stripping turns 100 into 1E+2.
        return shortened.scale() < 0 ? shortened.setScale(0) : shortened;
    }
}
