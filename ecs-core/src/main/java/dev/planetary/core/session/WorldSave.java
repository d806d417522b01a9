package dev.planetary.core.session;

import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The saved parts of a game: the entities, and a section of each plugin that has one.
 *
 * <pre>
 *  contents: count u16 | count x section name UTF
 *  entities: version u16 | tick i32
 *            | component count u16 | count x (name UTF, schema u16, template u16, block length u16, schema version u16)
 *            | entity count i32    | count x (network id i32, components i64 by place in that list, blocks)
 * </pre>
 */
final class WorldSave {
    private static final int VERSION = 1;
    private static final int MOST_BLOCK = 4_096;
    private static final String ENTITIES = "entities";
    private static final String CONTENTS = "contents";

    private final GameParts parts;
    private final ComponentTable table;
    private final List<SaveSection> sections = new ArrayList<>();
    private long never;

    WorldSave(final GameParts parts, final ComponentTable table) {
        this.parts = parts;
        this.table = table;
    }

    void add(final SaveSection section) {
        if (!section.name().matches("[a-z0-9-]{1,32}") || section.name().equals(ENTITIES) || section.name().equals(CONTENTS)
            || sections.stream().anyMatch(other -> other.name().equals(section.name()))) {
            throw new InvalidSettingException("save section \"" + section.name() + "\": expected a name of its own, [a-z0-9-]{1,32}");
        }
        sections.add(section);
    }

    void never(final ComponentType<?> type) {
        never |= type.bit();
    }

    /** Whether the entity is one that a saved world holds. */
    boolean isSaved(final int entity) {
        return (parts.world.componentMask(entity) & never) == 0;
    }

    void write(final SavedWorld into, final int tick) {
        try {
            into.write(CONTENTS, this::writeContents);
            into.write(ENTITIES, out -> writeEntities(out, tick));
            for (final SaveSection section : sections) {
                into.write(section.name(), section::write);
            }
        } catch (final IOException e) {
            throw new WorldSaveException("the world could not be saved: " + e.getMessage(), e);
        }
    }

    /** Reads the world and returns the tick at which it was saved. */
    int read(final SavedWorld from) {
        final int[] tick = new int[1];
        try {
            final List<String> contents = new ArrayList<>();
            from.read(CONTENTS, in -> readContents(in, contents));
            checkReadable(contents);
            readWhole(from, ENTITIES, contents, in -> tick[0] = readEntities(in));
            for (final SaveSection section : sections) {
                readWhole(from, section.name(), contents, section::read);
            }
        } catch (final IOException | IllegalArgumentException | IllegalStateException e) {
            throw new WorldSaveException("the saved world cannot be read: " + e.getMessage(), e);
        }
        return tick[0];
    }

    private void writeContents(final DataOutputStream out) throws IOException {
        out.writeShort(sections.size() + 1);
        out.writeUTF(ENTITIES);
        for (final SaveSection section : sections) {
            out.writeUTF(section.name());
        }
    }

    private static void readContents(final DataInputStream in, final List<String> into) throws IOException {
        for (int count = in.readUnsignedShort(); count > 0; count--) {
            into.add(in.readUTF());
        }
    }

    /** What nobody reads now would be gone with the next save. */
    private void checkReadable(final List<String> contents) throws IOException {
        for (final String name : contents) {
            if (!name.equals(ENTITIES) && sections.stream().noneMatch(section -> section.name().equals(name))) {
                throw new IOException("its part \"" + name + "\" belongs to a plugin that is not among those chosen; start with that plugin, too");
            }
        }
    }

    private static void readWhole(final SavedWorld from, final String name, final List<String> contents, final SavedWorld.Reader reader)
        throws IOException {
        if (!from.read(name, reader) && contents.contains(name)) {
            throw new IOException("its part \"" + name + "\" is missing");
        }
    }

    private void writeEntities(final DataOutputStream out, final int tick) throws IOException {
        out.writeShort(VERSION);
        out.writeInt(tick);
        out.writeShort(table.size());
        for (int i = 0; i < table.size(); i++) {
            final ComponentType<?> type = table.type(i);
            out.writeUTF(type.name());
            out.writeShort(type.schemaId());
            out.writeShort(type.templateId());
            out.writeShort(table.length(i));
            out.writeShort(table.version(i));
        }
        final List<Integer> entities = new ArrayList<>();
        for (int slot = 0; slot < parts.world.slotLimit(); slot++) {
            final int entity = parts.world.entityAt(slot);
            if (entity != NetworkId.NONE && isSaved(entity)) {
                entities.add(entity);
            }
        }
        out.writeInt(entities.size());
        final UnsafeBuffer block = new UnsafeBuffer(new byte[MOST_BLOCK]);
        for (final int entity : entities) {
            final long wire = table.wireMask(parts.world.componentMask(entity));
            out.writeInt(entity);
            out.writeLong(wire);
            for (int i = 0; i < table.size(); i++) {
                if ((wire & 1L << i) != 0) {
                    out.write(block.byteArray(), 0, encode(table.type(i), entity, block));
                }
            }
        }
    }

    private static <T> int encode(final ComponentType<T> type, final int entity, final UnsafeBuffer block) {
        return type.codec().encode(type.get(entity), block, 0);
    }

    private int readEntities(final DataInputStream in) throws IOException {
        final int version = in.readUnsignedShort();
        if (version != VERSION) {
            throw new IOException("entities of format " + version + ", this build reads " + VERSION);
        }
        final int tick = in.readInt();
        final int components = in.readUnsignedShort();
        final ComponentType<?>[] types = new ComponentType<?>[components];
        final int[] lengths = new int[components];
        final int[] versions = new int[components];
        for (int i = 0; i < components; i++) {
            final String name = in.readUTF();
            final int schema = in.readUnsignedShort();
            final int template = in.readUnsignedShort();
            types[i] = parts.world.types().stream()
                .filter(type -> type.isReplicated() && type.schemaId() == schema && type.templateId() == template)
                .findFirst().orElse(null);
            lengths[i] = in.readUnsignedShort();
            versions[i] = in.readUnsignedShort();
            if (lengths[i] > MOST_BLOCK) {
                throw new IOException("component " + name + " of " + lengths[i] + " bytes");
            }
        }
        final int count = in.readInt();
        final UnsafeBuffer block = new UnsafeBuffer(new byte[MOST_BLOCK]);
        for (int n = 0; n < count; n++) {
            final int entity = in.readInt();
            final long wire = in.readLong();
            final List<Object> values = new ArrayList<>();
            for (int i = 0; i < components; i++) {
                if ((wire & 1L << i) != 0) {
                    in.readFully(block.byteArray(), 0, lengths[i]);
                    if (types[i] != null) {
                        values.add(decode(types[i], block, lengths[i], versions[i]));
                    }
                }
            }
            parts.world.spawnAs(entity, values.toArray());
        }
        return tick;
    }

    private static <T> T decode(final ComponentType<T> type, final UnsafeBuffer block, final int length, final int version) {
        final T component = type.create();
        type.codec().decode(component, block, 0, length, version);
        return component;
    }
}
