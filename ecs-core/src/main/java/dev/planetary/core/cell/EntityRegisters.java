package dev.planetary.core.cell;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a client knows of each slot, whether the entity is shown or not: a last-writer-wins register for its place, one for its composition and one
 * for each component's bytes, each with the tick that it is from. The fields are {@link EntityReader}'s to read; the rules of writing are here.
 */
final class EntityRegisters {
    private static final int FIRST_SLOTS = 256;

    /** Generation that the registers speak of; 0: of none. */
    int[] generation = new int[0];
    /** Newest tick of anything heard. */
    int[] heardTick = new int[0];
    /** Where the entity is as of {@link #placedTick}: a cell, or {@link CellKey#NONE} where it left. */
    long[] placedKey = new long[0];
    int[] placedTick = new int[0];
    boolean[] placed = new boolean[0];
    /** Newest leaver: what is older than this makes the entity complete no more. */
    int[] leftTick = new int[0];
    boolean[] everLeft = new boolean[0];
    /** The entity was put out of sight without a leaver: it takes another full record to show it again. */
    boolean[] needsFull = new boolean[0];
    /** The full record is only needed if the roll call under way does not name the entity. */
    boolean[] awaitsRollCall = new boolean[0];
    /** Where a roll call did not name it any more, and as of which tick: a full record from there must be newer. */
    long[] evictedKey = new long[0];
    int[] evictedTick = new int[0];
    /** Newest full record. */
    int[] fullTick = new int[0];
    boolean[] everFull = new boolean[0];
    /** Cell that a full record came from, and in which opening of it; 0 for none that was open. */
    long[] fullKey = new long[0];
    int[] fullOpening = new int[0];
    /** Composition as of {@link #fullTick}, by wire index. */
    long[] composition = new long[0];
    /** Wire indexes of which a value is known. */
    long[] known = new long[0];
    /** Newest roll call that named the entity as a member of {@link #listedKey}. */
    int[] listedTick = new int[0];
    long[] listedKey = new long[0];

    private final ComponentTable table;
    private final int components;
    private final UnsafeBuffer values = new UnsafeBuffer(0, 0);
    private int[] valueTick = new int[0];
    private int slots;

    EntityRegisters(final ComponentTable table) {
        this.table = table;
        this.components = table.size();
    }

    int slots() {
        return slots;
    }

    /** Forgets the slot and speaks of this generation from now on. */
    void begin(final int slot, final int newGeneration) {
        generation[slot] = newGeneration;
        placed[slot] = false;
        placedKey[slot] = CellKey.NONE;
        everLeft[slot] = false;
        needsFull[slot] = false;
        awaitsRollCall[slot] = false;
        evictedKey[slot] = CellKey.NONE;
        everFull[slot] = false;
        fullKey[slot] = CellKey.NONE;
        fullOpening[slot] = 0;
        composition[slot] = 0;
        known[slot] = 0;
        listedKey[slot] = CellKey.NONE;
    }

    /** Places the entity by a record; ties go to the record. Returns whether it was the newest word. */
    boolean placeByRecord(final int slot, final long key, final int tick) {
        if (placed[slot] && Tick.isNewer(placedTick[slot], tick)) {
            return false;
        }
        placed[slot] = true;
        placedTick[slot] = tick;
        placedKey[slot] = key;
        return true;
    }

    /** Places the entity nowhere by a leaver. Returns whether it was the newest word. */
    boolean placeByLeaver(final int slot, final int tick) {
        if (placed[slot] && !Tick.isNewer(tick, placedTick[slot])) {
            return false;
        }
        placed[slot] = true;
        placedTick[slot] = tick;
        placedKey[slot] = CellKey.NONE;
        leftTick[slot] = tick;
        everLeft[slot] = true;
        return true;
    }

    /** The entity is put out of sight because its cell is. */
    void evict(final int slot) {
        needsFull[slot] = true;
        awaitsRollCall[slot] = false;
        evictedKey[slot] = CellKey.NONE;
    }

    /** The entity is put out of sight until the roll call under way names it, or for good. */
    void awaitRollCall(final int slot, final boolean awaited) {
        evict(slot, placedKey[slot], placedTick[slot]);
        awaitsRollCall[slot] = awaited;
    }

