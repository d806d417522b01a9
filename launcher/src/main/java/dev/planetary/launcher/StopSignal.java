package dev.planetary.launcher;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something to wait for. The JVM answers both by running its shutdown hooks and would then exit with 130 or 143; the hook here raises
 * the signal and holds the JVM until the work has stopped cleanly, after which {@link Main} halts it with the exit code of the work.
 */
public final class StopSignal {
    private static final Duration PATIENCE = Duration.ofMillis(2_800);

    private final CountDownLatch raised = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** A signal that nothing raises but {@link #raise()}. */
    public StopSignal() {
        // Bound to the process by bind().
    }

    /** From here on the process's own stop raises it; {@code unclean} runs when the work has not stopped in time. */
    void bind(final Runnable unclean) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            raise();
            try {
                if (!finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    unclean.run();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop"));
    }

    /** Asks for the stop. */
    public void raise() {
        raised.countDown();
    }

    /** Whether to stop. */
    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Waits for the signal, at most {@code patience}; whether it came. */
    public boolean await(final Duration patience) throws InterruptedException {
        return raised.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The work has stopped. */
    void finish() {
        finished.countDown();
    }
}
