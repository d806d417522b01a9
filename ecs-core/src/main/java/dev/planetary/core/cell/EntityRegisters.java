package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What a client knows of each entity that it heard of lately, whether that is shown or not: a last-writer-wins register for its place, one for its
 * composition and one for each component's bytes, each with the tick that it is from. One row an entity; rows are found by slot and used again. The
 * fields are {@link EntityReader}'s to read; the rules of writing are here.
 */
final class EntityRegisters {
    /** No row. */
    static final int NOBODY = -1;

    private static final int FIRST_ROWS = 32;

    /** Bytes of a row without values: the registers here, its links while it is shown, and its entry in the map of slots. */
    private static final int ROW_BYTES = 150;

    /** Generation that the registers speak of; 0: of none. */
    int[] generation = new int[0];
    /** Newest tick of anything heard. */
    int[] heardTick = new int[0];
    /** Tick of the record that came last. */
    int[] recordTick = new int[0];
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
    /** Newest roll call that named the entity as a member of {@link #listedKey}. */
    int[] listedTick = new int[0];
    long[] listedKey = new long[0];

    private final SlotRows rows = new SlotRows();
    private final EntityValues values;

    EntityRegisters(final ComponentTable table, final boolean fileByTick) {
        this.values = new EntityValues(table, fileByTick);
    }

    // ---- rows ----

    /** The slot's row, or {@link #NOBODY}. */
    int rowOf(final int slot) {
        return rows.rowOf(slot);
    }

    int slotOf(final int row) {
        return rows.slotOf(row);
    }

    boolean isFree(final int row) {
        return rows.isFree(row);
    }

    int size() {
        return rows.size();
    }

    int freeRows() {
        return rows.freeRows();
    }

    /** Gives a row to a slot that has none; one must be free. */
    int take(final int slot) {
        return rows.take(slot);
    }

    /** Forgets an entity. */
    void giveBack(final int row) {
        values.clear(row);
        rows.giveBack(row);
    }

    /** Makes room for half as many again, at most {@code most}. */
    void grow(final int most) {
        growTo(Math.min(most, Math.max(FIRST_ROWS, size() + (size() >> 1))));
    }

    EntityValues values() {
        return values;
    }

    /** Bytes that a row takes, at most. */
    static int bytesPerRow(final ComponentTable table) {
        return ROW_BYTES + EntityValues.bytesPerRow(table);
    }

    /** Bytes that all rows take. */
    long bytesHeld() {
        return (long)size() * ROW_BYTES + values.bytesHeld();
    }

    // ---- words ----

    /** Forgets what the row holds and speaks of this generation from now on. */
    void begin(final int row, final int newGeneration) {
        generation[row] = newGeneration;
        placed[row] = false;
        placedKey[row] = CellKey.NONE;
        everLeft[row] = false;
        needsFull[row] = false;
        awaitsRollCall[row] = false;
        evictedKey[row] = CellKey.NONE;
        everFull[row] = false;
        fullKey[row] = CellKey.NONE;
        fullOpening[row] = 0;
        composition[row] = 0;
        values.clear(row);
        listedKey[row] = CellKey.NONE;
    }

    /** Places the entity by a record; ties go to the record. Returns whether it was the newest word. */
    boolean placeByRecord(final int row, final long key, final int tick) {
        if (placed[row] && Tick.isNewer(placedTick[row], tick)) {
            return false;
        }
        placed[row] = true;
        placedTick[row] = tick;
        placedKey[row] = key;
        return true;
    }

    /** Places the entity nowhere by a leaver. Returns whether it was the newest word. */
    boolean placeByLeaver(final int row, final int tick) {
        if (placed[row] && !Tick.isNewer(tick, placedTick[row])) {
            return false;
        }
        placed[row] = true;
        placedTick[row] = tick;
        placedKey[row] = CellKey.NONE;
        leftTick[row] = tick;
        everLeft[row] = true;
        return true;
    }

    /** The entity is put out of sight because its cell is. */
    void evict(final int row) {
        needsFull[row] = true;
        awaitsRollCall[row] = false;
        evictedKey[row] = CellKey.NONE;
    }

    /** The entity is put out of sight until the roll call under way names it, or for good. */
    void awaitRollCall(final int row, final boolean awaited) {
        evict(row, placedKey[row], placedTick[row]);
        awaitsRollCall[row] = awaited;
    }

    /** A roll call that began at this tick names the entity as a member of the cell; the newest one counts. */
    void list(final int row, final long key, final int began) {
        if (listedKey[row] == CellKey.NONE || !Tick.isNewer(listedTick[row], began)) {
            listedKey[row] = key;
            listedTick[row] = began;
        }
        if (awaitsRollCall[row] && placedKey[row] == key) {
            awaitsRollCall[row] = false;
            needsFull[row] = false;
        }
    }

    /** The entity is put out of sight because a roll call of this tick did not name it. */
    void evict(final int row, final long key, final int tick) {
        needsFull[row] = true;
        awaitsRollCall[row] = false;
        evictedKey[row] = key;
        evictedTick[row] = tick;
    }

    /** Notes a full record. Returns whether its composition is the newest. */
    boolean compose(final int row, final long key, final long bits, final int tick) {
        if (evictedKey[row] != key || Tick.isNewer(tick, evictedTick[row])) {
            needsFull[row] = false;
        }
        if (everFull[row] && Tick.isNewer(fullTick[row], tick)) {
            return false;
        }
        everFull[row] = true;
        fullTick[row] = tick;
        composition[row] = bits;
        return true;
    }

    /** Whether a full record has come since the entity was last absent, so that it can be shown. */
    boolean isComplete(final int row) {
        return everFull[row] && !needsFull[row] && (!everLeft[row] || !Tick.isNewer(leftTick[row], fullTick[row]))
            && (values.known(row) & composition[row]) == composition[row];
    }

    /** Files the value of a component. Returns whether it is the newest. */
    boolean put(final int row, final int wire, final int tick, final DirectBuffer buffer, final int offset) {
        final boolean first = !values.has(row, wire);
        final boolean newest = values.put(row, wire, tick, buffer, offset);
        if (first && everFull[row] && (composition[row] & 1L << wire) == 0 && Tick.isNewer(fullTick[row], tick)) {
            values.putGap(row, wire, fullTick[row]);
        }
        return newest;
    }

    private void growTo(final int newSize) {
        generation = Arrays.copyOf(generation, newSize);
        heardTick = Arrays.copyOf(heardTick, newSize);
        recordTick = Arrays.copyOf(recordTick, newSize);
        placedKey = Arrays.copyOf(placedKey, newSize);
        placedTick = Arrays.copyOf(placedTick, newSize);
        placed = Arrays.copyOf(placed, newSize);
        leftTick = Arrays.copyOf(leftTick, newSize);
        everLeft = Arrays.copyOf(everLeft, newSize);
        needsFull = Arrays.copyOf(needsFull, newSize);
        awaitsRollCall = Arrays.copyOf(awaitsRollCall, newSize);
        evictedKey = Arrays.copyOf(evictedKey, newSize);
        evictedTick = Arrays.copyOf(evictedTick, newSize);
        fullTick = Arrays.copyOf(fullTick, newSize);
        everFull = Arrays.copyOf(everFull, newSize);
        fullKey = Arrays.copyOf(fullKey, newSize);
        fullOpening = Arrays.copyOf(fullOpening, newSize);
        composition = Arrays.copyOf(composition, newSize);
        listedTick = Arrays.copyOf(listedTick, newSize);
        listedKey = Arrays.copyOf(listedKey, newSize);
        values.growTo(newSize);
        rows.growTo(newSize);
    }
}
