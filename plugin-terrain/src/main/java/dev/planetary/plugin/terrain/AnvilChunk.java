package dev.planetary.plugin.terrain;

import java.util.Locale;
import java.util.TreeMap;

/**
 * One of the game's chunks as its NBT has it: 16 by 16 columns, in sections of 16 voxels. Keeps where things lie in the reader's bytes, for things come in
 * any order; used again for the next. Whatever is wrong is an {@link AnvilException}.
 */
final class AnvilChunk {
    /** Voxels along an edge of a section. */
    static final int SECTION = 16;

    /** Voxels of a section. */
    static final int SECTION_VOLUME = SECTION * SECTION * SECTION;

    private static final int SECTIONS_MOST = 64;
    private static final int PROPERTIES_MOST = 64;
    private static final int STATUS_LENGTH_MOST = 256;
    private static final int NOWHERE = -1;

    /** The bytes. */
    final NbtReader nbt = new NbtReader();

    /** Version of the game that wrote it. */
    int dataVersion;

    /** Whether the game has finished it. */
    boolean isFull;

    /** Whether it has the layout of worlds that reach from -64 to 319; before, from 0 to 255. */
    boolean isTall;

    /** Sections that have blocks. */
    int sections;

    private final int[] lowestY = new int[SECTIONS_MOST];
    private final int[] paletteAt = new int[SECTIONS_MOST];
    private final int[] wordsAt = new int[SECTIONS_MOST];
    private final int[] words = new int[SECTIONS_MOST];

    /** Takes another chunk. */
    void read(final byte[] from, final int length, final int compression) {
        dataVersion = 0;
        isFull = false;
        isTall = true;
        sections = 0;
        nbt.begin(from, length, compression);
        if (nbt.next() != NbtReader.COMPOUND) {
            throw new AnvilException("is damaged: it is no compound");
        }
        compound(false);
        nbt.finish();
    }

    private void compound(final boolean inLevel) {
        for (int type = nbt.next(); type != NbtReader.END; type = nbt.next()) {
            if (type == NbtReader.INT && nbt.isNamed("DataVersion")) {
                dataVersion = nbt.integer();
            } else if (type == NbtReader.COMPOUND && !inLevel && nbt.isNamed("Level")) {
                isTall = false;
                compound(true);
            } else if (type == NbtReader.TEXT && nbt.isNamed("Status")) {
                final String status = nbt.text(STATUS_LENGTH_MOST);
                isFull = status.equals("full") || status.equals("minecraft:full");
            } else if (type == NbtReader.LIST && (nbt.isNamed("sections") || nbt.isNamed("Sections"))) {
                final int count = nbt.list(NbtReader.COMPOUND, SECTIONS_MOST);
                for (int i = 0; i < count; i++) {
                    section();
                }
            } else {
                nbt.skip(type);
            }
        }
    }

    private void section() {
        if (sections == SECTIONS_MOST) {
            throw new AnvilException("has more than " + SECTIONS_MOST + " sections");
        }
        paletteAt[sections] = NOWHERE;
        words[sections] = 0;
        lowestY[sections] = 0;
        blocks(true);
        if (paletteAt[sections] != NOWHERE) {
            sections++;
        }
    }

    /** A section, or the compound within it that holds its blocks. */
    private void blocks(final boolean outer) {
        for (int type = nbt.next(); type != NbtReader.END; type = nbt.next()) {
            if (type == NbtReader.BYTE && outer && nbt.isNamed("Y")) {
                lowestY[sections] = (byte)nbt.unsignedByte() * SECTION;
            } else if (type == NbtReader.COMPOUND && outer && nbt.isNamed("block_states")) {
                blocks(false);
            } else if (type == NbtReader.LIST && nbt.isNamed(outer ? "Palette" : "palette")) {
                paletteAt[sections] = nbt.at();
                nbt.skip(type);
            } else if (type == NbtReader.LONGS && nbt.isNamed(outer ? "BlockStates" : "data")) {
                words[sections] = nbt.integer();
                wordsAt[sections] = nbt.at();
                nbt.at(nbt.at() - Integer.BYTES);
                nbt.skip(type);
            } else {
                nbt.skip(type);
            }
        }
    }

    /** Lowest voxel of a section. */
    int lowestY(final int section) {
        return lowestY[section];
    }

    /** How many words of 64 bits name the blocks of a section. */
    int words(final int section) {
        return words[section];
    }

    /** One of these. */
    long word(final int section, final int number) {
        return nbt.longAt(wordsAt[section] + number * Long.BYTES);
    }

    /** Begins the palette of a section: so many states come, one after the other. */
    int palette(final int section) {
        nbt.at(paletteAt[section]);
        return nbt.list(NbtReader.COMPOUND, SECTION_VOLUME);
    }

    /** The next state of a palette: "minecraft:stone", "minecraft:oak_log[axis=y]". */
    String state() {
        String block = "";
        TreeMap<String, String> properties = null;
        for (int type = nbt.next(); type != NbtReader.END; type = nbt.next()) {
            if (type == NbtReader.TEXT && nbt.isNamed("Name")) {
                block = nbt.text(Materials.NAME_LENGTH_MAX);
            } else if (type == NbtReader.COMPOUND && nbt.isNamed("Properties")) {
                properties = properties();
            } else {
                nbt.skip(type);
            }
        }
        return properties == null || properties.isEmpty() ? block : text(block, properties);
    }

    private TreeMap<String, String> properties() {
        final TreeMap<String, String> sorted = new TreeMap<>();
        for (int type = nbt.next(); type != NbtReader.END; type = nbt.next()) {
            if (sorted.size() == PROPERTIES_MOST) {
                throw new AnvilException("has a block with more than " + PROPERTIES_MOST + " properties");
            }
            final String key = nbt.name();
            if (type == NbtReader.TEXT) {
                sorted.put(key, nbt.text(Materials.NAME_LENGTH_MAX).toLowerCase(Locale.ROOT));
            } else {
                sorted.put(key, "?");
                nbt.skip(type);
            }
        }
        return sorted;
    }

    private static String text(final String block, final TreeMap<String, String> properties) {
        final StringBuilder text = new StringBuilder(block);
        char before = '[';
        for (final var property : properties.entrySet()) {
            text.append(before).append(property.getKey()).append('=').append(property.getValue());
            before = ',';
        }
        return text.append(']').toString();
    }
}
