package dev.planetary.launcher.play;

import org.joml.Vector3d;

/** Where a player's own avatar is. */
@FunctionalInterface
public interface Body {
    /** Writes where it stands, in metres; false where it is not there yet. */
    boolean place(Vector3d into);
}
