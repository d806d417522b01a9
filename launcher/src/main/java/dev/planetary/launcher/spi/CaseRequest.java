package dev.planetary.launcher.spi;

import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InvalidSettingException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the user asked for.
 *
 * @param caseName name of the case.
 * @param options  every option of the case by name, defaults filled in.
 * @param plugins  makes a new instance of each plugin that was found, in the order of their names; each game needs its own.
 * @param stopping turns true when the user wants it to end: stop within two seconds and answer with what there is.
 * @param progress for a person who watches: standard error.
 */
public record CaseRequest(
    String caseName,
    Map<String, String> options,
    Supplier<List<GamePlugin>> plugins,
    BooleanSupplier stopping,
    PrintStream progress) {

    /** Text of an option; "" where it was not given and has no default. */
    public String text(final String name) {
        final String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("case " + caseName + " declares no option --" + name);
        }
        return value;
    }

    /** Whether a flag was given. */
    public boolean flag(final String name) {
        return Boolean.parseBoolean(text(name));
    }

    /** A whole number within bounds; fails with a sentence that says what would fit. */
    public long number(final String name, final long least, final long most) {
        final String value = text(name);
        try {
            final long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (final NumberFormatException e) {
            throw new InvalidSettingException("--" + name + "=" + value + ": expected " + least + " to " + most, e);
        }
        throw new InvalidSettingException("--" + name + "=" + value + ": expected " + least + " to " + most);
    }
}
