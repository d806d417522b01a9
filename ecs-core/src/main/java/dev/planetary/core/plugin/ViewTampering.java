package dev.planetary.core.plugin;

/** Capability of a client, for tests of the comparison of views: spoiling what the client shows, so that the comparison must find it. */
public interface ViewTampering {
    /** Changes one voxel that this client holds. Returns the name of its item in the digest ("chunk 3,1,-2"); empty where nothing is held. */
    String flipVoxel();
}
