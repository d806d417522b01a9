package dev.planetary.launcher.option;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Reads a stretch of time from the command line, as seconds: "90", "90s", "10m" or "1h". */
public final class SecondsConverter implements CommandLine.ITypeConverter<Double> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,6})?)([smh]?)");
    private static final Map<String, Integer> UNITS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600);

    /** Used by the command line. */
    public SecondsConverter() {
        // Keeps nothing.
    }

    @Override
    public Double convert(final String text) {
        final Matcher matcher = TEXT.matcher(text.trim());
        if (!matcher.matches()) {
            throw new MisfitException("seconds, or as 90s, 10m, 1h");
        }
        return Double.parseDouble(matcher.group(1)) * UNITS.get(matcher.group(2));
    }
}
