package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.plugin.HeightGround;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class WayAheadTest {
    private static final double EAST = 0;
    private static final double WEST = Math.PI;

    private static int metres(final java.util.function.IntBinaryOperator heights, final double heading) {
        final int height = heights.applyAsInt(0, 0);
        return new WayAhead(new HeightGround(heights)).metres(new Vector3d(0.5, height, 0.5), heading);
    }

    @Test
    void shouldSeeNoEndOfAPlainAndOfAStair() {
        assertEquals(WayAhead.FARTHEST, metres((x, z) -> 5, EAST));
        assertEquals(WayAhead.FARTHEST, metres((x, z) -> x, EAST));
        assertEquals(WayAhead.FARTHEST, metres((x, z) -> x, WEST));
    }

    @Test
    void shouldStopBeforeWhatCannotBeClimbed() {
        assertEquals(4, metres((x, z) -> x < 5 ? 5 : 7, EAST));
        assertEquals(WayAhead.FARTHEST, metres((x, z) -> x < 5 ? 5 : 7, WEST));
    }

    @Test
    void shouldStopBeforeAPitAndBeforeTheEdgeOfTheWorld() {
        assertEquals(2, metres((x, z) -> x < 3 ? 5 : 2, EAST));
        assertEquals(2, metres((x, z) -> x < 3 ? 5 : Integer.MIN_VALUE, EAST));
    }
}
