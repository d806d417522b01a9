package dev.planetary.launcher;

/** What the process says to the script that started it. */
public final class ExitCode {
    /** Done, and what was checked held. */
    public static final int OK = 0;

    /** It failed. */
    public static final int FAILED = 1;

    /** What the user gave cannot work. */
    public static final int CANNOT_WORK = 2;

    private ExitCode() {
    }
}
