package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HostClockTest {
    private static final long TICK_NS = 50_000_000L;
    private static final long MS = 1_000_000L;

    private final HostClock clock = new HostClock();

    @Test
    void shouldAllowForTheTimeThatDatagramsTake() {
        clock.begin(TICK_NS);
        for (int tick = 1_000; tick < 1_100; tick++) {
            final long arrivedNs = (tick - 1_000) * TICK_NS + 80 * MS;
            clock.onTick(tick, arrivedNs);
            clock.onRoundTrip(160 * MS);
        }
        assertEquals(1_100, clock.now(100 * TICK_NS), 0.05, "the host's tick at this moment");
    }

    @Test
    void shouldFollowTheDatagramsThatTravelFastest() {
        final SplittableRandom random = new SplittableRandom(1);
        clock.begin(TICK_NS);
        for (int tick = 0; tick < 400; tick++) {
            final long jitterNs = random.nextLong(60 * MS);
            clock.onTick(tick, tick * TICK_NS + 40 * MS + jitterNs);
            clock.onRoundTrip(80 * MS + jitterNs + random.nextLong(60 * MS));
        }
        assertEquals(400, clock.now(400 * TICK_NS), 0.4, "within 20 ms on a link that jitters by 60");
    }

    @Test
    void shouldNeverRunBackwards() {
        final SplittableRandom random = new SplittableRandom(2);
        clock.begin(TICK_NS);
        clock.onTick(0, 0);
        double before = 0;
        for (long nowNs = 7 * MS; nowNs < 20_000 * MS; nowNs += 7 * MS) {
            if (random.nextInt(3) == 0) {
                clock.onTick((int)(nowNs / TICK_NS) - random.nextInt(10), nowNs);
                clock.onRoundTrip(random.nextLong(500 * MS));
            }
            final double now = clock.now(nowNs);
            assertTrue(now >= before, "at " + nowNs + " ns it fell from " + before + " to " + now);
            before = now;
        }
        assertTrue(before > 380, "and it went on: " + before);
    }
}
