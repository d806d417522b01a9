package dev.planetary.core.component;

import org.joml.Quaternionf;

/** Which way an entity faces: a unit quaternion, at most 0.28 degrees off on the wire. */
public final class Rotation extends Quaternionf {
    private static final long serialVersionUID = 1L;

    /** Facing as modelled. */
    public Rotation() {
        super();
    }
}
