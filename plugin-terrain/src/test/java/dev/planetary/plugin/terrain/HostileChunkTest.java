package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** Chunks from somebody who means harm: of every codec, each damaged thousands of times. */
class HostileChunkTest {
    private static final int MUTATIONS = 1_000;
    private static final int ALLOCATED_MOST = 64 * 1_024;
    private static final int ROW_WORK_MOST = Voxels.SIZE * (3 + 12 + 12);

    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final DensityCoder density = new DensityCoder();

    @Test
    void shouldRefuseDamagedChunksOfEveryCodec() {
        final char[] uniform = new char[Voxels.COUNT];
        Arrays.fill(uniform, (char)0x1234);
        refuseDamaged(ChunkFormat.CODEC_UNIFORM, uniform, 50);
        refuseDamaged(ChunkFormat.CODEC_RUNS, stripes(), 51);
        refuseDamaged(ChunkFormat.CODEC_CONTEXTS, TestWorlds.flat(TestWorlds.seeded(1).column(0, 0).voxels(4)), 52);
        refuseDamaged(ChunkFormat.CODEC_BITS, noise(new Random(2), 16), 53);
    }

    private void refuseDamaged(final int codec, final char[] flat, final int seed) {
        final byte[] good = Arrays.copyOf(encoder.out, encoder.encode(flat, 300));
        assertEquals(codec, ChunkFormat.codec(good), "this chunk should show that codec");
        final Random random = new Random(seed);
        int refused = 0;
        int same = 0;
        long worst = 0;
        for (final Damage damage : Damage.values()) {
            for (int i = 0; i < MUTATIONS; i++) {
                final byte[] bad = damage.apply(good, random);
                final long before = TerrainAllocationTest.allocatedBytes();
                if (isRefused(bad)) {
                    final long allocated = TerrainAllocationTest.allocatedBytes() - before;
                    // Again where it was much: the first time some sentence is made, the JVM prepares for that.
                    worst = Math.max(worst, allocated <= ALLOCATED_MOST ? allocated : allocatedByRefusing(bad));
                    refused++;
                } else {
                    // Nothing but its version has no hash.
                    assertArrayEquals(flat, decoder.flat, "what is accepted should be the right chunk");
                    same++;
                }
            }
        }
        assertEquals(Damage.values().length * MUTATIONS, refused + same);
        assertTrue(same < (codec == ChunkFormat.CODEC_UNIFORM ? refused / 2 : refused / 10), "codec " + codec + ": " + same + " accepted");
        assertTrue(worst <= ALLOCATED_MOST, "refusing allocated " + worst + " B");
    }

    private long allocatedByRefusing(final byte[] bytes) {
        final long before = TerrainAllocationTest.allocatedBytes();
        assertTrue(isRefused(bytes));
        return TerrainAllocationTest.allocatedBytes() - before;
    }

    private boolean isRefused(final byte[] bytes) {
        try {
            decoder.decode(bytes, 0, bytes.length);
            return false;
        } catch (final ChunkFormatException e) {
            return true;
        }
    }

    @Test
    void shouldRefuseDamagedDensity() {
        final byte[] field = DensityCoderTest.octaves(1);
        final byte[] plain = new byte[Voxels.COUNT];
        new Random(1).nextBytes(plain);
        for (final byte[] values : new byte[][] {field, plain}) {
            final byte[] good = Arrays.copyOf(density.out, density.encode(values, 7));
            assertEquals(values == plain ? ChunkFormat.CODEC_PLAIN_DENSITY : ChunkFormat.CODEC_DENSITY, ChunkFormat.codec(good));
            final Random random = new Random(54);
            int refused = 0;
            for (final Damage damage : Damage.values()) {
                for (int i = 0; i < MUTATIONS; i++) {
                    final byte[] bad = damage.apply(good, random);
                    try {
                        density.decode(bad, 0, bad.length);
                        assertArrayEquals(values, density.field);
                    } catch (final ChunkFormatException e) {
                        refused++;
                    }
                }
            }
            assertTrue(refused > Damage.values().length * MUTATIONS * 9 / 10, "refused " + refused);
        }
    }

    @Test
    void shouldBoundTheWorkOfContextsWhateverTheyHold() {
        final ContextCoder coder = new ContextCoder();
        final Random random = new Random(55);
        final char[] palette = new char[Palette.CAPACITY];
        final char[] flat = new char[Voxels.COUNT];
        int most = 0;
        for (int i = 0; i < 600; i++) {
            final byte[] bytes = new byte[random.nextInt(i % 2 == 0 ? 40_000 : 4_000)];
            random.nextBytes(bytes);
            // Long runs of one byte keep a coder guessing in one direction.
            Arrays.fill(bytes, random.nextInt(bytes.length + 1), bytes.length, (byte)random.nextInt(2) == 0 ? (byte)0 : (byte)-1);
            try {
                coder.decode(bytes, 0, bytes.length, palette, 2 + random.nextInt(i % 3 == 0 ? 4_094 : 40), flat);
            } catch (final ChunkFormatException e) {
                most = Math.max(most, coder.workDone());
                continue;
            }
            throw new AssertionError("random bytes should not end where a chunk does");
        }
        assertTrue(most <= ContextCoder.WORK_MOST + ROW_WORK_MOST, "work " + most);
        assertTrue(most > ContextCoder.WORK_MOST, "some of these should go to the limit: " + most);
    }

    @Test
    void shouldNotMakeWhatItWouldNotRead() {
        final char[] flat = noise(new Random(3), 2);
        final byte[] blob = Arrays.copyOf(encoder.out, encoder.encode(flat, 1));
        assertEquals(ChunkFormat.CODEC_BITS, ChunkFormat.codec(blob), "noise of two materials takes too much work as contexts");
        decoder.decode(blob, 0, blob.length);
        assertArrayEquals(flat, decoder.flat);
    }

    @Test
    void shouldRefuseAWholeColumnOfBombsWithoutAllocating() {
        final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[50 << 20]);
        deflater.finish();
        final byte[] bomb = new byte[60_000];
        final int header = ChunkFormat.writeHeader(bomb, ChunkFormat.CODEC_RUNS, 1, 0);
        final int length = header + deflater.deflate(bomb, header, bomb.length - header);
        deflater.end();
        for (int i = 0; i < 24; i++) {
            final long before = TerrainAllocationTest.allocatedBytes();
            try {
                decoder.decode(bomb, 0, length);
                throw new AssertionError("a bomb should be refused");
            } catch (final ChunkFormatException e) {
                assertTrue(i == 0 || TerrainAllocationTest.allocatedBytes() - before <= ALLOCATED_MOST);
            }
        }
    }

    /** Rows that repeat, so that runs win. */
    private static char[] stripes() {
        final char[] flat = new char[Voxels.COUNT];
        final Random random = new Random(4);
        final char[] row = new char[3 * Voxels.SIZE];
        for (int i = 0; i < row.length; i++) {
            row[i] = (char)random.nextInt(60);
        }
        for (int i = 0; i < flat.length; i++) {
            flat[i] = row[i % row.length];
        }
        return flat;
    }

    private static char[] noise(final Random random, final int materials) {
        final char[] flat = new char[Voxels.COUNT];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (char)(random.nextInt(materials) * 13);
        }
        return flat;
    }
}
