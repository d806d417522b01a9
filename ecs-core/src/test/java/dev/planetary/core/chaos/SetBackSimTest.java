package dev.planetary.core.chaos;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Evenings on which a player was told of somebody, its track was set back to before that one came (or a sweep ended there), and then the circle left
 * both: nobody told the player that it was gone.
 */
class SetBackSimTest {
    private static final ChaosSettings LATE_WINDOWS = new ChaosSettings(
        4, 300, 360, 128, 200, 100, 420, 60_000, 2, 64, new LinkFaults(25, 4, 60, 150, 8, 4), 40, 0, false, 0, Repairs.ALL);

    @ParameterizedTest
    @ValueSource(longs = {8, 168, 234})
    void shouldTellOfAllThatTheCircleLeavesWhoMayBeHeld(final long seed) {
        final World world = new World(new DominionStore(), 1 << 16, 1);
        assertNull(new ChaosRun(LATE_WINDOWS, seed, new SimulatedNetwork(1), world).play(), "seed " + seed);
    }

    /** A second roll call came while the stream from nothing was under way, and what was lost had been told before it. */
    @ParameterizedTest
    @ValueSource(longs = 11_354)
    void shouldGoBackToBeforeTheCircleMoved(final long seed) {
        final World world = new World(new DominionStore(), 1 << 16, 2);
        assertNull(new ChaosRun(ChaosSettings.variant(seed), seed, new SimulatedNetwork(1), world).play(), "seed " + seed);
    }
}
