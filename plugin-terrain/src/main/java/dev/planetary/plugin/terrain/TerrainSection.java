package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.plugin.SaveSection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The ground in a saved world: the seed, the materials, and every chunk that the seed alone would not make again, encoded as {@link ChunkFormat} says.
 * <pre>
 *   int version (2; 1 had chunks that FormerChunks renews) · boolean seeded · long seed · int spawn x, z
 *   int materials, for each behind those that every world knows: UTF name, boolean solid
 *   int columns, for each: int x, z · byte chunks, for each: byte number, int length, bytes
 * </pre>
 */
final class TerrainSection implements SaveSection {
    private static final int VERSION = 2;
    private static final int WITH_FORMER_CHUNKS = 1;

    private final Supplier<TerrainWorld> saved;
    private final Consumer<Loaded> onLoaded;

    /** What was read. */
    record Loaded(boolean seeded, long seed, int spawnX, int spawnZ, Materials materials, Long2ObjectHashMap<byte[][]> shelf) {
    }

    TerrainSection(final Supplier<TerrainWorld> saved, final Consumer<Loaded> onLoaded) {
        this.saved = saved;
        this.onLoaded = onLoaded;
    }

    @Override
    public String name() {
        return "terrain";
    }

    @Override
    public void write(final DataOutputStream out) throws IOException {
        final TerrainWorld world = saved.get();
        final Long2ObjectHashMap<byte[][]> shelf = world.shelve();
        out.writeInt(VERSION);
        out.writeBoolean(world.isSeeded());
        out.writeLong(world.seed());
        out.writeInt(world.spawnX());
        out.writeInt(world.spawnZ());
        final int known = new Materials().size();
        out.writeInt(world.materials().size() - known);
        for (int number = known; number < world.materials().size(); number++) {
            out.writeUTF(world.materials().name(number));
            out.writeBoolean(Materials.isSolid(world.materials().id(number)));
        }
        final long[] cells = shelf.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        out.writeInt(cells.length);
        for (final long cell : cells) {
            write(out, cell, shelf.get(cell));
        }
    }

    private static void write(final DataOutputStream out, final long cell, final byte[][] blobs) throws IOException {
        out.writeInt(CellKey.x(cell));
        out.writeInt(CellKey.z(cell));
        out.writeByte((int)Arrays.stream(blobs).filter(blob -> blob != null).count());
        for (int number = 0; number < blobs.length; number++) {
            if (blobs[number] != null) {
                out.writeByte(number);
                out.writeInt(blobs[number].length);
                out.write(blobs[number]);
            }
        }
    }

    @Override
    public void read(final DataInputStream in) throws IOException {
        final int version = in.readInt();
        if (version != VERSION && version != WITH_FORMER_CHUNKS) {
            throw new IOException("terrain of version " + version + ", this build reads up to " + VERSION);
        }
        final boolean seeded = in.readBoolean();
        final long seed = in.readLong();
        final int spawnX = in.readInt();
        final int spawnZ = in.readInt();
        final Materials materials = new Materials();
        final int more = in.readInt();
        for (int i = 0; i < more; i++) {
            final String name = in.readUTF();
            final int before = materials.size();
            materials.register(name, in.readBoolean());
            if (materials.size() == before) {
                throw new IOException("terrain names material " + name + " twice");
            }
        }
        final Long2ObjectHashMap<byte[][]> shelf = new Long2ObjectHashMap<>();
        final UnaryOperator<byte[]> reader = version == VERSION ? checking(new ChunkDecoder()) : new FormerChunks()::renewed;
        final int columns = in.readInt();
        for (int i = 0; i < columns; i++) {
            final int x = in.readInt();
            final int z = in.readInt();
            shelf.put(CellKey.spatial(x, z), column(in, x, z, reader));
        }
        onLoaded.accept(new Loaded(seeded, seed, spawnX, spawnZ, materials, shelf));
    }

    private static UnaryOperator<byte[]> checking(final ChunkDecoder decoder) {
        return blob -> {
            decoder.decode(blob, 0, blob.length);
            return blob;
        };
    }

    private static byte[][] column(final DataInputStream in, final int x, final int z, final UnaryOperator<byte[]> reader) throws IOException {
        final byte[][] blobs = new byte[Column.CHUNKS][];
        final int chunks = in.readUnsignedByte();
        for (int i = 0; i < chunks; i++) {
            final int number = in.readUnsignedByte();
            final int length = in.readInt();
            if (number >= Column.CHUNKS || length <= 0 || length > ChunkFormat.LENGTH_MAX + FormerChunks.HEADER_MORE) {
                throw new IOException("terrain chunk " + number + " of column " + x + "," + z + " has " + length + " bytes");
            }
            final byte[] blob = new byte[length];
            in.readFully(blob);
            try {
                blobs[number] = reader.apply(blob);
            } catch (final ChunkFormatException e) {
                throw new IOException("terrain chunk " + number + " of column " + x + "," + z + ": " + e.getMessage(), e);
            }
        }
        return blobs;
    }
}
