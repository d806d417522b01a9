package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DensityCoderTest {
    private static final int FIELDS = 24;

    private final DensityCoder coder = new DensityCoder();

    @Test
    void shouldBringBackEveryField() {
        for (int seed = 0; seed < FIELDS; seed++) {
            roundTrip(octaves(seed));
            roundTrip(ground(seed));
        }
        final byte[] edges = new byte[Voxels.COUNT];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = (byte)((i >> 3 & 1) * 255);
        }
        roundTrip(edges);
    }

    @Test
    void shouldTakeFewBytesForSmoothFields() {
        int octaves = 0;
        int octavesDeflated = 0;
        int ground = 0;
        int groundDeflated = 0;
        for (int seed = 0; seed < FIELDS; seed++) {
            octaves += roundTrip(octaves(seed)) / FIELDS;
            octavesDeflated += deflated(octaves(seed)) / FIELDS;
            ground += roundTrip(ground(seed)) / FIELDS;
            groundDeflated += deflated(ground(seed)) / FIELDS;
        }
        System.out.printf(
            "density of 32,768 B: octaves of noise %d B (Deflate %d), ground that ends at 0 and 255 %d B (Deflate %d)%n",
            octaves, octavesDeflated, ground, groundDeflated);
        assertTrue(octavesDeflated > 2.5 * octaves && groundDeflated > 2.5 * ground, octaves + " and " + ground + " B");
        assertTrue(roundTrip(new byte[Voxels.COUNT]) < 40, "a field of one value");
    }

    @Test
    void shouldSendNoisePlain() {
        final byte[] noise = new byte[Voxels.COUNT];
        new Random(1).nextBytes(noise);
        assertEquals(ChunkFormat.headerLength(9) + Voxels.COUNT, roundTrip(noise));
        assertEquals(ChunkFormat.CODEC_PLAIN_DENSITY, ChunkFormat.codec(coder.out));
    }

    @Test
    void shouldTellDensityFromMaterials() {
        final ChunkDecoder materials = new ChunkDecoder();
        final byte[] blob = Arrays.copyOf(coder.out, coder.encode(octaves(1), 9));
        assertThrows(ChunkFormatException.class, () -> materials.decode(blob, 0, blob.length));
        final ChunkEncoder encoder = new ChunkEncoder();
        final int length = encoder.encode(new char[Voxels.COUNT], 1);
        assertThrows(ChunkFormatException.class, () -> coder.decode(encoder.out, 0, length));
    }

    private static int deflated(final byte[] values) {
        final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(values);
        deflater.finish();
        final int length = deflater.deflate(new byte[2 * Voxels.COUNT]);
        deflater.end();
        return length;
    }

    private int roundTrip(final byte[] values) {
        final int length = coder.encode(values, 9);
        final byte[] blob = Arrays.copyOf(coder.out, length);
        assertEquals(9, coder.decode(blob, 0, length));
        assertArrayEquals(values, coder.field);
        return length;
    }

    /** Four octaves of value noise over the whole range. */
    static byte[] octaves(final int seed) {
        return field(seed, 127, 0);
    }

    /** The same as a distance to a surface, steep and cut at both ends, as ground is kept. */
    static byte[] ground(final int seed) {
        return field(seed, 450, 9);
    }

    private static byte[] field(final int seed, final double steepness, final double slope) {
        final byte[] values = new byte[Voxels.COUNT];
        for (int i = 0; i < values.length; i++) {
            final int x = i & 31;
            final int z = i >> 5 & 31;
            final int y = i >> 10;
            double sum = 0;
            double amplitude = 0.6;
            for (int size = 32; size >= 4; size /= 2) {
                sum += amplitude * noise(seed * 31 + size, x / (double)size, y / (double)size, z / (double)size);
                amplitude *= 0.35;
            }
            final double value = 128 + steepness * sum - slope * (y - 16);
            values[i] = (byte)(int)Math.max(0, Math.min(255, value));
        }
        return values;
    }

    private static double noise(final int seed, final double x, final double y, final double z) {
        final int fx = (int)Math.floor(x);
        final int fy = (int)Math.floor(y);
        final int fz = (int)Math.floor(z);
        double sum = 0;
        for (int corner = 0; corner < 8; corner++) {
            final int cx = corner & 1;
            final int cy = corner >> 1 & 1;
            final int cz = corner >> 2;
            sum += weight(x - fx, cx) * weight(y - fy, cy) * weight(z - fz, cz) * value(seed, fx + cx, fy + cy, fz + cz);
        }
        return sum;
    }

    private static double weight(final double t, final int corner) {
        final double smooth = t * t * (3 - 2 * t);
        return corner == 1 ? smooth : 1 - smooth;
    }

    private static double value(final int seed, final int x, final int y, final int z) {
        int mix = seed * 0x9E3779B1 ^ x * 0x85EBCA77 ^ y * 0xC2B2AE3D ^ z * 0x27D4EB2F;
        mix = (mix ^ mix >>> 15) * 0x2C1B3C6D;
        mix = (mix ^ mix >>> 12) * 0x297A2D39;
        return ((mix ^ mix >>> 15) & 0xFFFF) / 32_768.0 - 1;
    }
}
