package dev.planetary.core.cell;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Fingerprint of one entity: its world's components, encoded anew. */
final class EntityDigest {
    private EntityDigest() {
    }

    static void add(final World world, final ComponentTable table, final int entity, final CellDigest digest) {
        final UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocate(Math.max(8, table.rowLength())));
        long hash = 0;
        for (int wire = 0; wire < table.size(); wire++) {
            final ComponentType<?> type = table.type(wire);
            if (type != null && type.on(entity)) {
                hash = CellDigest.mix(hash ^ CellDigest.hash(wire, block, 0, encode(type, entity, block)));
            }
        }
        digest.add(NetworkId.describe(entity), hash, 1);
    }

    private static <T> int encode(final ComponentType<T> type, final int entity, final UnsafeBuffer block) {
        return type.codec().encode(type.get(entity), block, 0);
    }
}
