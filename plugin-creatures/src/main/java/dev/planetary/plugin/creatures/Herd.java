package dev.planetary.plugin.creatures;

/** What keeps creatures together: a centre that drifts slowly around the place where herds live. */
final class Herd {
    /** Metres from the centre within which its creatures find their goals. */
    static final double RADIUS = 12;

    private static final double STEP = 4;

    /** Centre, x in metres. */
    double x;

    /** Centre, z in metres. */
    double z;

    private final Dice dice;

    Herd(final double x, final double z, final Dice dice) {
        this.x = x;
        this.z = z;
        this.dice = dice;
    }

    /** Moves the centre a few metres, never further than {@code spread} from {@code homeX}, {@code homeZ} unless it was so before. */
    void drift(final double homeX, final double homeZ, final double spread) {
        final double newX = x + dice.between(-STEP, STEP);
        final double newZ = z + dice.between(-STEP, STEP);
        final double before = square(x - homeX) + square(z - homeZ);
        final double after = square(newX - homeX) + square(newZ - homeZ);
        if (after <= spread * spread || after < before) {
            x = newX;
            z = newZ;
        }
    }

    private static double square(final double value) {
        return value * value;
    }
}
