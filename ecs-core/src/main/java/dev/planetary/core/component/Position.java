package dev.planetary.core.component;

import org.joml.Vector3d;

/** Where an entity is: metres, y up, each axis within plus or minus 2,097,151 (the encoding's extents), kept in steps of 1/1,024 m on the wire. */
public final class Position extends Vector3d {
    /** Steps of a metre on the wire. */
    public static final int UNITS_PER_METRE = 1_024;

    private static final long serialVersionUID = 1L;

    /** The origin. */
    public Position() {
        super();
    }

    /** This place. */
    public Position(final double x, final double y, final double z) {
        super(x, y, z);
    }

    /** A coordinate in metres as the wire has it; what lies beyond the extents is held at them. */
    public static int units(final double metres) {
        // The cast saturates, and sends NaN to 0; the type's lowest value is SBE's null and stays unused.
        return Math.max((int)Math.rint(metres * UNITS_PER_METRE), -Integer.MAX_VALUE);
    }
}
