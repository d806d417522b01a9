package dev.planetary.core.chaos;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.simnet.LinkFaults;

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
    Repairs repairs) {
    /** Ticks a second. */
    public static final int TICK_RATE_HZ = 20;

    /**
     * The standard evening: 8 clients, 20 % loss in bursts of 3, 100 ms one way with up to 50 ms of jitter, 4 % reorder, 2 % duplicates, a cut of 3 s,
     * two crashes; all views must agree within 5 s of quiet.
     */
    public static ChaosSettings standard() {
        return new ChaosSettings(
            8, 400, 240, 48, 200, 5 * TICK_RATE_HZ, 420, 60_000, 6, 16, new LinkFaults(20, 3, 100, 50, 4, 2), 3 * TICK_RATE_HZ, 2, Repairs.ALL);
    }

    /** The same with other repairs. */
    public ChaosSettings with(final Repairs newRepairs) {
        return new ChaosSettings(
            clients, entities, worldMetres, radiusMetres, activeTicks, quietTicks, maxDatagramLength, budget, leaverCapacity, heldCapacity, faults,
            cutTicks, crashes, newRepairs);
    }
}
