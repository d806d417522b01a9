package dev.planetary.benchmarks.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearestChunksTest {
    @Test
    void shouldTakeTheChunksWhoseMiddlesAreNearest() {
        final NearestChunks nearest = NearestChunks.of(new double[] {16, 16, 16}, -2, 12, 7);
        assertEquals(
            Set.of(chunk(0, 0, 0), chunk(1, 0, 0), chunk(-1, 0, 0), chunk(0, 1, 0), chunk(0, -1, 0), chunk(0, 0, 1), chunk(0, 0, -1)), nearest.all());
        assertEquals(
            Set.of(CellKey.spatial(0, 0), CellKey.spatial(1, 0), CellKey.spatial(-1, 0), CellKey.spatial(0, 1), CellKey.spatial(0, -1)),
            nearest.columns());
        assertEquals(16, nearest.radiusMetres(), 1e-9, "to the nearest edge of the neighbours");
    }

    @Test
    void shouldReachFurtherWhereTheWorldIsLower() {
        final double[] place = {24.5, 63, -100.5};
        final NearestChunks tall = NearestChunks.of(place, -2, 12, 500);
        final NearestChunks low = NearestChunks.of(place, 0, 8, 500);
        assertEquals(500, tall.all().size());
        assertEquals(500, low.all().size());
        assertTrue(low.radiusMetres() > tall.radiusMetres(), low.radiusMetres() + " and " + tall.radiusMetres());
        assertTrue(low.all().stream().allMatch(chunk -> chunk.y() >= 0 && chunk.y() < 8));
        assertFalse(tall.all().stream().allMatch(chunk -> chunk.y() >= 0));
    }

    @Test
    void shouldHandOutASetOfItsOwn() {
        final NearestChunks nearest = NearestChunks.of(new double[] {0, 0, 0}, 0, 1, 4);
        nearest.all().clear();
        assertEquals(4, nearest.all().size());
    }

    private static NearestChunks.Chunk chunk(final int x, final int y, final int z) {
        return new NearestChunks.Chunk(x, y, z);
    }
}
