package dev.planetary.plugin.building.schematic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.kyori.adventure.nbt.BinaryTagIO;
import net.kyori.adventure.nbt.BinaryTagTypes;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import net.kyori.adventure.nbt.ListBinaryTag;

/** Schematics that tests write, in every format. Blocks are given in the order x, z, y. */
public final class SchematicFiles {
    private SchematicFiles() {
    }

    /** Bytes of a root tag. */
    public static byte[] bytes(final CompoundBinaryTag root, final BinaryTagIO.Compression compression) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BinaryTagIO.writer().writeNamed(Map.entry("Schematic", root), out, compression);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A Sponge schematic of version 1 to 3. */
    public static CompoundBinaryTag sponge(final int version, final int sizeX, final int sizeY, final int sizeZ, final String... blocks) {
        final List<String> names = new ArrayList<>(new LinkedHashSet<>(List.of(blocks)));
        final CompoundBinaryTag.Builder palette = CompoundBinaryTag.builder();
        for (int i = 0; i < names.size(); i++) {
            palette.putInt(names.get(i), i);
        }
        final ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (final String block : blocks) {
            int index = names.indexOf(block);
            while (index > 0x7F) {
                data.write(index & 0x7F | 0x80);
                index >>>= 7;
            }
            data.write(index);
        }
        final CompoundBinaryTag.Builder tag = CompoundBinaryTag.builder().putInt("Version", version).putInt("DataVersion", 3_465)
            .putShort("Width", (short)sizeX).putShort("Height", (short)sizeY).putShort("Length", (short)sizeZ);
        if (version == 3) {
            final CompoundBinaryTag inner = CompoundBinaryTag.builder().put("Palette", palette.build()).putByteArray("Data", data.toByteArray()).build();
            return CompoundBinaryTag.builder().put("Schematic", tag.put("Blocks", inner).build()).build();
        }
        return tag.put("Palette", palette.build()).putByteArray("BlockData", data.toByteArray()).build();
    }

    /** An MCEdit schematic: for each voxel the number times 16 and its data. */
    public static CompoundBinaryTag numbered(final int sizeX, final int sizeY, final int sizeZ, final int... looks) {
        final byte[] blocks = new byte[looks.length];
        final byte[] data = new byte[looks.length];
        final byte[] more = new byte[(looks.length + 1) / 2];
        for (int i = 0; i < looks.length; i++) {
            data[i] = (byte)(looks[i] & 0xF);
            blocks[i] = (byte)(looks[i] >> 4);
            more[i / 2] |= (byte)((looks[i] >> 12 & 0xF) << i % 2 * 4);
        }
        final CompoundBinaryTag.Builder tag = CompoundBinaryTag.builder().putString("Materials", "Alpha")
            .putShort("Width", (short)sizeX).putShort("Height", (short)sizeY).putShort("Length", (short)sizeZ)
            .putByteArray("Blocks", blocks).putByteArray("Data", data);
        for (final byte both : more) {
            if (both != 0) {
                tag.putByteArray("AddBlocks", more);
            }
        }
        return tag.build();
    }

    /** A Litematica schematic of these regions. */
    public static CompoundBinaryTag litematic(final CompoundBinaryTag... regions) {
        final CompoundBinaryTag.Builder all = CompoundBinaryTag.builder();
        for (int i = 0; i < regions.length; i++) {
            all.put("region " + i, regions[i]);
        }
        return CompoundBinaryTag.builder().putInt("Version", 5).put("Regions", all.build()).build();
    }

    /** A region; a negative size counts downwards from the position. */
    public static CompoundBinaryTag region(final int[] position, final int[] size, final String... blocks) {
        final Set<String> names = new LinkedHashSet<>(List.of("air"));
        names.addAll(List.of(blocks));
        final List<String> palette = new ArrayList<>(names);
        final int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(palette.size() - 1));
        final long[] words = new long[(blocks.length * bits + 63) / 64];
        for (int i = 0; i < blocks.length; i++) {
            for (int bit = 0; bit < bits; bit++) {
                if ((palette.indexOf(blocks[i]) >> bit & 1) != 0) {
                    words[(i * bits + bit) / 64] |= 1L << (i * bits + bit) % 64;
                }
            }
        }
        final ListBinaryTag.Builder<CompoundBinaryTag> states = ListBinaryTag.builder(BinaryTagTypes.COMPOUND);
        for (final String name : palette) {
            final Block block = Block.parse(name).orElseThrow();
            final CompoundBinaryTag.Builder properties = CompoundBinaryTag.builder();
            block.properties().forEach(properties::putString);
            states.add(CompoundBinaryTag.builder().putString("Name", "minecraft:" + block.name()).put("Properties", properties.build()).build());
        }
        return CompoundBinaryTag.builder().put("Position", xyz(position)).put("Size", xyz(size)).put("BlockStatePalette", states.build())
            .putLongArray("BlockStates", words).build();
    }

    private static CompoundBinaryTag xyz(final int[] of) {
        return CompoundBinaryTag.builder().putInt("x", of[0]).putInt("y", of[1]).putInt("z", of[2]).build();
    }
}
