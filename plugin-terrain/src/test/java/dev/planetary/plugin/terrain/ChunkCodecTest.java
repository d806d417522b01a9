package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {
    private static final int MUTATIONS = 500;
    private static final int VERSION = 0x01020304;

    private final ChunkEncoder encoder = new ChunkEncoder();
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final Palette palette = new Palette();

    @Test
    void shouldEncodeChunkOfOneMaterialInFewBytes() {
        for (final char material : new char[] {Materials.AIR, Materials.STONE, Materials.WATER, 0x7FFF, 0xFFFF}) {
            final char[] flat = new char[Voxels.COUNT];
            Arrays.fill(flat, material);
            assertTrue(roundTrip(flat).length <= 4 + 5 + 3, "a uniform chunk should be a header and an id");
        }
    }

    @Test
    void shouldBringBackChunksOfAllKinds() {
        for (final char[] flat : chunks()) {
            final byte[] blob = roundTrip(flat);
            assertTrue(blob.length <= ChunkFormat.LENGTH_MAX);
        }
    }

    @Test
    void shouldKeepTheSmallestCodec() {
        final char[] noise = noise(new Random(1), 16);
        assertEquals(ChunkFormat.CODEC_BITS, ChunkFormat.codec(roundTrip(noise)), "noise does not compress");
        assertEquals(9 + 1 + 16 + 11 + Voxels.COUNT / 2, roundTrip(noise).length, "header, count, ids (eleven take two bytes), four bits a voxel");
        final char[] ground = TestWorlds.flat(TestWorlds.seeded(1).column(0, 0).voxels(4));
        assertEquals(ChunkFormat.CODEC_CONTEXTS, ChunkFormat.codec(roundTrip(ground)));
    }

    @Test
    void shouldRefuseMutatedChunksOrReadTheSame() {
        final Random random = new Random(5);
        final List<char[]> chunks = chunks();
        int refused = 0;
        for (final Mutation mutation : Mutation.values()) {
            for (int i = 0; i < MUTATIONS; i++) {
                final char[] flat = chunks.get(random.nextInt(chunks.size()));
                final byte[] blob = encode(flat);
                final byte[] mutated = mutation.apply(blob, random);
                refused += refusedOrSame(mutated, flat) ? 1 : 0;
            }
        }
        assertTrue(refused > MUTATIONS * 7 / 2, "nearly all mutations should be refused: " + refused);
    }

    private boolean refusedOrSame(final byte[] mutated, final char[] flat) {
        try {
            decoder.decode(mutated, 0, mutated.length);
        } catch (final ChunkFormatException e) {
            return true;
        }
        assertArrayEquals(flat, decoder.flat, "a chunk that is accepted should be the right one");
        return false;
    }

    @Test
    void shouldRefuseTrailingBytesInEveryCodec() {
        for (final char[] flat : chunks()) {
            final byte[] blob = encode(flat);
            final byte[] longer = Arrays.copyOf(blob, blob.length + 1);
            assertThrows(ChunkFormatException.class, () -> decoder.decode(longer, 0, longer.length));
        }
    }

    @Test
    void shouldRefuseWhatInflatesWithoutEnd() {
        final byte[] bomb = new byte[50 << 20];
        final byte[] blob = runs(bomb);
        assertTrue(blob.length < ChunkFormat.LENGTH_MAX, "the bomb should be small enough to be looked at: " + blob.length);
        assertThrows(ChunkFormatException.class, () -> decoder.decode(blob, 0, blob.length));
    }

    @Test
    void shouldRefuseRunsThatDoNotFillTheChunk() {
        final byte[][] payloads = {
            {2, 0, 2, 5},
            {2, 0, 2, 7},
            {2, 0, 2, 7, (byte)0xF8, (byte)0xFF, 1, 0},
            {2, 0, 2, 0, 7, (byte)0xF8, (byte)0xFF, 1},
            {2, 0, 2, 7, (byte)0xFF, (byte)0xFF, (byte)0xFF, (byte)0xFF, 0x7F},
            {2, 0, 2, 7, (byte)0xFF, (byte)0xFF, 0x7F},
            {2, 0, 2, 0x17, (byte)0xF8, (byte)0xFF, 1},
            {1, 0, 7, (byte)0xF8, (byte)0xFF, 1},
            {2, 0, (byte)0xFF, (byte)0xFF, 0x7F, 7, (byte)0xF8, (byte)0xFF, 1},
            {(byte)0x81, 0x20, 0, 2},
            {},
        };
        for (final byte[] payload : payloads) {
            final byte[] blob = runs(payload);
            assertThrows(ChunkFormatException.class, () -> decoder.decode(blob, 0, blob.length), Arrays.toString(payload));
        }
    }

    @Test
    void shouldDecodeAgainAfterRefusing() {
        final byte[] good = encode(chunks().get(0));
        assertThrows(ChunkFormatException.class, () -> decoder.decode(good, 0, good.length - 1));
        assertEquals(VERSION, decoder.decode(good, 0, good.length));
    }

    private static byte[] runs(final byte[] payload) {
        final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(payload);
        deflater.finish();
        final byte[] out = new byte[payload.length / 500 + 100];
        final int length = deflater.deflate(out);
        assertTrue(deflater.finished());
        deflater.end();
        final byte[] blob = new byte[ChunkFormat.headerLength(1) + length];
        System.arraycopy(out, 0, blob, ChunkFormat.writeHeader(blob, ChunkFormat.CODEC_RUNS, 1, 0), length);
        return blob;
    }

    /** Ways to damage an encoded chunk. */
    private enum Mutation {
        CUT,
        FLIP,
        NOISE,
        TRAILING;

        byte[] apply(final byte[] blob, final Random random) {
            return switch (this) {
                case CUT -> Arrays.copyOf(blob, random.nextInt(blob.length));
                case FLIP -> {
                    final byte[] flipped = blob.clone();
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        flipped[random.nextInt(flipped.length)] ^= (byte)(1 << random.nextInt(Byte.SIZE));
                    }
                    yield flipped;
                }
                case NOISE -> {
                    final byte[] noise = blob.clone();
                    final int from = ChunkFormat.HEADER_LEAST + random.nextInt(noise.length - ChunkFormat.HEADER_LEAST);
                    for (int i = from; i < noise.length; i++) {
                        noise[i] = (byte)random.nextInt();
                    }
                    yield noise;
                }
                case TRAILING -> {
                    final byte[] longer = Arrays.copyOf(blob, blob.length + 1 + random.nextInt(40));
                    longer[longer.length - 1] = (byte)random.nextInt();
                    yield longer;
                }
            };
        }
    }

    private List<char[]> chunks() {
        final Random random = new Random(3);
        final List<char[]> chunks = new ArrayList<>();
        final TerrainWorld world = TestWorlds.seeded(1);
        for (int number = 0; number < Column.CHUNKS; number++) {
            chunks.add(TestWorlds.flat(world.column(0, 0).voxels(number)));
        }
        for (final int materials : new int[] {2, 3, 5, 16, 17, 300, 4_096}) {
            chunks.add(noise(random, materials));
        }
        final char[] sparse = new char[Voxels.COUNT];
        sparse[Voxels.COUNT - 1] = 0xFFFF;
        chunks.add(sparse);
        return chunks;
    }

    private static char[] noise(final Random random, final int materials) {
        final char[] flat = new char[Voxels.COUNT];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (char)(i < materials ? i * 13 : random.nextInt(materials) * 13);
        }
        return flat;
    }

    private byte[] encode(final char[] flat) {
        return Arrays.copyOf(encoder.out, encoder.encode(flat, VERSION));
    }

    private byte[] roundTrip(final char[] flat) {
        final byte[] blob = encode(flat);
        assertEquals(VERSION, decoder.decode(blob, 0, blob.length));
        assertArrayEquals(flat, decoder.flat);
        final Voxels voxels = new Voxels(flat, palette);
        assertArrayEquals(flat, TestWorlds.flat(voxels), "storage should hold what it was given");
        return blob;
    }
}
