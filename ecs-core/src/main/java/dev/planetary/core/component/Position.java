package dev.planetary.core.component;

import org.joml.Vector3d;

/** Where an entity is: metres, y up, each axis within plus or minus 2,097,151 (the encoding's extents), kept in steps of 1/1,024 m on the wire. */
public final class Position extends Vector3d {
    private static final long serialVersionUID = 1L;

    /** The origin. */
    public Position() {
        super();
    }

    /** This place. */
    public Position(final double x, final double y, final double z) {
        super(x, y, z);
    }
}
