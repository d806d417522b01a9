package dev.planetary.core.chaos;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.simnet.LinkFaults;
import java.util.SplittableRandom;

/**
 * How large and how bad a chaos game is.
 *
 * @param clients           players.
 * @param entities          entities alive at a time, about.
 * @param worldMetres       width of the square that they roam.
 * @param radiusMetres      relevancy radius.
 * @param activeTicks       ticks of play.
 * @param quietTicks        ticks within which all views must agree afterwards.
 * @param maxDatagramLength longest datagram.
 * @param budget            bytes a second for one player.
 * @param leaverCapacity    leavers that a cell remembers.
 * @param heldCapacity      datagrams that a client can hold.
 * @param faults            the links.
 * @param cutTicks          length of the cut that one client suffers; 0 for none.
 * @param crashes           clients that crash and come back.
 * @param still             whether anchors stand still but for jumps.
 * @param spikeMs           delay that a client's link now and then has for a quarter of a second, 0 for never.
 * @param repairs           repairs of the protocol that are at work.
 */
public record ChaosSettings(
    int clients,
    int entities,
    int worldMetres,
    int radiusMetres,
    int activeTicks,
    int quietTicks,
    int maxDatagramLength,
    int budget,
    int leaverCapacity,
    int heldCapacity,
    LinkFaults faults,
    int cutTicks,
    int crashes,
    boolean still,
    int spikeMs,
    Repairs repairs) {
    /** Ticks a second. */
    public static final int TICK_RATE_HZ = 20;

    /**
     * The standard evening: 8 clients, 20 % loss in bursts of 3, 100 ms one way with up to 50 ms of jitter, 4 % reorder, 2 % duplicates, a cut of 3 s,
     * two crashes; all views must agree within 5 s of quiet.
     */
    public static ChaosSettings standard() {
        return new ChaosSettings(
            8, 400, 240, 48, 200, 5 * TICK_RATE_HZ, 420, 60_000, 6, 16, new LinkFaults(20, 3, 100, 50, 4, 2), 3 * TICK_RATE_HZ, 2, false, 0, Repairs.ALL);
    }

    /** An evening of another kind for each seed: sizes, budgets, links and memories from the roomy to the hardly possible. */
    public static ChaosSettings variant(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed ^ 0x5EED_0F_A11L);
        final int radius = pick(random, 32, 48, 128);
        final int budget = pick(random, 8_000, 15_000, 60_000, 400_000);
        final int delay = pick(random, 0, 20, 100, 250);
        final LinkFaults links = new LinkFaults(
            pick(random, 0, 5, 20, 40), pick(random, 1, 3, 6), delay, pick(random, 0, 50, 150), pick(random, 0, 4, 8), pick(random, 0, 2, 8));
        return new ChaosSettings(
            pick(random, 2, 4, 8), pick(random, 60, 250, 400), pick(random, 100, 240, 360), radius, pick(random, 120, 200), 40 * TICK_RATE_HZ,
            pick(random, 170, 260, 420, 1_200), budget, pick(random, 2, 6, 64), pick(random, 4, 16, 64), links, pick(random, 0, 50, 60),
            pick(random, 0, 1, 2), random.nextInt(3) == 0, pick(random, 0, 0, 700, 2_500), Repairs.ALL);
    }

    private static int pick(final SplittableRandom random, final int... values) {
        return values[random.nextInt(values.length)];
    }

    /** The same with other repairs. */
    public ChaosSettings with(final Repairs newRepairs) {
        return new ChaosSettings(
            clients, entities, worldMetres, radiusMetres, activeTicks, quietTicks, maxDatagramLength, budget, leaverCapacity, heldCapacity, faults,
            cutTicks, crashes, still, spikeMs, newRepairs);
    }
}
