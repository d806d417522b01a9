package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.simnet.LinkFaults;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Half of the entities that crossed a cell's border were taken out of the world and put in again, since the leaver was read before the record. */
class BorderCrossingSimTest {
    private static final int WALKERS = 40;

    private final List<Integer> walkers = new ArrayList<>();
    private int entered;
    private int left;

    @Test
    void shouldNotTakeAnEntityAwayThatOnlyCrossesABorder() {
        final SimulatedPeers peers = walking(LinkFaults.NONE);
        walk(peers, 300);
        assertEquals(0, left, "left while they walked");
        assertEquals(0, entered, "entered while they walked");
    }

    @Test
    void shouldSeldomDoSoOverABadLink() {
        final SimulatedPeers peers = walking(new LinkFaults(5, 2, 40, 10, 2, 2));
        final int crossings = walk(peers, 300);
        assertTrue(crossings > 500, crossings + " crossings");
        assertTrue(left < crossings / 4, left + " of " + crossings + " left");
    }

    private SimulatedPeers walking(final LinkFaults faults) {
        final SimulatedPeers peers = new SimulatedPeers(5).faults(faults).start();
        for (int i = 0; i < WALKERS; i++) {
            walkers.add(peers.spawn(new Position(place(i, 0), 0, i - WALKERS / 2.0), new Score()));
        }
        peers.joined(1);
        peers.settle();
        assertEquals(WALKERS, peers.count(0, Score.class), "walkers in view");
        peers.client(0).listen(new ClientListener() {
            @Override
            public void onEntered(final int entity) {
                entered++;
            }

            @Override
            public void onLeft(final int entity) {
                left++;
            }
        });
        return peers;
    }

    /** Walks to and fro within the window; returns how many borders of 16 m were crossed. */
    private int walk(final SimulatedPeers peers, final int ticks) {
        int crossings = 0;
        for (int tick = 1; tick <= ticks; tick++) {
            for (int i = 0; i < WALKERS; i++) {
                final double x = place(i, tick);
                crossings += Math.floor(x / 16) == Math.floor(place(i, tick - 1) / 16) ? 0 : 1;
                peers.move(walkers.get(i), x, i - WALKERS / 2.0);
            }
            peers.tick(1);
        }
        return crossings;
    }

    private static double place(final int walker, final int tick) {
        return 24 * Math.sin((tick + 7 * walker) / 15.0);
    }
}
