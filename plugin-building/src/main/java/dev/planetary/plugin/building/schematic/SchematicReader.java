package dev.planetary.plugin.building.schematic;

import static dev.planetary.plugin.building.schematic.SchematicFormatException.check;
import static dev.planetary.plugin.building.schematic.SchematicFormatException.damaged;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.kyori.adventure.nbt.BinaryTag;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.ByteArrayBinaryTag;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;
import net.kyori.adventure.nbt.LongArrayBinaryTag;
import net.kyori.adventure.nbt.NumberBinaryTag;
import net.kyori.adventure.nbt.StringBinaryTag;

/**
 * Reads schematics of four formats, told apart by what is in them: Sponge 1 and 2 (palette and varints side by side), Sponge 3 (both in "Blocks"), MCEdit and
 * Schematica (a number and four bits of data for each voxel), Litematica (regions with palettes, entries of as many bits as they need across 64-bit words).
 * Entities, contents of chests and biomes are passed over.
 */
public final class SchematicReader {
    /** Voxels along an axis, at most. */
    public static final int MOST_SIZE = 4_096;

    /** Voxels in all, at most. */
    public static final int MOST_VOXELS = 8 << 20;

    private static final int MOST_BOXES = 256;
    private static final int MOST_PALETTE = 65_535;
    private static final int MOST_OFFSET = 1 << 19;
    private static final int VARINT_BYTES = 3;
    private static final int LITEMATIC_BITS_LEAST = 2;

    private final CompoundBinaryTag root;
    private int voxels;

    private SchematicReader(final CompoundBinaryTag root) {
        this.root = root;
    }

    /**
     * The boxes of a schematic; a few formats have more than one. They may overlap.
     *
     * @throws SchematicFormatException with a sentence for the user.
     */
    public static List<BlockBox> read(final byte[] file) {
        NbtBounds.check(file);
        try (InputStream in = NbtBounds.unpack(file)) {
            return new SchematicReader(BinaryTagIO.unlimitedReader().read(in, BinaryTagIO.Compression.NONE)).boxes();
        } catch (final SchematicFormatException e) {
            throw e;
        } catch (final IOException | RuntimeException e) {
            // The parser has no exception of its own for damaged input.
            throw new SchematicFormatException("the schematic cannot be read: " + e.getMessage(), e);
        }
    }

    private List<BlockBox> boxes() {
        if (root.get("Regions") instanceof CompoundBinaryTag regions) {
            return regions(regions);
        }
        if (root.get("Schematic") instanceof CompoundBinaryTag inner) {
            return sponge(inner);
        }
        if (root.get("Palette") != null || root.get("Version") != null) {
            return sponge(root);
        }
        if (root.get("Blocks") instanceof ByteArrayBinaryTag) {
            return List.of(numbered());
        }
        throw damaged("it is none of .schem, .schematic and .litematic");
    }

    // ---- Sponge ----

    private List<BlockBox> sponge(final CompoundBinaryTag tag) {
        final int version = number(tag, "Version");
        check(version >= 1 && version <= 3, "its version is " + version + "; known are 1, 2 and 3");
        if (version == 3 && tag.get("Blocks") == null) {
            throw damaged("it holds no blocks");
        }
        final CompoundBinaryTag blocks = version == 3 ? compound(tag, "Blocks") : tag;
        final int[] size = size(tag);
        final List<Block> palette = palette(compound(blocks, "Palette"));
        final byte[] data = bytes(blocks, version == 3 ? "Data" : "BlockData");
        final int count = volume(size);
        check(data.length >= count, "it has blocks for " + data.length + " voxels of " + count);
        final char[] indices = new char[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int value = 0;
            int length = 0;
            for (int part = 0x80; part >= 0x80; length++) {
                check(at < data.length, "its blocks end early");
                check(length < VARINT_BYTES, "a number among its blocks is too long");
                part = data[at++] & 0xFF;
                value |= (part & 0x7F) << 7 * length;
            }
            checkKnown(value, palette);
            indices[i] = (char)value;
        }
        check(at == data.length, "it has more blocks than voxels");
        return List.of(new BlockBox(0, 0, 0, size[0], size[1], size[2], palette, indices));
    }

