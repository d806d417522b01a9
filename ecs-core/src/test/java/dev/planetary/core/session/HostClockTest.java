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
            clock.onTick(tick, StateHead.time((tick - 1_000) * TICK_NS), arrivedNs);
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
            clock.onTick(tick, StateHead.time(tick * TICK_NS), tick * TICK_NS + 40 * MS + jitterNs);
            clock.onRoundTrip(80 * MS + jitterNs + random.nextLong(60 * MS));
        }
        assertEquals(400, clock.now(400 * TICK_NS), 0.4, "within 20 ms on a link that jitters by 60");
    }

    @Test
    void shouldNeverRunBackwards() {
        final SplittableRandom random = new SplittableRandom(2);
        clock.begin(TICK_NS);
        clock.onTick(0, 0, 0);
        double before = 0;
        for (long nowNs = 7 * MS; nowNs < 20_000 * MS; nowNs += 7 * MS) {
            if (random.nextInt(3) == 0) {
                clock.onTick((int)(nowNs / TICK_NS) - random.nextInt(10), random.nextInt(1 << 16), nowNs);
                clock.onRoundTrip(random.nextLong(500 * MS));
            }
            final double now = clock.now(nowNs);
            assertTrue(now >= before, "at " + nowNs + " ns it fell from " + before + " to " + now);
            before = now;
        }
        assertTrue(before > 380, "and it went on: " + before);
    }

    /** Largest error in ticks over an evening in which every fourth tick begins up to 40 ms late, on a link without jitter. */
    private static double errorWithLateTicks(final boolean told) {
        final HostClock clock = new HostClock();
        final SplittableRandom random = new SplittableRandom(3);
        clock.begin(TICK_NS);
        double worst = 0;
        for (int tick = 0; tick < 2_000; tick++) {
            final long dueNs = tick * TICK_NS;
            final long lateNs = random.nextInt(4) == 0 ? random.nextLong(40 * MS) : 0;
            clock.onTick(tick, StateHead.time(told ? dueNs + lateNs : dueNs), dueNs + lateNs + 30 * MS);
            clock.onRoundTrip(60 * MS);
            if (tick > 100) {
                worst = Math.max(worst, Math.abs(clock.now(dueNs + 45 * MS) - tick - 0.9));
            }
        }
        return worst;
    }

    @Test
    void shouldNotBeMovedByTicksThatTheHostBeganLate() {
        final double told = errorWithLateTicks(true);
        final double untold = errorWithLateTicks(false);
        assertTrue(told * TICK_NS < 0.1 * MS, "off by " + told * 50 + " ms");
        assertTrue(untold > 10 * told, "without the time in the head it were off by " + untold * 50 + " ms");
    }

    @Test
    void shouldGoOnFromWhereAHostIsThatLetTicksGo() {
        clock.begin(TICK_NS);
        long dueNs = 0;
        for (int tick = 0; tick < 400; tick++) {
            dueNs += tick == 200 ? 700 * MS : TICK_NS;
            clock.onTick(tick, StateHead.time(dueNs), dueNs + 20 * MS);
            clock.onRoundTrip(40 * MS);
            if (tick < 200 || tick > 215) {
                assertEquals(tick + 0.4, clock.now(dueNs + 20 * MS), 0.02, "at tick " + tick);
            }
        }
    }

    @Test
    void shouldFollowAHostThatIsTooSlowForItsRate() {
        clock.begin(TICK_NS);
        for (int tick = 0; tick < 1_000; tick++) {
            final long beganNs = tick * 52 * MS;
            clock.onTick(tick, StateHead.time(beganNs), beganNs);
        }
        assertEquals(999, clock.now(999 * 52 * MS), 8, "a tenth of a second and a few ticks behind what it should be at");
    }

    @Test
    void shouldTakeTheRateFromTheWelcomeThatComesWithALaterTick() {
        clock.onTick(70, StateHead.time(0), 5 * MS);
        clock.onTick(72, StateHead.time(40 * MS), 45 * MS);
        clock.begin(20 * MS);
        assertEquals(72, clock.now(45 * MS), 0.001);
        clock.onTick(73, StateHead.time(60 * MS), 65 * MS);
        assertEquals(73.5, clock.now(75 * MS), 0.01);
    }
}
