package dev.planetary.launcher.demo;

/** A demo could not be played to its end; the message says what went wrong. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(final String message) {
        super(message);
    }
}