    /** Names to numbers, which need be neither in order nor without gaps. */
    private static List<Block> palette(final CompoundBinaryTag tag) {
        check(tag.keySet().size() <= MOST_PALETTE, "its palette is too large");
        final Map<Integer, Block> byNumber = new HashMap<>();
        int most = -1;
        for (final String name : tag.keySet()) {
            final int number = number(tag, name);
            // A gap costs a word: no palette has as many as would hurt.
            check(number >= 0 && number < 2 * tag.keySet().size() + Byte.MAX_VALUE, "its palette has number " + number);
            check(byNumber.put(number, block(name)) == null, "its palette has number " + number + " twice");
            most = Math.max(most, number);
        }
        final List<Block> palette = new ArrayList<>(Collections.nCopies(most + 1, null));
        byNumber.forEach(palette::set);
        return palette;
    }

    /** For each voxel: the sentence is made where it is needed alone. */
    private static void checkKnown(final int index, final List<Block> palette) {
        if (index >= palette.size() || palette.get(index) == null) {
            throw damaged("it names block " + index + ", which its palette lacks");
        }
    }

    private static Block block(final String text) {
        return Block.parse(text).orElseThrow(() -> damaged("\"" + shortened(text) + "\" is no block"));
    }

    private static String shortened(final String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    // ---- numbers and data ----

    private BlockBox numbered() {
        final int[] size = size(root);
        final int count = volume(size);
        final byte[] numbers = bytes(root, "Blocks");
        final byte[] data = bytes(root, "Data");
        check(numbers.length == count && data.length == count, "it has blocks for " + numbers.length + " voxels of " + count);
        // Four more bits of each number, two voxels in a byte; blocks of modifications alone have them.
        final byte[] more = root.get("AddBlocks") == null ? new byte[0] : bytes(root, "AddBlocks");
        check(more.length == 0 || more.length >= (count + 1) / 2, "it has too few bytes of AddBlocks");
        final List<Block> palette = new ArrayList<>();
        final Map<Integer, Character> known = new HashMap<>();
        final char[] indices = new char[count];
        for (int i = 0; i < count; i++) {
            final int high = more.length == 0 ? 0 : more[i / 2] >> (i % 2 == 0 ? 0 : 4) & 0xF;
            final int look = (high << 8 | numbers[i] & 0xFF) << 4 | data[i] & 0xF;
            Character index = known.get(look);
            if (index == null) {
                index = (char)palette.size();
                palette.add(NumberedBlocks.block(look >> 4, look & 0xF));
                known.put(look, index);
            }
            indices[i] = index;
        }
        return new BlockBox(0, 0, 0, size[0], size[1], size[2], palette, indices);
    }

    // ---- Litematica ----

    private List<BlockBox> regions(final CompoundBinaryTag regions) {
        check(regions.keySet().size() <= MOST_BOXES, "it has more than " + MOST_BOXES + " regions");
        final List<BlockBox> boxes = new ArrayList<>();
        for (final String name : regions.keySet()) {
            boxes.add(region(compound(regions, name)));
        }
        check(!boxes.isEmpty(), "it has no region");
        return boxes;
    }

    private BlockBox region(final CompoundBinaryTag tag) {
        final CompoundBinaryTag position = compound(tag, "Position");
        final CompoundBinaryTag extent = compound(tag, "Size");
        final int[] corner = {number(position, "x"), number(position, "y"), number(position, "z")};
        final int[] size = {number(extent, "x"), number(extent, "y"), number(extent, "z")};
        for (int axis = 0; axis < 3; axis++) {
            check(Math.abs((long)corner[axis]) <= MOST_OFFSET, "a region lies at " + corner[axis]);
            // A negative size counts from the corner downwards.
            check(Math.abs((long)size[axis]) <= MOST_SIZE, "a region measures " + size[axis]);
            corner[axis] += size[axis] < 0 ? size[axis] + 1 : 0;
            size[axis] = Math.abs(size[axis]);
        }
        final int count = volume(size);
        final List<Block> palette = states(tag);
        check(tag.get("BlockStates") instanceof LongArrayBinaryTag, "a region holds no BlockStates");
        final long[] words = ((LongArrayBinaryTag)tag.get("BlockStates")).value();
        final int bits = Math.max(LITEMATIC_BITS_LEAST, Integer.SIZE - Integer.numberOfLeadingZeros(palette.size() - 1));
        check(words.length == ((long)count * bits + Long.SIZE - 1) / Long.SIZE, "a region has " + words.length + " words for " + count + " voxels");
        final char[] indices = new char[count];
        final long mask = (1L << bits) - 1;
        for (int i = 0; i < count; i++) {
            final long bit = (long)i * bits;
            final int word = (int)(bit >>> 6);
            final int shift = (int)bit & 63;
            long value = words[word] >>> shift;
            if (shift + bits > Long.SIZE) {
                value |= words[word + 1] << Long.SIZE - shift;
            }
            final int index = (int)(value & mask);
            checkKnown(index, palette);
            indices[i] = (char)index;
        }
        return new BlockBox(corner[0], corner[1], corner[2], size[0], size[1], size[2], palette, indices);
    }

    private static List<Block> states(final CompoundBinaryTag tag) {
        check(tag.get("BlockStatePalette") instanceof ListBinaryTag, "a region has no BlockStatePalette");
        final ListBinaryTag list = (ListBinaryTag)tag.get("BlockStatePalette");
        check(list.size() >= 1 && list.size() <= MOST_PALETTE, "its palette has " + list.size() + " blocks");
        final List<Block> palette = new ArrayList<>();
        for (final BinaryTag entry : list) {
            check(entry instanceof CompoundBinaryTag, "its palette holds something else than blocks");
            final CompoundBinaryTag state = (CompoundBinaryTag)entry;
            check(state.get("Name") instanceof StringBinaryTag, "a block of its palette has no name");
            final String name = ((StringBinaryTag)state.get("Name")).value();
            final Block plain = block(name);
            check(plain.properties().isEmpty(), "\"" + shortened(name) + "\" is no name of a block");
            palette.add(state.get("Properties") instanceof CompoundBinaryTag properties ? new Block(name, texts(properties)) : plain);
        }
        return palette;
    }

    private static Map<String, String> texts(final CompoundBinaryTag tag) {
        final Map<String, String> texts = new HashMap<>();
        for (final String key : tag.keySet()) {
            check(tag.get(key) instanceof StringBinaryTag, "a property of a block is no text");
            texts.put(key, ((StringBinaryTag)tag.get(key)).value());
        }
        return texts;
    }

    // ---- parts of all ----

    private static int[] size(final CompoundBinaryTag tag) {
        final int[] size = {number(tag, "Width"), number(tag, "Height"), number(tag, "Length")};
        for (final int along : size) {
            check(along >= 1 && along <= MOST_SIZE, "it measures " + along + " voxels along an axis: expected 1 to " + MOST_SIZE);
        }
        return size;
    }

    private int volume(final int[] size) {
        final long volume = (long)size[0] * size[1] * size[2];
        check(volume >= 1 && voxels + volume <= MOST_VOXELS, "it measures " + size[0] + " x " + size[1] + " x " + size[2] + " voxels: expected 1 to "
            + MOST_VOXELS + " in all");
        voxels += (int)volume;
        return (int)volume;
    }

    private static int number(final CompoundBinaryTag tag, final String name) {
        check(tag.get(name) instanceof NumberBinaryTag, "it has no number \"" + shortened(name) + "\"");
        return ((NumberBinaryTag)tag.get(name)).intValue();
    }

    private static CompoundBinaryTag compound(final CompoundBinaryTag tag, final String name) {
        check(tag.get(name) instanceof CompoundBinaryTag, "it has no compound \"" + shortened(name) + "\"");
        return (CompoundBinaryTag)tag.get(name);
    }

    private static byte[] bytes(final CompoundBinaryTag tag, final String name) {
        check(tag.get(name) instanceof ByteArrayBinaryTag, "it has no bytes \"" + name + "\"");
        return ((ByteArrayBinaryTag)tag.get(name)).value();
    }
}
