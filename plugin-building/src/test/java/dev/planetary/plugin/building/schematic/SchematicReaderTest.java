package dev.planetary.plugin.building.schematic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.kyori.adventure.nbt.BinaryTagIO.Compression;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import org.junit.jupiter.api.Test;

class SchematicReaderTest {
    private static final String STAIRS = "minecraft:oak_stairs[facing=east,half=top]";

    private static List<BlockBox> read(final CompoundBinaryTag root) {
        return SchematicReader.read(SchematicFiles.bytes(root, Compression.GZIP));
    }

    @Test
    void shouldReadTheSameFromEveryFormat() {
        final String[] blocks = {"air", STAIRS, "stone", "stone", "air", "oak_planks"};
        final CompoundBinaryTag region = SchematicFiles.region(new int[] {7, 8, 9}, new int[] {3, 1, 2}, blocks);
        final CompoundBinaryTag[] files = {
            SchematicFiles.sponge(1, 3, 1, 2, blocks), SchematicFiles.sponge(2, 3, 1, 2, blocks), SchematicFiles.sponge(3, 3, 1, 2, blocks),
            SchematicFiles.litematic(region)};
        for (final CompoundBinaryTag file : files) {
            for (final Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.ZLIB)) {
                final List<BlockBox> boxes = SchematicReader.read(SchematicFiles.bytes(file, compression));
                assertEquals(1, boxes.size());
                final BlockBox box = boxes.get(0);
                assertEquals("3 1 2", box.sizeX() + " " + box.sizeY() + " " + box.sizeZ());
                assertEquals(new Block("oak_stairs", Map.of("facing", "east", "half", "top")), box.block(1, 0, 0));
                assertEquals(Block.of("stone"), box.block(2, 0, 0));
                assertEquals(Block.of("stone"), box.block(0, 0, 1));
                assertEquals(Block.of("air"), box.block(1, 0, 1));
                assertEquals(Block.of("oak_planks"), box.block(2, 0, 1));
            }
        }
    }

    @Test
    void shouldReadPalettesOfAnySize() {
        for (final int names : new int[] {1, 2, 4, 5, 33, 128, 200, 300}) {
            final Random random = new Random(names);
            final String[] blocks = new String[17 * 13 * 5];
            Arrays.setAll(blocks, i -> "block_" + random.nextInt(names));
            final BlockBox sponge = read(SchematicFiles.sponge(2, 17, 13, 5, blocks)).get(0);
            final BlockBox region =
                read(SchematicFiles.litematic(SchematicFiles.region(new int[] {0, 0, 0}, new int[] {17, 13, 5}, blocks))).get(0);
            for (int i = 0; i < blocks.length; i++) {
                assertEquals(blocks[i], sponge.block(i % 17, i / 17 / 5, i / 17 % 5).name());
                assertEquals(blocks[i], region.block(i % 17, i / 17 / 5, i / 17 % 5).name());
            }
        }
    }

    @Test
    void shouldCountNegativeSizesOfRegionsDownwards() {
        final BlockBox box =
            read(SchematicFiles.litematic(SchematicFiles.region(new int[] {0, 57, 75}, new int[] {1, -2, -1}, "stone", "dirt"))).get(0);
        assertEquals("0 56 75", box.x() + " " + box.y() + " " + box.z());
        assertEquals(Block.of("stone"), box.block(0, 0, 0));
        assertEquals(Block.of("dirt"), box.block(0, 1, 0));
    }

    @Test
    void shouldNameWhatWasNumbered() {
        final int[] looks = {53 << 4 | 4, 17 << 4 | 8, 64 << 4 | 3, 64 << 4 | 8, 44 << 4 | 8, 1 << 4, 300 << 4, 253 << 4};
        final BlockBox box = read(SchematicFiles.numbered(8, 1, 1, looks)).get(0);
        assertEquals(new Block("oak_stairs", Map.of("facing", "east", "half", "top")), box.block(0, 0, 0));
        assertEquals(new Block("oak_log", Map.of("axis", "z")), box.block(1, 0, 0));
        assertEquals(new Block("oak_door", Map.of("facing", "north", "half", "lower")), box.block(2, 0, 0));
        assertEquals(new Block("oak_door", Map.of("half", "upper")), box.block(3, 0, 0));
        assertEquals(new Block("stone_slab", Map.of("type", "top")), box.block(4, 0, 0));
        assertEquals(Block.of("stone"), box.block(5, 0, 0));
        assertEquals(Block.of("number 300"), box.block(6, 0, 0));
        assertEquals(Block.of("number 253"), box.block(7, 0, 0));
    }

    @Test
    void shouldSayWhatIsWrong() {
        final CompoundBinaryTag good = SchematicFiles.sponge(2, 2, 1, 1, "stone", "dirt");
        assertWrong("it measures -1 voxels along an axis", good.putShort("Width", (short)-1));
        assertWrong("it measures 0 voxels along an axis", good.putShort("Height", (short)0));
        assertWrong("it has too few blocks for 6 voxels", good.putShort("Length", (short)3));
        assertWrong("it has more blocks than voxels", good.putShort("Width", (short)1));
        assertWrong("it names block 9, which its palette lacks", good.putByteArray("BlockData", new byte[] {0, 9}));
        assertWrong("a number among its blocks is too long", good.putByteArray("BlockData", new byte[] {-1, -1, -1, 0}));
        assertWrong("its blocks end early", good.putByteArray("BlockData", new byte[] {0, -1}));
        assertWrong("it has too few blocks for 2 voxels", good.putString("BlockData", "none"));
        assertWrong("it has no compound \"Palette\"", good.putInt("Palette", 1));
        assertWrong("it has no number \"Width\"", good.putString("Width", "wide"));
        assertWrong("its version is 4; known are 1, 2 and 3", good.putInt("Version", 4));
        assertWrong("it is none of .schem, .schematic and .litematic", CompoundBinaryTag.builder().putInt("x", 1).build());
        assertWrong(
            "its palette has number 7000", good.put("Palette", CompoundBinaryTag.builder().putInt("stone", 0).putInt("dirt", 7_000).build()));
        assertWrong("\"stone[facing\" is no block", good.put("Palette", CompoundBinaryTag.builder().putInt("stone[facing", 0).build()));
        final int[] corner = {0, 0, 0};
        final CompoundBinaryTag region = SchematicFiles.region(corner, new int[] {1, 1, 1}, "stone");
        assertWrong("a region has 2 words for 1 voxels", SchematicFiles.litematic(region.putLongArray("BlockStates", new long[2])));
        assertWrong("it names block 3, which its palette lacks", SchematicFiles.litematic(region.putLongArray("BlockStates", new long[] {3})));
        assertWrong(
            "it has too few blocks for 4096 voxels",
            SchematicFiles.litematic(SchematicFiles.region(corner, new int[] {-4_096, 1, 1}, "stone")));
        assertWrong(
            "it measures 2147483648 x 2147483647 x 5 voxels: expected 1 to 8388608 in all",
            SchematicFiles.litematic(SchematicFiles.region(corner, new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 5}, "stone")));
    }

    private static void assertWrong(final String sentence, final CompoundBinaryTag root) {
        assertEquals("the schematic cannot be read: " + sentence, assertThrows(SchematicFormatException.class, () -> read(root)).getMessage());
    }

    /** What is unpacked is bounded, whatever the stream goes on to hold. */
    @Test
    void shouldStopUnpackingABomb() throws IOException {
        final byte[] nest = {10, 0, 0};
        assertStops("its tags lie more than 64 deep", new byte[0], nest);
        assertStops("its tags lie more than 64 deep", new byte[] {10, 0, 0, 9, 0, 0}, new byte[] {9, 0, 0, 0, 1});
        assertStops("it has far more tags than a schematic of its length", new byte[] {10, 0, 0}, new byte[] {1, 0, 0, 0});
        assertStops("it has far more tags than a schematic of its length", new byte[] {10, 0, 0, 9, 0, 0, 1, 127, -1, -1, -1}, new byte[] {0});
        assertStops("it has far more tags than a schematic of its length", new byte[] {10, 0, 0, 9, 0, 0, 10, 127, -1, -1, -1}, new byte[] {0});
        assertStops("it has a list of nothings", new byte[] {10, 0, 0, 9, 0, 0, 0, 127, -1, -1, -1}, new byte[] {0});
        assertStops("it has a list of negative length", new byte[] {10, 0, 0, 9, 0, 0, 1, -1, -1, -1, -1}, new byte[] {0});
        assertStops("a length in it is negative", new byte[] {10, 0, 0, 12, 0, 0, -1, -1, -1, -1}, new byte[] {0});
        final String tooMuch = "it unpacks to far more than a schematic of its length holds";
        assertStops(tooMuch, new byte[] {10, 0, 0, 12, 0, 0, 127, -1, -1, -1}, new byte[] {0});
        final byte[] text = new byte[65_540];
        text[0] = 8;
        text[3] = -1;
        text[4] = -1;
        assertStops(tooMuch, new byte[] {10, 0, 0}, text);
    }

    private static void assertStops(final String sentence, final byte[] first, final byte[] thenForEver) throws IOException {
        final long[] read = {0};
        final InputStream endless = new InputStream() {
            @Override
            public int read() {
                final long at = read[0]++;
                return 0xFF & (at < first.length ? first[(int)at] : thenForEver[(int)((at - first.length) % thenForEver.length)]);
            }
        };
        final SchematicFormatException e = assertThrows(SchematicFormatException.class, () -> NbtBounds.check(endless, 1_000));
        assertEquals("the schematic cannot be read: " + sentence, e.getMessage());
        assertTrue(read[0] <= NbtBounds.FREE_BYTES + NbtBounds.BYTES_A_BYTE * 1_000, "read " + read[0]);
    }

    @Test
    void shouldRefuseWhatGoesOnOrIsDamaged() throws IOException {
        final byte[] plain = SchematicFiles.bytes(SchematicFiles.sponge(2, 1, 1, 1, "stone"), Compression.NONE);
        assertTrue(said(Arrays.copyOf(plain, plain.length + 1)).endsWith("something follows its end"));
        assertTrue(said(Arrays.copyOf(plain, plain.length - 1)).endsWith("it ends early"));
        assertTrue(said(new byte[0]).endsWith("it ends early"));
        assertTrue(said("not at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).endsWith("it is no NBT"));
        final byte[] packed = SchematicFiles.bytes(SchematicFiles.sponge(2, 1, 1, 1, "stone"), Compression.GZIP);
        packed[packed.length - 6] ^= 1;
        assertTrue(said(packed).endsWith("its packing is damaged"));
        final ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bomb))) {
            out.write(new byte[] {10, 0, 0, 7, 0, 9});
            out.writeBytes("BlockData");
            out.writeInt(48 << 20);
            for (int i = 0; i < 48; i++) {
                out.write(new byte[1 << 20]);
            }
            out.write(0);
        }
        assertTrue(said(bomb.toByteArray()).endsWith("it unpacks to far more than a schematic of its length holds"));
    }

    private static String said(final byte[] file) {
        return assertThrows(SchematicFormatException.class, () -> SchematicReader.read(file)).getMessage();
    }
}
