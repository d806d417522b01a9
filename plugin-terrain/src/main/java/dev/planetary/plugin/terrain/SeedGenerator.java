package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellDigest;
import java.util.Arrays;

/**
 * Makes the ground of a world from its seed, column by column, from whole numbers alone: the same on every machine. Hills of stone under dirt and
 * grass, snow on the tops, sand and water in the low places, veins of ore. Scratch of one thread.
 */
final class SeedGenerator implements ColumnGenerator {
    /** Height in metres of the surface of still water. */
    static final int SEA_LEVEL = 62;

    private static final int SNOW_LINE = 100;
    private static final int DIRT_LAYERS = 3;
    private static final int BASE_HEIGHT = 68;
    private static final int FRACTION_BITS = 8;
    private static final int ONE = 1 << FRACTION_BITS;
    private static final int VALUE_BITS = 15;
    /** Powers of two: the widths of hills in metres, with how far each goes up and down. */
    private static final int[] OCTAVE_BITS = {9, 8, 7, 6, 5, 4};
    private static final int[] OCTAVE_METRES = {22, 20, 12, 7, 3, 1};
    private static final int VEINS_PER_CHUNK = 5;
    private static final int IRON_VEINS = 2;
    private static final long COLUMN_X = 0x9E3779B97F4A7C15L;
    private static final long COLUMN_Z = 0xC2B2AE3D27D4EB4FL;

    private final long seed;
    private final int[] heights = new int[Voxels.SIZE * Voxels.SIZE];
    private final char[] flat = new char[Voxels.COUNT];
    private final Palette palette = new Palette();

    SeedGenerator(final long seed) {
        this.seed = seed;
    }

    @Override
    public void generate(final int columnX, final int columnZ, final Voxels[] chunks) {
        heights(columnX << 5, columnZ << 5);
        int low = Integer.MAX_VALUE;
        int high = SEA_LEVEL;
        for (final int height : heights) {
            low = Math.min(low, height);
            high = Math.max(high, height);
        }
        for (int i = 0; i < chunks.length; i++) {
            final int chunkY = Column.CHUNK_Y_MIN + i;
            final int bottom = chunkY << 5;
            if (bottom >= high) {
                chunks[i] = new Voxels(Materials.AIR);
            } else if (bottom < 0) {
                chunks[i] = new Voxels(Materials.STONE);
            } else {
                layers(bottom, low);
                veins(columnX, chunkY, columnZ);
                chunks[i] = new Voxels(flat, palette);
            }
        }
    }

    /** Height of the ground in metres at a place. */
    int height(final int x, final int z) {
        heights(x & -Voxels.SIZE, z & -Voxels.SIZE);
        return heights[(z & Voxels.SIZE - 1) * Voxels.SIZE + (x & Voxels.SIZE - 1)];
    }

    private void heights(final int fromX, final int fromZ) {
        Arrays.fill(heights, BASE_HEIGHT << FRACTION_BITS);
        for (int octave = 0; octave < OCTAVE_BITS.length; octave++) {
            octave(fromX, fromZ, OCTAVE_BITS[octave], OCTAVE_METRES[octave], octave);
        }
        for (int i = 0; i < heights.length; i++) {
            heights[i] >>= FRACTION_BITS;
        }
    }

    /** Adds one octave of value noise: random heights at the corners of squares, smoothly joined. */
    private void octave(final int fromX, final int fromZ, final int bits, final int metres, final int number) {
        final int step = Math.min(1 << bits, Voxels.SIZE);
        for (int z0 = 0; z0 < Voxels.SIZE; z0 += step) {
            for (int x0 = 0; x0 < Voxels.SIZE; x0 += step) {
                final int cornerX = fromX + x0 >> bits;
                final int cornerZ = fromZ + z0 >> bits;
                final int a = corner(cornerX, cornerZ, number);
                final int b = corner(cornerX + 1, cornerZ, number);
                final int c = corner(cornerX, cornerZ + 1, number);
                final int d = corner(cornerX + 1, cornerZ + 1, number);
                for (int z = z0; z < z0 + step; z++) {
                    final int alongZ = smooth(fromZ + z, bits);
                    final int west = a * ONE + (c - a) * alongZ;
                    final int east = b * ONE + (d - b) * alongZ;
                    for (int x = x0; x < x0 + step; x++) {
                        final int value = west + ((east - west >> FRACTION_BITS) * smooth(fromX + x, bits));
                        heights[z * Voxels.SIZE + x] += (value >> FRACTION_BITS) * metres >> VALUE_BITS - FRACTION_BITS;
                    }
                }
            }
        }
    }

    /** How far a coordinate lies between its corners, 0 to 256, eased at both ends. */
    private static int smooth(final int at, final int bits) {
        final int within = at & (1 << bits) - 1;
        final int t = bits > FRACTION_BITS ? within >> bits - FRACTION_BITS : within << FRACTION_BITS - bits;
        return t * t * (3 * ONE - 2 * t) >> 2 * FRACTION_BITS;
    }

    /** A random height at a corner, 16 bits with sign. */
    private int corner(final int x, final int z, final int octave) {
        return (short)CellDigest.mix(seed + octave ^ x * COLUMN_X ^ CellDigest.mix(z * COLUMN_Z));
    }

    private void layers(final int bottom, final int low) {
        for (int y = 0; y < Voxels.SIZE; y++) {
            final int at = bottom + y;
            final int layer = y * Voxels.SIZE * Voxels.SIZE;
            if (at < low - DIRT_LAYERS - 1) {
                Arrays.fill(flat, layer, layer + heights.length, Materials.STONE);
            } else {
                for (int i = 0; i < heights.length; i++) {
                    flat[layer + i] = material(at, heights[i]);
                }
            }
        }
    }

    private static char material(final int y, final int height) {
        if (y >= height) {
            return y < SEA_LEVEL ? Materials.WATER : Materials.AIR;
        }
        if (y < height - 1 - DIRT_LAYERS) {
            return Materials.STONE;
        }
        if (height <= SEA_LEVEL + 1) {
            return Materials.SAND;
        }
        if (height > SNOW_LINE) {
            return y == height - 1 ? Materials.SNOW : Materials.STONE;
        }
        return y == height - 1 ? Materials.GRASS : Materials.DIRT;
    }

    /** Small boxes of ore in the stone, none across the border of a chunk. */
    private void veins(final int chunkX, final int chunkY, final int chunkZ) {
        for (int vein = 0; vein < VEINS_PER_CHUNK; vein++) {
            final long random = CellDigest.mix(seed ^ CellDigest.mix(chunkX * COLUMN_X + vein) ^ CellDigest.mix(chunkZ * COLUMN_Z + chunkY));
            final int x = (int)(random >>> 2) % 29 + 29 >> 1;
            final int y = (int)(random >>> 18) % 29 + 29 >> 1;
            final int z = (int)(random >>> 34) % 29 + 29 >> 1;
            final char ore = vein < IRON_VEINS ? Materials.IRON_ORE : Materials.COAL_ORE;
            for (int i = 0; i < 27; i++) {
                final int index = Voxels.index(x + i % 3, y + i / 9, z + i / 3 % 3);
                if (flat[index] == Materials.STONE && (random >>> 37 + i & 1) != 0) {
                    flat[index] = ore;
                }
            }
        }
    }
}
