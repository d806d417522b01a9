package dev.planetary.launcher.option;

import dev.planetary.core.cell.Bands;
import dev.planetary.core.plugin.InvalidSettingException;
import picocli.CommandLine;

/** Reads bands from the command line: "0.5:2,0.75:4", or "none". */
public final class BandsConverter implements CommandLine.ITypeConverter<Bands> {
    /** Used by the command line. */
    public BandsConverter() {
        // Keeps nothing.
    }

    @Override
    public Bands convert(final String text) {
        try {
            return Bands.parse(text);
        } catch (final InvalidSettingException e) {
            throw new MisfitException(Bands.EXPECTED);
        }
    }
}
