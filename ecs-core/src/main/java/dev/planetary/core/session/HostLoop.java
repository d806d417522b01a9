package dev.planetary.core.session;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Ticks a host in real time: a thread with an idle strategy runs it in production, a test steps it by hand. A tick that comes late is made up for at
 * once, up to half a second; what is later than that is left out, and play goes on from now.
 */
public final class HostLoop implements Agent {
    static final long MOST_LATE_NS = 500_000_000L;

    private final HostGame game;
    private final NanoClock clock;
    private final long periodNs;
    private long dueNs;

    /** A loop that begins with its first {@link #doWork}. */
    public HostLoop(final HostGame game, final NanoClock clock) {
        this.game = game;
        this.clock = clock;
        this.periodNs = game.settings().tickPeriodNs();
        this.dueNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        final long now = clock.nanoTime();
        if (now - dueNs < 0) {
            return 0;
        }
        dueNs = now - dueNs > MOST_LATE_NS ? now + periodNs : dueNs + periodNs;
        game.tick();
        return 1;
    }

    /** Nanoseconds until the next tick is due, 0 or less when it is. */
    public long untilDueNs() {
        return dueNs - clock.nanoTime();
    }

    @Override
    public String roleName() {
        return "planetary-host";
    }
}
