package dev.planetary.plugin.building;

import dev.planetary.core.plugin.OccupancyQuery;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Where parts stand: which one takes a voxel, and which lie in a box. On either side; kept by {@link Structures} on the host and by
 * {@link ShownParts} on a client. About 40 bytes a voxel taken.
 */
final class PartIndex implements OccupancyQuery {
    /** Lowest and highest voxel that a part may take, and the furthest along x and z. */
    static final int LEAST_Y = -1_024;
    static final int MOST_Y = 1_023;
    static final int MOST_XZ = 2_000_000;

    private static final int CHUNK_BITS = 5;

    private final Int2ObjectHashMap<PlacedPart> parts = new Int2ObjectHashMap<>();
    private final Long2LongHashMap voxels = new Long2LongHashMap(NOTHING);
    private final Long2ObjectHashMap<List<PlacedPart>> chunks = new Long2ObjectHashMap<>();

    /** Whether a box lies in the world. */
    static boolean isInWorld(final long x, final long y, final long z, final int sizeX, final int sizeY, final int sizeZ) {
        return x >= -MOST_XZ && x + sizeX <= MOST_XZ && z >= -MOST_XZ && z + sizeZ <= MOST_XZ && y >= LEAST_Y && y + sizeY - 1 <= MOST_Y;
    }

    /** A voxel or chunk as one number: 26 bits of x and z, 12 of y. */
    static long key(final int x, final int y, final int z) {
        return (x & 0x3FF_FFFFL) << 38 | (z & 0x3FF_FFFFL) << 12 | y & 0xFFFL;
    }

    @Override
    public int occupantAt(final int x, final int y, final int z) {
        return x < -MOST_XZ || x > MOST_XZ || z < -MOST_XZ || z > MOST_XZ || y < LEAST_Y || y > MOST_Y ? NOTHING : (int)voxels.get(key(x, y, z));
    }

    /** The part that takes a voxel, or null. */
    PlacedPart partAt(final int x, final int y, final int z) {
        final int entity = occupantAt(x, y, z);
        return entity == NOTHING ? null : parts.get(entity);
    }

    /** The part that an entity is, or null. */
    PlacedPart part(final int entity) {
        return parts.get(entity);
    }

    /** How many parts stand. */
    int size() {
        return parts.size();
    }

    /** All parts, in no order. */
    Iterable<PlacedPart> all() {
        return parts.values();
    }

    /** Adds a part, which lies in the world. */
    void add(final PlacedPart part) {
        part.standing = true;
        parts.put(part.entity, part);
        for (int y = part.y; y < part.y + part.sizeY; y++) {
            for (int z = part.z; z < part.z + part.sizeZ; z++) {
                for (int x = part.x; x < part.x + part.sizeX; x++) {
                    voxels.put(key(x, y, z), part.entity);
                }
            }
        }
        for (int y = part.y >> CHUNK_BITS; y <= part.y + part.sizeY - 1 >> CHUNK_BITS; y++) {
            for (int z = part.z >> CHUNK_BITS; z <= part.z + part.sizeZ - 1 >> CHUNK_BITS; z++) {
                for (int x = part.x >> CHUNK_BITS; x <= part.x + part.sizeX - 1 >> CHUNK_BITS; x++) {
                    final long key = key(x, y, z);
                    List<PlacedPart> chunk = chunks.get(key);
                    if (chunk == null) {
                        chunk = new ArrayList<>();
                        chunks.put(key, chunk);
                    }
                    chunk.add(part);
                }
            }
        }
    }

    /** Takes a part out. */
    void remove(final PlacedPart part) {
        part.standing = false;
        parts.remove(part.entity);
        for (int y = part.y; y < part.y + part.sizeY; y++) {
            for (int z = part.z; z < part.z + part.sizeZ; z++) {
                for (int x = part.x; x < part.x + part.sizeX; x++) {
                    final long key = key(x, y, z);
                    if (voxels.get(key) == part.entity) {
                        voxels.remove(key);
                    }
                }
            }
        }
        for (int y = part.y >> CHUNK_BITS; y <= part.y + part.sizeY - 1 >> CHUNK_BITS; y++) {
            for (int z = part.z >> CHUNK_BITS; z <= part.z + part.sizeZ - 1 >> CHUNK_BITS; z++) {
                for (int x = part.x >> CHUNK_BITS; x <= part.x + part.sizeX - 1 >> CHUNK_BITS; x++) {
                    final long key = key(x, y, z);
                    final List<PlacedPart> chunk = chunks.get(key);
                    chunk.remove(part);
                    if (chunk.isEmpty()) {
                        chunks.remove(key);
                    }
                }
            }
        }
    }

    /** Forgets all. */
    void clear() {
        parts.clear();
        voxels.clear();
        chunks.clear();
    }

    /** Adds to {@code found} each part that meets a box, both corners included; one that lies in several chunks may be added more than once. */
    void collect(
        final int minX, final int minY, final int minZ, final int maxX, final int maxY, final int maxZ, final List<PlacedPart> found) {
        for (int y = minY >> CHUNK_BITS; y <= maxY >> CHUNK_BITS; y++) {
            for (int z = minZ >> CHUNK_BITS; z <= maxZ >> CHUNK_BITS; z++) {
                for (int x = minX >> CHUNK_BITS; x <= maxX >> CHUNK_BITS; x++) {
                    final List<PlacedPart> chunk = chunks.get(key(x, y, z));
                    for (int i = 0; chunk != null && i < chunk.size(); i++) {
                        final PlacedPart part = chunk.get(i);
                        if (part.meets(minX, minY, minZ, maxX, maxY, maxZ)) {
                            found.add(part);
                        }
                    }
                }
            }
        }
    }
}
