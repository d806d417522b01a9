package dev.planetary.core.cell;

import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.MarkVisitor;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest encoded bytes of every replicated component: one row a slot in one off-heap array. {@link #encode} turns the world's marks into
 * images and lists what really changed, for {@link EntityCells#record}. Equal bytes are no change. Host loop only.
 */
public final class Mirror implements MarkVisitor {
    /** In {@link #changedBits}: the entity is new here, or its composition changed. */
    static final long COMPOSITION = 1L << 63;

    private static final int FIRST_SLOTS = 256;

    private final World world;
    private final ComponentTable table;
    private final UnsafeBuffer images = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer scratch;

    private int[] ids = new int[0];
    private long[] masks = new long[0];
    private int slots;

    private int[] changedSlots = new int[FIRST_SLOTS];
    private long[] changedBits = new long[FIRST_SLOTS];
    private int[] departedIds = new int[FIRST_SLOTS];
    private int changedCount;
    private long marked;
    private long markedInVain;

    /** The images of {@code world} in the order of {@code table}. */
    public Mirror(final World world, final ComponentTable table) {
        this.world = world;
        this.table = table;
        this.scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(8, table.rowLength())));
    }

    /** Encodes what was marked since the last call. */
    public void encode() {
        changedCount = 0;
        world.drainMarks(this);
    }

    @Override
    public void onMarked(final int slot, final long components) {
        growTo(slot + 1);
        final int entity = world.entityAt(slot);
        final int mirrored = ids[slot];
        final int departed = mirrored != entity ? mirrored : NetworkId.NONE;
        long bits = 0;
        if (entity == NetworkId.NONE) {
            ids[slot] = NetworkId.NONE;
            masks[slot] = 0;
        } else {
            final long mask = table.wireMask(world.componentMask(entity));
            final boolean fresh = mirrored != entity;
            final long before = fresh ? 0 : masks[slot];
            if (fresh || mask != before) {
                bits |= COMPOSITION;
            }
            ids[slot] = entity;
            masks[slot] = mask;
            final long touched = mask & (table.wireMask(components) | ~before);
            bits |= encode(entity, slot, touched, mask & ~before);
        }
        if (bits != 0 || departed != NetworkId.NONE) {
            append(slot, bits, departed);
        }
    }

    private long encode(final int entity, final int slot, final long touched, final long added) {
        long changed = added;
        for (long rest = touched; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            final int at = imageOffset(slot, wire);
            final int length = table.length(wire);
            encodeInto(table.type(wire), entity);
            marked++;
            if (differs(at, length)) {
                images.putBytes(at, scratch, 0, length);
                changed |= 1L << wire;
            } else if ((added & 1L << wire) == 0) {
                markedInVain++;
            }
        }
        return changed;
    }

    private <T> void encodeInto(final ComponentType<T> type, final int entity) {
        final ComponentCodec<T> codec = type.codec();
        codec.encode(type.get(entity), scratch, 0);
    }

    private boolean differs(final int at, final int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (images.getLong(at + i) != scratch.getLong(i)) {
                return true;
            }
        }
        for (; i < length; i++) {
            if (images.getByte(at + i) != scratch.getByte(i)) {
                return true;
            }
        }
        return false;
    }

    private void append(final int slot, final long bits, final int departed) {
        if (changedCount == changedSlots.length) {
            changedSlots = Arrays.copyOf(changedSlots, changedCount * 2);
            changedBits = Arrays.copyOf(changedBits, changedCount * 2);
            departedIds = Arrays.copyOf(departedIds, changedCount * 2);
        }
        changedSlots[changedCount] = slot;
        changedBits[changedCount] = bits;
        departedIds[changedCount++] = departed;
    }

    private void growTo(final int needed) {
        if (needed <= slots) {
            return;
        }
        final int newSlots = BitUtil.findNextPositivePowerOfTwo(Math.max(FIRST_SLOTS, needed));
        final UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(8, newSlots * table.rowLength())));
        larger.putBytes(0, images, 0, slots * table.rowLength());
        images.wrap(larger);
        ids = Arrays.copyOf(ids, newSlots);
        masks = Arrays.copyOf(masks, newSlots);
        slots = newSlots;
    }

    // ---- what changed in the last encode ----

    int changedCount() {
        return changedCount;
    }

    int changedSlot(final int i) {
        return changedSlots[i];
    }

    /** Bits of the components that changed, and {@link #COMPOSITION}; 0 where the entity only left. */
    long changedBits(final int i) {
        return changedBits[i];
    }

    /** The entity that lived in the slot before, where that one is gone. */
    int departedId(final int i) {
        return departedIds[i];
    }

    // ---- images ----

    ComponentTable table() {
        return table;
    }

    int slots() {
        return slots;
    }

    int id(final int slot) {
        return slot < slots ? ids[slot] : NetworkId.NONE;
    }

    long mask(final int slot) {
        return masks[slot];
    }

    UnsafeBuffer images() {
        return images;
    }

    int imageOffset(final int slot, final int wire) {
        return slot * table.rowLength() + table.offset(wire);
    }

    /** Components encoded since the start. */
    public long marked() {
        return marked;
    }

    /** Of those, how many came to the same bytes. */
    public long markedInVain() {
        return markedInVain;
    }
}
