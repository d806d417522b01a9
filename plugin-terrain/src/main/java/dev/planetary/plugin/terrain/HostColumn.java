package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.Stamp;

/** A column on the host. */
final class HostColumn extends Column {
    static final int NO_HANDLE = -1;

    /** The chunks, lowest first. */
    final HostChunk[] chunks = new HostChunk[CHUNKS];

    /** Stamp of the newest change. */
    long head = Stamp.NEVER;

    /** Whether the chunks are there; until then they are neither generated nor loaded. */
    boolean ready;

    /** How many windows hold it. */
    int watchers;

    /** Its number while it is watched. */
    int handle = NO_HANDLE;

    /** When it was last used, on the world's clock of loads. */
    long used;

    private final TerrainWorld world;

    HostColumn(final TerrainWorld world, final int x, final int z) {
        super(x, z);
        this.world = world;
    }

    @Override
    Voxels voxels(final int number) {
        return world.voxels(chunks[number]);
    }

    /** Whether a consumer that is complete up to {@code base} lacks nothing but edits that are newer than {@code since}. */
    boolean isAllAfter(final long base, final long since) {
        if (!ready) {
            return false;
        }
        for (final HostChunk chunk : chunks) {
            if (chunk.stamp > base && (base < chunk.floor || chunk.edits.stampAfter(base) <= since)) {
                return false;
            }
        }
        return true;
    }

    /** The chunk whose change comes next for a consumer, the oldest first; null where it lacks nothing. */
    HostChunk next(final long base, final long cursor) {
        HostChunk oldest = null;
        long least = Long.MAX_VALUE;
        for (final HostChunk chunk : chunks) {
            final long next = chunk.next(base, cursor);
            if (next < least) {
                least = next;
                oldest = chunk;
            }
        }
        return oldest;
    }
}
