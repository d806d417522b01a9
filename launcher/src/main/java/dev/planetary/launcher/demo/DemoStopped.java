package dev.planetary.launcher.demo;

/** The user wants no more of it. */
final class DemoStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoStopped() {
        super("stopped", null, false, false);
    }
}
