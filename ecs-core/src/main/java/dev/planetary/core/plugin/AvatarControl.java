package dev.planetary.core.plugin;

/** Capability of a client: steering its own avatar. */
public interface AvatarControl {
    /** Wish to walk: metres a second along x and z. The host caps the speed. */
    void walk(double x, double z);

    /** Own avatar as shown, or {@code NetworkId.NONE} before it arrived. */
    int avatar();
}
