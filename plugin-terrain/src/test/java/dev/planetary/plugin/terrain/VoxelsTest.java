package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class VoxelsTest {
    private final Palette palette = new Palette();
    private final Box box = new Box();

    @Test
    void shouldGrowFromOneMaterialToMany() {
        final Random random = new Random(1);
        final char[] flat = new char[Voxels.COUNT];
        final Voxels voxels = new Voxels(Materials.AIR);
        for (int materials = 1; materials < 600; materials++) {
            final int x = random.nextInt(32);
            final int y = random.nextInt(32);
            final int z = random.nextInt(32);
            flat[Voxels.index(x, y, z)] = (char)(materials * 7);
            box.around(x, y, z, 0);
            assertTrue(voxels.take(flat, box, palette));
            assertEquals(materials * 7, voxels.get(Voxels.index(x, y, z)));
        }
        assertArrayEquals(flat, TestWorlds.flat(voxels));
    }

    @Test
    void shouldRefuseMoreMaterialsThanThePaletteHolds() {
        final char[] flat = new char[Voxels.COUNT];
        for (int i = 0; i < Palette.CAPACITY; i++) {
            flat[i] = (char)i;
        }
        final Voxels voxels = new Voxels(flat, palette);
        final char[] before = flat.clone();
        flat[Voxels.COUNT - 1] = Palette.CAPACITY;
        box.around(31, 31, 31, 0);
        assertFalse(voxels.take(flat, box, palette));
        assertArrayEquals(before, TestWorlds.flat(voxels), "a refused change should leave the chunk as it was");
        flat[5] = 1;
        box.around(16, 16, 16, 31);
        assertTrue(voxels.take(flat, box, palette), "a material that is no longer used should make room for another");
        assertArrayEquals(flat, TestWorlds.flat(voxels));
    }

    @Test
    void shouldTakeHardlyMoreMemoryThanThePackedIndices() {
        final Random random = new Random(2);
        for (final int materials : new int[] {2, 3, 5, 9, 17, 33, 65, 200}) {
            final char[] flat = new char[Voxels.COUNT];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (char)random.nextInt(materials);
            }
            final int packed = Voxels.COUNT / 8 * Palette.bitsFor(materials) + materials * 2;
            final int memory = new Voxels(flat, palette).memoryBytes();
            assertTrue(memory <= packed * 1.2, materials + " materials: " + memory + " B, packed " + packed);
        }
        assertTrue(new Voxels(Materials.STONE).memoryBytes() <= 8);
    }

    @Test
    void shouldAllocateHardlyMoreThanThePackedIndicesObjectsIncluded() {
        final Random random = new Random(2);
        final Object[] kept = new Object[1];
        for (final int materials : new int[] {2, 3, 5, 9, 17, 33, 65, 200}) {
            final char[] flat = new char[Voxels.COUNT];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = (char)random.nextInt(materials);
            }
            final int packed = Voxels.COUNT / 8 * Palette.bitsFor(materials) + materials * 2;
            final long allocated = allocated(() -> kept[0] = new Voxels(flat, palette));
            assertTrue(allocated <= packed * 1.2, materials + " materials: " + allocated + " B, packed " + packed);
        }
        final long allocated = allocated(() -> kept[0] = new Voxels(Materials.STONE));
        assertTrue(allocated > 0 && allocated <= 80, "a chunk of one material allocated " + allocated + " B");
    }

    /** The least of several measurements, without what measuring itself allocates. */
    private static long allocated(final Runnable work) {
        long most = Long.MAX_VALUE;
        long idle = Long.MAX_VALUE;
        for (int i = 0; i < 40; i++) {
            final long before = TerrainAllocationTest.allocatedBytes();
            final long between = TerrainAllocationTest.allocatedBytes();
            work.run();
            most = Math.min(most, TerrainAllocationTest.allocatedBytes() - between);
            idle = Math.min(idle, between - before);
        }
        return most - idle;
    }
}
