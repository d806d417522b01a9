package dev.planetary.core.cell;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Fingerprint of one entity: its world's components, encoded anew. */
final class EntityDigest {
    private EntityDigest() {
    }

    /** Adds a client's entity. */
    static void add(final ComponentTable table, final int entity, final CellDigest digest) {
        add(table, entity, null, digest);
    }

    /** Adds a host's entity as its mirror settles it: within the error bound, the expected is as good as the truth. */
    static void add(final ComponentTable table, final int entity, final Mirror mirror, final CellDigest digest) {
        final UnsafeBuffer block = new UnsafeBuffer(ByteBuffer.allocate(Math.max(8, table.rowLength())));
        long hash = 0;
        for (int wire = 0; wire < table.size(); wire++) {
            final ComponentType<?> type = table.type(wire);
            if (type != null && type.on(entity)) {
                final int length = encode(type, entity, block);
                if (mirror != null) {
                    mirror.settle(NetworkId.slot(entity), wire, block);
                }
                hash = CellDigest.mix(hash ^ CellDigest.hash(wire, block, 0, length));
            }
        }
        digest.add(NetworkId.describe(entity), hash, 1);
    }

    private static <T> int encode(final ComponentType<T> type, final int entity, final UnsafeBuffer block) {
        return type.codec().encode(type.get(entity), block, 0);
    }
}
