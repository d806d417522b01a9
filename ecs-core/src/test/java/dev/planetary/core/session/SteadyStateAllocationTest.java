package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.lane.AllocatedBytes;
import dev.planetary.core.simnet.LinkFaults;
import org.junit.jupiter.api.Test;

/** A game with eight players and moving entities allocates nothing per tick once it runs, on the host and on a client. */
class SteadyStateAllocationTest {
    private static final int CLIENTS = 8;
    private static final int ENTITIES = 200;
    private static final int WARM_UP_TICKS = 1_500;
    private static final int MEASURED_TICKS = 400;

    private final int[] entities = new int[ENTITIES];

    private final AllocatedBytes allocated = new AllocatedBytes();
    private long hostBytes;
    private long clientBytes;

    // Leavers that a cell remembers: an array that grows to this once, here from the start.
    private final SimulatedPeers peers = new SimulatedPeers(1)
        .faults(new LinkFaults(5, 2, 40, 10, 2, 2))
        .host(settings -> settings.leaverCapacity(8))
        .start();

    @Test
    void shouldAllocateNothingPerTickWhileEntitiesMoveWithinTheirCells() {
        play(false);
        assertTrue(hostBytes <= AllocatedBytes.TOLERANCE, hostBytes / (double)MEASURED_TICKS + " bytes a host tick");
        assertTrue(clientBytes <= AllocatedBytes.TOLERANCE, clientBytes / (double)MEASURED_TICKS / CLIENTS + " bytes a client tick");
        peers.settle();
    }

    @Test
    void shouldAllocateNothingOnTheHostWhileWindowsMove() {
        play(true);
        assertTrue(hostBytes <= AllocatedBytes.TOLERANCE, hostBytes / (double)MEASURED_TICKS + " bytes a host tick");
        assertTrue(clientBytes > AllocatedBytes.TOLERANCE, "a client makes the components of entities that come into view");
        peers.settle();
    }

    private void play(final boolean anchorsMove) {
        for (int i = 0; i < ENTITIES; i++) {
            entities[i] = anchorsMove
                ? peers.spawn(new Position(i % 20 * 4 - 40, 0, i / 20 * 8 - 40), new Score(i))
                : peers.spawn(new Position(i % 5 * 16 - 26, 0, i / 5 % 5 * 16 - 24), new Score(i));
        }
        peers.joined(CLIENTS);
        final long probe = probe();
        for (int tick = 0; tick < WARM_UP_TICKS + MEASURED_TICKS; tick++) {
            if (tick == WARM_UP_TICKS) {
                hostBytes = 0;
                clientBytes = 0;
            }
            move(tick, anchorsMove);
            peers.network().advance(SimulatedPeers.TICK_NS / 2);
            final long beforeHost = allocated.now();
            peers.host().tick();
            hostBytes += allocated.now() - beforeHost - probe;
            peers.network().advance(SimulatedPeers.TICK_NS / 2);
            final long beforeClients = allocated.now();
            for (int i = 0; i < CLIENTS; i++) {
                peers.client(i).tick();
            }
            clientBytes += allocated.now() - beforeClients - probe;
        }
        assertEquals(CLIENTS, peers.host().players());
    }

    /** What asking once allocates. */
    private long probe() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            final long before = allocated.now();
            least = Math.min(least, allocated.now() - before);
        }
        return least;
    }

    /** To and fro within a few metres, from the middle of cells or anywhere. */
    private void move(final int tick, final boolean anchorsMove) {
        for (int i = tick % 3; i < ENTITIES; i += 3) {
            final Position position = peers.host().core().position().get(entities[i]);
            position.x += tick / 40 % 2 == 0 ? 0.3 : -0.3;
            peers.host().core().position().markDirty(entities[i]);
        }
        for (int i = 0; i < CLIENTS && anchorsMove; i++) {
            peers.seat(i).anchor(tick / 40 % 2 == 0 ? tick % 40 : 40 - tick % 40, 0, i);
        }
    }
}
