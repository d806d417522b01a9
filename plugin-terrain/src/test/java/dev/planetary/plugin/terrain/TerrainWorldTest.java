package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.VoxelQuery;
import org.junit.jupiter.api.Test;

class TerrainWorldTest {
    private final TerrainWorld world = TestWorlds.seeded(3);

    private void lookAtManyColumns() {
        for (int i = 0; i < TerrainWorld.COLUMNS_MOST + 100; i++) {
            world.surface(i * Voxels.SIZE, 10_000);
        }
        assertTrue(world.columnsInMemory() <= TerrainWorld.COLUMNS_MOST);
    }

    @Test
    void shouldKeepEditsOfColumnsThatAreGivenUp() {
        final int surface = world.surface(5, 5);
        assertTrue(world.edit(new Brush().ball(Brush.DIG, 5, surface - 1, 5, 2, Materials.AIR)) > 0);
        final HostColumn column = world.column(0, 0);
        final int version = column.chunks[surface - 1 - Column.MIN_Y >> 5].version;
        lookAtManyColumns();
        assertNotEquals(column, world.column(0, 0), "the column should have been given up and come back");
        assertEquals(surface - 3, world.surface(5, 5));
        assertEquals(version, world.column(0, 0).chunks[surface - 1 - Column.MIN_Y >> 5].version);
        assertTrue(world.edit(new Brush().ball(Brush.FILL, 5, surface - 1, 5, 2, Materials.SAND)) > 0);
        lookAtManyColumns();
        assertEquals(Materials.SAND, world.materialAt(5, surface - 2, 5), "what was edited again should be kept again");
    }

    @Test
    void shouldKeepColumnsThatAreWatched() {
        final TerrainSource source = new TerrainSource(world, TestWorlds.counters(), TestWorlds.SCHEMA_ID, 10);
        final int handle = source.watch(CellKey.spatial(0, 0));
        final HostColumn column = world.column(0, 0);
        lookAtManyColumns();
        assertSame(column, world.column(0, 0));
        assertEquals(handle, source.watch(CellKey.spatial(0, 0)), "a cell has one handle");
        source.unwatch(handle);
        assertTrue(source.head(handle) > 0, "the handle holds as long as one watches");
        source.unwatch(handle);
        assertEquals(handle, source.watch(CellKey.spatial(9, 9)), "a handle that nobody holds is used again");
    }

    @Test
    void shouldKeepTheLowestLayerAndTheLimitsOfTheWorld() {
        assertTrue(world.edit(new Brush().ball(Brush.DIG, 0, Column.MIN_Y, 0, 3, Materials.AIR)) > 0);
        assertEquals(Materials.STONE, world.materialAt(0, Column.MIN_Y, 0));
        assertEquals(VoxelQuery.AIR, world.materialAt(0, Column.MIN_Y + 1, 0));
        assertTrue(world.edit(new Brush().ball(Brush.FILL, 0, Column.MAX_Y, 0, 3, Materials.STONE)) > 0);
        assertEquals(Column.MAX_Y + 1, world.surface(0, 0));
        assertEquals(VoxelQuery.AIR, world.materialAt(0, Column.MAX_Y + 1, 0));
        assertEquals(Integer.MIN_VALUE, world.surfaceBelow(0, Column.MIN_Y, 0));
        assertEquals(Column.MIN_Y + 1, world.surfaceBelow(0, Column.MIN_Y + 3, 0));
    }

    @Test
    void shouldHoldNothingBeyondTheWorld() {
        final int far = (TerrainWorld.COLUMN_MOST + 5) * Voxels.SIZE;
        assertEquals(Integer.MIN_VALUE, world.surface(far, 0));
        assertEquals(Integer.MIN_VALUE, world.surface(Integer.MAX_VALUE, Integer.MIN_VALUE));
        assertEquals(VoxelQuery.AIR, world.materialAt(Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
    }
}
