package dev.planetary.plugin.terrain;

import java.util.Arrays;
import java.util.Random;

/** Ways to damage bytes, each with its own dice. */
enum Damage {
    CUT,
    FLIP,
    NOISE,
    LONGER,
    LENGTHS;

    private static final byte[][] NUMBERS = {
        {-1, -1, -1, -1, -1}, {-1, -1, -1, -1, 7}, {0, 0, 0, -128}, {-1, -1, 3}, {-1, 127}, {-128, 0}, {0}, {-128, -128, -128, -128, 8},
    };

    byte[] apply(final byte[] good, final Random random) {
        final byte[] bad = good.clone();
        return switch (this) {
            case CUT -> Arrays.copyOf(good, random.nextInt(good.length));
            case FLIP -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    bad[random.nextInt(bad.length)] ^= (byte)(1 << random.nextInt(Byte.SIZE));
                }
                yield bad;
            }
            case NOISE -> {
                for (int i = random.nextInt(bad.length); i < bad.length; i++) {
                    bad[i] = (byte)random.nextInt();
                }
                yield bad;
            }
            case LONGER -> {
                final byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(40));
                for (int i = good.length; i < longer.length; i++) {
                    longer[i] = (byte)random.nextInt();
                }
                yield longer;
            }
            case LENGTHS -> {
                final byte[] number = NUMBERS[random.nextInt(NUMBERS.length)];
                final int at = random.nextInt(Math.min(bad.length, random.nextBoolean() ? 16 : bad.length));
                System.arraycopy(number, 0, bad, at, Math.min(number.length, bad.length - at));
                yield bad;
            }
        };
    }
}
