package dev.planetary.plugin.building;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A world as a few numbers, kept as its entities change: a sum over the bytes of all that everybody sees, and one for each seat over what is private to it. Two
 * worlds that agree in a sum hold the same, but for one chance in 2^64.
 */
final class WorldSum {
    private static final int SEATS = 16;
    private static final int PUBLIC = SEATS;
    private static final int HIDDEN = SEATS + 1;

    private final World world;
    private final List<ComponentType<?>> types;
    private final ComponentType<PrivateTo> privateTo;
    private final UnsafeBuffer block = new UnsafeBuffer(new byte[256]);
    private final long[] sums = new long[HIDDEN + 1];
    private long[] hashes = new long[1_024];
    private byte[] places = new byte[1_024];

    WorldSum(final World world) {
        this.world = world;
        this.types = world.types().stream().filter(ComponentType::isReplicated).toList();
        this.privateTo = world.type(PrivateTo.class);
    }

    /** Takes in what the slot holds now; whether that is something else than before. */
    boolean look(final int slot) {
        if (slot >= hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(slot + 1, hashes.length * 2));
            places = Arrays.copyOf(places, hashes.length);
        }
        final int entity = world.entityAt(slot);
        final long hash = entity == NetworkId.NONE ? 0 : hash(entity);
        final int place = entity == NetworkId.NONE ? places[slot] : place(entity);
        if (hash == hashes[slot] && place == places[slot]) {
            return false;
        }
        sums[places[slot]] -= hashes[slot];
        sums[place] += hash;
        hashes[slot] = hash;
        places[slot] = (byte)place;
        return true;
    }

    private int place(final int entity) {
        final PrivateTo seat = privateTo.get(entity);
        return seat == null ? PUBLIC : seat.seat < SEATS ? seat.seat : HIDDEN;
    }

    private long hash(final int entity) {
        long hash = CellDigest.mix(entity);
        for (final ComponentType<?> type : types) {
            if (type.on(entity)) {
                hash = CellDigest.mix(hash ^ CellDigest.hash(type.index(), block, 0, encode(type, entity)));
            }
        }
        return hash;
    }

    private <T> int encode(final ComponentType<T> type, final int entity) {
        return type.codec().encode(type.get(entity), block, 0);
    }

    /** What the player of a seat may see. */
    long seenBy(final int seat) {
        return sums[PUBLIC] + sums[seat];
    }

    /** All that the world holds, whoever may see it. */
    long all() {
        return Arrays.stream(sums).sum();
    }

    /** The same, added up anew. */
    static WorldSum of(final World world) {
        final WorldSum sum = new WorldSum(world);
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            sum.look(slot);
        }
        return sum;
    }
}
