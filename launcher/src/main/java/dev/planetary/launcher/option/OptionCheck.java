package dev.planetary.launcher.option;

import dev.planetary.launcher.UserError;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Holds the values of number options against their {@link Fits}. */
public final class OptionCheck {
    private OptionCheck() {
    }

    /** Fails at the first number that does not fit. */
    public static void check(final ParseResult parsed, final OptionSources sources) {
        for (final OptionSpec option : parsed.commandSpec().options()) {
            final Optional<Fits> fits = fits(option);
            if (fits.isPresent() && option.getValue() instanceof Number number
                && !(number.doubleValue() >= fits.get().least() && number.doubleValue() <= fits.get().most())) {
                throw misfit(label(option, parsed.hasMatchedOption(option), sources), number.toString(), option);
            }
        }
    }

    /** How the user named the option: as on the command line, or as the source that it came from. */
    public static String label(final ArgSpec argument, final boolean onCommandLine, final OptionSources sources) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        return onCommandLine ? option.longestName() : sources.find(option.longestName()).map(OptionSources.Found::label).orElse(option.longestName());
    }

    /** The error for a value that does not fit. */
    public static UserError misfit(final String label, final String value, final ArgSpec argument) {
        return new UserError(label + "=" + value + ": expected " + expected(argument));
    }

    /** What would fit, in words. */
    public static String expected(final ArgSpec argument) {
        final Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        final boolean isWhole = type == int.class || type == long.class || type == Integer.class || type == Long.class;
        final Optional<Fits> fits = fits(argument);
        if (fits.isPresent()) {
            return (isWhole ? "" : "a number from ") + plain(fits.get().least()) + " to " + plain(fits.get().most());
        }
        if (type.isEnum()) {
            return "one of " + Arrays.stream(type.getEnumConstants()).map(value -> value.toString().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return isWhole ? "a whole number" : "another value";
    }

    private static Optional<Fits> fits(final ArgSpec argument) {
        return argument.userObject() instanceof Field field ? Optional.ofNullable(field.getAnnotation(Fits.class)) : Optional.empty();
    }

    private static String plain(final double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound) : Double.toString(bound);
    }
}
