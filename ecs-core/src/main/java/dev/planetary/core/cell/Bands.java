package dev.planetary.core.cell;

import dev.planetary.core.plugin.InvalidSettingException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How often cells are asked by how far they are: beyond a share of the radius only every so many ticks, each cell in ticks of its own. What changed in
 * between goes once. Cells that a consumer has nothing of yet, and those without a place, are asked every tick. Immutable.
 */
public final class Bands {
    /** Every cell is asked every tick. */
    public static final Bands NONE = new Bands(new double[0], new int[0]);

    /** What {@link #parse} expects, for messages. */
    public static final String EXPECTED = "none, or shares of the radius with ticks, such as 0.5:2,0.75:4 (shares from 0 to 1, ascending; ticks 2 to 8)";

    private static final Pattern FORM = Pattern.compile("[01]?\\.?\\d{1,6}:[2-8](,[01]?\\.?\\d{1,6}:[2-8]){0,7}");

    private final double[] shares;
    private final int[] ticks;

    private Bands(final double[] shares, final int[] ticks) {
        this.shares = shares;
        this.ticks = ticks;
    }

    /** Reads "0.5:2,0.75:4": cells beyond half of the radius every 2 ticks, beyond three quarters every 4; or "none". */
    public static Bands parse(final String text) {
        final String plain = text.trim();
        if ("none".equals(plain)) {
            return NONE;
        }
        if (!FORM.matcher(plain).matches()) {
            throw misfit(text);
        }
        final String[] parts = plain.split(",");
        final double[] shares = new double[parts.length];
        final int[] ticks = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            final int colon = parts[i].indexOf(':');
            shares[i] = Double.parseDouble(parts[i].substring(0, colon));
            ticks[i] = Integer.parseInt(parts[i].substring(colon + 1));
            if (shares[i] > 1 || i > 0 && shares[i] <= shares[i - 1]) {
                throw misfit(text);
            }
        }
        return new Bands(shares, ticks);
    }

    private static InvalidSettingException misfit(final String text) {
        return new InvalidSettingException("bands=" + text + ": expected " + EXPECTED);
    }

    /** Whether any cell is asked more seldom than each tick. */
    public boolean any() {
        return ticks.length > 0;
    }

    /** Every how many ticks a cell is asked whose nearest place is {@code share} of the radius away. */
    int ticks(final double share) {
        int every = 1;
        for (int i = 0; i < shares.length && share > shares[i]; i++) {
            every = ticks[i];
        }
        return every;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Bands bands && Arrays.equals(shares, bands.shares) && Arrays.equals(ticks, bands.ticks);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shares) + Arrays.hashCode(ticks);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (!any()) {
            return "none";
        }
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < ticks.length; i++) {
            text.append(i == 0 ? "" : ",").append(shares[i]).append(':').append(ticks[i]);
        }
        return text.toString();
    }
}