    /** A roll call that began at this tick names the entity as a member of the cell; the newest one counts. */
    void list(final int slot, final long key, final int began) {
        if (listedKey[slot] == CellKey.NONE || !Tick.isNewer(listedTick[slot], began)) {
            listedKey[slot] = key;
            listedTick[slot] = began;
        }
        if (awaitsRollCall[slot] && placedKey[slot] == key) {
            awaitsRollCall[slot] = false;
            needsFull[slot] = false;
        }
    }

    /** The entity is put out of sight because a roll call of this tick did not name it. */
    void evict(final int slot, final long key, final int tick) {
        needsFull[slot] = true;
        awaitsRollCall[slot] = false;
        evictedKey[slot] = key;
        evictedTick[slot] = tick;
    }

    /** Notes a full record. Returns whether its composition is the newest. */
    boolean compose(final int slot, final long key, final long bits, final int tick) {
        if (evictedKey[slot] != key || Tick.isNewer(tick, evictedTick[slot])) {
            needsFull[slot] = false;
        }
        if (everFull[slot] && Tick.isNewer(fullTick[slot], tick)) {
            return false;
        }
        everFull[slot] = true;
        fullTick[slot] = tick;
        composition[slot] = bits;
        return true;
    }

    /** Whether a full record has come since the entity was last absent, so that it can be shown. */
    boolean isComplete(final int slot) {
        return everFull[slot] && !needsFull[slot] && (!everLeft[slot] || !Tick.isNewer(leftTick[slot], fullTick[slot]))
            && (known[slot] & composition[slot]) == composition[slot];
    }

    /** Whether {@code tick} is at least as new as what is known of the component. */
    boolean accepts(final int slot, final int wire, final int tick) {
        return (known[slot] & 1L << wire) == 0 || !Tick.isNewer(valueTick[slot * components + wire], tick);
    }

    void put(final int slot, final int wire, final int tick, final DirectBuffer buffer, final int offset) {
        known[slot] |= 1L << wire;
        valueTick[slot * components + wire] = tick;
        values.putBytes(valueOffset(slot, wire), buffer, offset, table.length(wire));
    }

    int valueTick(final int slot, final int wire) {
        return valueTick[slot * components + wire];
    }

    UnsafeBuffer values() {
        return values;
    }

    int valueOffset(final int slot, final int wire) {
        return slot * table.rowLength() + table.offset(wire);
    }

    void growTo(final int needed) {
        if (needed <= slots) {
            return;
        }
        final int newSlots = BitUtil.findNextPositivePowerOfTwo(Math.max(FIRST_SLOTS, needed));
        final UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(8, newSlots * table.rowLength())));
        larger.putBytes(0, values, 0, slots * table.rowLength());
        values.wrap(larger);
        generation = Arrays.copyOf(generation, newSlots);
        heardTick = Arrays.copyOf(heardTick, newSlots);
        placedKey = Arrays.copyOf(placedKey, newSlots);
        placedTick = Arrays.copyOf(placedTick, newSlots);
        placed = Arrays.copyOf(placed, newSlots);
        leftTick = Arrays.copyOf(leftTick, newSlots);
        everLeft = Arrays.copyOf(everLeft, newSlots);
        needsFull = Arrays.copyOf(needsFull, newSlots);
        awaitsRollCall = Arrays.copyOf(awaitsRollCall, newSlots);
        evictedKey = Arrays.copyOf(evictedKey, newSlots);
        evictedTick = Arrays.copyOf(evictedTick, newSlots);
        fullTick = Arrays.copyOf(fullTick, newSlots);
        everFull = Arrays.copyOf(everFull, newSlots);
        fullKey = Arrays.copyOf(fullKey, newSlots);
        fullOpening = Arrays.copyOf(fullOpening, newSlots);
        composition = Arrays.copyOf(composition, newSlots);
        known = Arrays.copyOf(known, newSlots);
        listedTick = Arrays.copyOf(listedTick, newSlots);
        listedKey = Arrays.copyOf(listedKey, newSlots);
        valueTick = Arrays.copyOf(valueTick, newSlots * components);
        for (int slot = slots; slot < newSlots; slot++) {
            begin(slot, 0);
        }
        slots = newSlots;
    }
}
