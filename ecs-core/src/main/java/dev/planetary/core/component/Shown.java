package dev.planetary.core.component;

import org.joml.Vector3d;

/** On a client, where to draw an entity at the present tick, in metres. Written by {@link MotionSampler}, read by engines and views; never sent. */
public final class Shown extends Vector3d {
    private static final long serialVersionUID = 1L;

    /** The origin, until sampled. */
    public Shown() {
        super();
    }
}
