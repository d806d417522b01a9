package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.world.NetworkId;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The entities of each cell, and the source that answers for them. {@link #record} files what the mirror encoded: who changed, who crossed a border,
 * who left. {@link EntityAnswer} writes the answers. Host loop only.
 *
 * <p>An entity lives in the private cell of its {@link PrivateTo} seat, else in the column of its position, else in a page of the global
 * cells. Only the entities of cells that somebody watches have images and stamps that follow their changes; those of the others are found in their
 * cell, and are encoded when the first watcher comes.
 */
public final class EntityCells implements CellSource {
    /** Wire number of the entity source: always the first. */
    public static final int SOURCE_ID = 0;

    /** Pages over which entities without a position are spread. */
    public static final int GLOBAL_PAGES = 16;

    /** Leavers that a cell remembers; who fell further behind gets a roll call. */
    public static final int LEAVER_CAPACITY_DEFAULT = 128;

    private static final int FIRST_SLOTS = 256;
    private static final int NO_CELL = -1;
    private static final int UNLOGGED_ONE_IN = 16;

    // What lies in a slot's row, before a stamp for each component: all that an answer reads of it, side by side.
    private static final int NEWEST = 0;
    private static final int ENTERED = 1;
    private static final int COMPOSED = 2;
    /** Older neighbour in the high half, newer one in the low half. */
    private static final int LINKS = 3;
    private static final int NAME = 4;
    private static final int COMPONENTS = 5;

    private final CoreComponents core;
    private final Mirror mirror;
    private final CellGrid grid;
    private final Stamp stamp;
    private final int leaverCapacity;
    private final boolean everyLeaverLogged;
    private final EntityAnswer answer;
    private final ChangesWriter changes;
    private final long privateBit;
    private final long positionBit;

    private final Long2LongHashMap indexByKey = new Long2LongHashMap(NO_CELL);
    private EntityCell[] cells = new EntityCell[64];
    private int cellCount;
    private int[] freeCells = new int[64];
    private int freeCount;
    private CellNews news = handle -> { };
    private int[] moved = new int[64];
    private int movedCount;

    /** Keeps the compiler from leaving out what only fetches memory. */
    private long fetched;
    private int[] seen = new int[0];

    private final int stride;
    private int[] cellOf = new int[0];
    private long[] keys = new long[0];
    private long[] rows = new long[0];
    private int[] enteredTicks = new int[0];
    private long[] formerKeys = new long[0];
    private int[] formerEnteredTicks = new int[0];
    private int[] leftTicks = new int[0];
    private boolean[] everLeft = new boolean[0];
    private int[] departedIds = new int[0];
    /** Which slots the last {@link #record} changed, a bit each. */
    private long[] recorded = new long[0];
    private boolean anyRecorded;
    private int recordedTick;
    private long tickStart;
    private int crossings;

    /**
     * Cells over a mirror.
     *
     * @param leaverCapacity leavers that a cell remembers, at least 1.
     */
    public EntityCells(
        final CoreComponents core,
        final Mirror mirror,
        final CellGrid grid,
        final Stamp stamp,
        final int leaverCapacity,
        final int tickRateHz,
        final Repairs repairs,
        final Tally tally) {
        this.core = core;
        this.mirror = mirror;
        this.grid = grid;
        this.stamp = stamp;
        this.leaverCapacity = leaverCapacity;
        this.everyLeaverLogged = repairs.has(Repair.EVERY_LEAVER_LOGGED);
        this.stride = COMPONENTS + mirror.table().size();
        this.privateBit = bitOf(mirror.table().wireIndex(core.privateTo().index()));
        this.positionBit = bitOf(mirror.table().position());
        this.answer = new EntityAnswer(this, mirror, tickRateHz, repairs, tally);
        this.changes = new ChangesWriter(this, mirror, tally);
    }

    private static long bitOf(final int wire) {
        return wire < 0 ? 0 : 1L << wire;
    }

    /** Bytes of an answer with one record at most, for components of {@code rowLength} bytes. */
    public static int longestAnswer(final ComponentTable table) {
        return EntityAnswer.longestRecordBits(table) / 8 + 1;
    }

    // ---- filing what changed ----

    /** Files what the last {@link Mirror#encode} changed. */
    public void record(final int tick) {
        tickStart = stamp.newest();
        recordedTick = tick;
        growTo(mirror.slots());
        fetchChanged();
        if (anyRecorded) {
            Arrays.fill(recorded, 0);
        }
        anyRecorded = mirror.changedCount() > 0;
        for (int i = 0; i < mirror.changedCount(); i++) {
            final int slot = mirror.changedSlot(i);
            final int departed = mirror.departedId(i);
            recorded[slot >> 6] |= 1L << slot;
            if (departed != NetworkId.NONE) {
                departedIds[slot] = departed;
                if (cellOf[slot] != NO_CELL) {
                    leave(slot, departed, tick);
                }
            }
            if (mirror.changedId(i) != NetworkId.NONE) {
                change(slot, cellFor(slot, i), mirror.changedBits(i), mirror.changedFlags(i), tick);
            }
        }
        news.changed(moved, movedCount);
        movedCount = 0;
    }

    /**
     * Fetches what filing the changes will read, one kind of it after the other: the rows, then the cells, then the neighbours in their lists. After the
     * pause between two ticks nothing of that is in the cache, and waits for memory cost most of the work; in loops of nothing else they overlap. Who is
     * watched is looked up once, since guessing it wrong would end the overlap each time.
     */
    private void fetchChanged() {
        final int count = mirror.changedCount();
        if (seen.length < count) {
            seen = new int[count * 2];
        }
        int seenCount = 0;
        for (int i = 0; i < count; i++) {
            final int slot = mirror.changedSlot(i);
            seen[seenCount] = slot;
            seenCount += (mirror.changedFlags(i) & Mirror.UNSEEN) == 0 && cellOf[slot] != NO_CELL ? 1 : 0;
        }
        long sum = 0;
        for (int i = 0; i < seenCount; i++) {
            sum += fetchWholeRow(seen[i]);
        }
        for (int i = 0; i < seenCount; i++) {
            sum += cells[cellOf[seen[i]]].fetch();
        }
        for (int i = 0; i < seenCount; i++) {
            final int slot = seen[i];
            sum += fetchRow(older(slot)) + fetchRow(newer(slot)) + fetchRow(cells[cellOf[slot]].newestMember);
        }
        fetched = sum;
    }

    private long fetchRow(final int slot) {
        return slot < 0 ? 0 : rows[slot * stride];
    }

    /** A row takes two lines: what an answer reads first lies in the one, the stamps of the last components in the other. */
    private long fetchWholeRow(final int slot) {
        return slot < 0 ? 0 : rows[slot * stride] + rows[slot * stride + stride - 1];
    }

    /** Fetches what the answers to these tracks, all of this source, will read; see {@link #fetchChanged}. */
    void fetch(final CellTrack[] tracks, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += tracks[i].fetch() + cells[tracks[i].handle].fetch();
        }
        for (int i = 0; i < count; i++) {
            sum += fetchWholeRow(cells[tracks[i].handle].newestMember);
        }
        for (int i = 0; i < count; i++) {
            final int slot = cells[tracks[i].handle].newestMember;
            // Of the member before it, only the stamp is read, to see that the answer ends there.
            sum += slot < 0 ? 0 : mirror.fetch(slot) + fetchRow(older(slot));
        }
        fetched = sum;
    }

    private void change(final int slot, final int now, final long bits, final int flags, final int tick) {
        final int was = cellOf[slot];
        if (now != was) {
            if (was != NO_CELL) {
                leave(slot, mirror.id(slot), tick);
            } else {
                formerKeys[slot] = CellKey.NONE;
            }
            enter(slot, now, tick);
            // Whatever it was before, all of it is new here.
            linkNewest(slot, stampAll(slot, flags, bits), tick);
        } else if ((flags & Mirror.UNSEEN) == 0) {
            restamp(slot, stampChanged(slot, flags, bits), tick);
        }
    }

    /** Moves the slot to the end of its cell's stream. */
    private void restamp(final int slot, final long number, final int tick) {
        final EntityCell cell = cells[cellOf[slot]];
        if (cell.newestMember == slot) {
            rows[slot * stride + NEWEST] = number;
            move(cellOf[slot], cell, number, tick);
        } else {
            unlink(slot);
            linkNewest(slot, number, tick);
        }
    }

    private long stampChanged(final int slot, final int flags, final long bits) {
        final long number = stamp.next();
        final int row = slot * stride;
        if ((flags & Mirror.COMPOSITION) != 0) {
            rows[row + COMPOSED] = number;
        }
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            rows[row + COMPONENTS + Long.numberOfTrailingZeros(rest)] = number;
        }
        return number;
    }

    private long stampAll(final int slot, final int flags, final long bits) {
        final long number = stampChanged(slot, flags, bits);
        rows[slot * stride + ENTERED] = number;
        return number;
    }

    private void enter(final int slot, final int index, final int tick) {
        final EntityCell cell = cells[index];
        cellOf[slot] = index;
        enteredTicks[slot] = tick;
        keys[slot] = cell.key;
        rows[slot * stride + NAME] = cell.takeName(tick);
        cell.members++;
        if (cell.watchers > 0) {
            mirror.load(slot, tick);
        } else {
            mirror.unload(slot);
        }
    }

    private void leave(final int slot, final int id, final int tick) {
        final int index = cellOf[slot];
        final EntityCell cell = cells[index];
        unlink(slot);
        cell.members--;
        cell.freeName(nameOf(slot), tick);
        leftTicks[slot] = tick;
        everLeft[slot] = true;
        formerKeys[slot] = cell.key;
        formerEnteredTicks[slot] = enteredTicks[slot];
        if (cell.watchers > 0 && (everyLeaverLogged || ++crossings % UNLOGGED_ONE_IN != 0)) {
            final long number = stamp.next();
            cell.addLeaver(id, nameOf(slot), enteredAt(slot), tick, number);
            move(index, cell, number, tick);
        }
        cellOf[slot] = NO_CELL;
        closeIfIdle(index);
    }

    private void move(final int index, final EntityCell cell, final long number, final int tick) {
        if (cell.move(number, tick) && cell.watchers > 0) {
            if (movedCount == moved.length) {
                moved = Arrays.copyOf(moved, movedCount * 2);
            }
            moved[movedCount++] = index;
        }
    }

    /** Index of the cell that the entity in {@code slot} belongs to by its components; it was the mirror's {@code change}. */
    private int cellFor(final int slot, final int change) {
        final long mask = mirror.changedMask(change);
        if ((mask & privateBit) != 0) {
            return open(CellKey.privateTo(core.privateTo().get(mirror.id(slot)).seat));
        }
        if ((mask & positionBit) != 0) {
            final long key = grid.cellAt(mirror.changedX(change), mirror.changedZ(change));
            return cellOf[slot] != NO_CELL && keys[slot] == key ? cellOf[slot] : open(key);
        }
        return open(CellKey.global(slot % GLOBAL_PAGES));
    }

    private int open(final long key) {
        final long known = indexByKey.get(key);
        if (known != NO_CELL) {
            return (int)known;
        }
        final int index;
        if (freeCount > 0) {
            index = freeCells[--freeCount];
        } else {
            index = cellCount++;
            if (index == cells.length) {
                cells = Arrays.copyOf(cells, index * 2);
            }
            cells[index] = new EntityCell(leaverCapacity);
        }
        cells[index].open(key);
        indexByKey.put(key, index);
        return index;
    }

    private void closeIfIdle(final int index) {
        final EntityCell cell = cells[index];
        if (cell.members == 0 && cell.watchers == 0) {
            indexByKey.remove(cell.key);
            if (freeCount == freeCells.length) {
                freeCells = Arrays.copyOf(freeCells, freeCount * 2);
            }
            freeCells[freeCount++] = index;
        }
    }

    private void linkNewest(final int slot, final long number, final int tick) {
        final int index = cellOf[slot];
        final EntityCell cell = cells[index];
        rows[slot * stride + NEWEST] = number;
        link(slot, cell.newestMember, EntityCell.NOBODY);
        if (cell.newestMember == EntityCell.NOBODY) {
            cell.oldestMember = slot;
        } else {
            link(cell.newestMember, older(cell.newestMember), slot);
        }
        cell.newestMember = slot;
        move(index, cell, number, tick);
    }

    private void unlink(final int slot) {
        final EntityCell cell = cells[cellOf[slot]];
        final int before = older(slot);
        final int behind = newer(slot);
        if (before == EntityCell.NOBODY) {
            cell.oldestMember = behind;
        } else {
            link(before, older(before), behind);
        }
        if (behind == EntityCell.NOBODY) {
            cell.newestMember = before;
        } else {
            link(behind, before, newer(behind));
        }
    }

    private void link(final int slot, final int before, final int behind) {
        rows[slot * stride + LINKS] = (long)before << 32 | behind & 0xFFFF_FFFFL;
    }

    private void growTo(final int slots) {
        final int had = cellOf.length;
        if (slots <= had) {
            return;
        }
        cellOf = Arrays.copyOf(cellOf, slots);
        enteredTicks = Arrays.copyOf(enteredTicks, slots);
        formerKeys = Arrays.copyOf(formerKeys, slots);
        formerEnteredTicks = Arrays.copyOf(formerEnteredTicks, slots);
        leftTicks = Arrays.copyOf(leftTicks, slots);
        everLeft = Arrays.copyOf(everLeft, slots);
        departedIds = Arrays.copyOf(departedIds, slots);
        recorded = Arrays.copyOf(recorded, slots + 63 >> 6);
        keys = Arrays.copyOf(keys, slots);
        rows = Arrays.copyOf(rows, slots * stride);
        Arrays.fill(cellOf, had, slots, NO_CELL);
        Arrays.fill(formerKeys, had, slots, CellKey.NONE);
    }

    // ---- a source ----

    @Override
    public int sourceId() {
        return SOURCE_ID;
    }

    @Override
    public int schemaId() {
        return CoreComponents.SCHEMA_ID;
    }

    @Override
    public String name() {
        return "entities";
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public double weight() {
        return 4;
    }

    @Override
    public void news(final CellNews to) {
        news = to;
    }

    @Override
    public int watch(final long key) {
        final int index = open(key);
        final EntityCell cell = cells[index];
        cell.watch();
        if (cell.watchers == 1) {
            for (int slot = cell.newestMember; slot != EntityCell.NOBODY; slot = older(slot)) {
                mirror.load(slot, recordedTick);
            }
        }
        return index;
    }

    @Override
    public void unwatch(final int handle) {
        final EntityCell cell = cells[handle];
        if (--cell.watchers == 0) {
            cell.forgetLeavers();
            for (int slot = cell.newestMember; slot != EntityCell.NOBODY; slot = older(slot)) {
                mirror.unload(slot);
            }
        }
        closeIfIdle(handle);
    }

    @Override
    public long head(final int handle) {
        return cells[handle].head;
    }

    @Override
    public boolean hasNews(final int handle, final CellTrack track) {
        return track.rollNext != CellTrack.ROLL_DONE || track.recheck || cells[handle].head != track.base;
    }

    /** Not for the entities: their answers are bits, see {@link #answer()}. */
    @Override
    public int answer(
        final int handle, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        throw new UnsupportedOperationException("answers of the entities are bits");
    }

    @Override
    public void digest(final long key, final CellDigest digest) {
        final long index = indexByKey.get(key);
        if (index == NO_CELL) {
            return;
        }
        for (int slot = cells[(int)index].newestMember; slot != EntityCell.NOBODY; slot = older(slot)) {
            EntityDigest.add(mirror.table(), mirror.id(slot), mirror, digest);
        }
    }

    // ---- what an answer reads ----

    EntityCell cell(final int handle) {
        return cells[handle];
    }

    int older(final int slot) {
        return (int)(rows[slot * stride + LINKS] >>> 32);
    }

    int newer(final int slot) {
        return (int)rows[slot * stride + LINKS];
    }

    long stampOf(final int slot) {
        return rows[slot * stride + NEWEST];
    }

    long enteredAt(final int slot) {
        return rows[slot * stride + ENTERED];
    }

    long composedAt(final int slot) {
        return rows[slot * stride + COMPOSED];
    }

    /** Small number of the slot's entity in its cell. */
    int nameOf(final int slot) {
        return (int)rows[slot * stride + NAME];
    }

    /** Key of the cell that the slot's entity was in before this one; of use where {@link #enteredTick} is not long ago. */
    long formerKey(final int slot) {
        return formerKeys[slot];
    }

    int formerEnteredTick(final int slot) {
        return formerEnteredTicks[slot];
    }

    int enteredTick(final int slot) {
        return enteredTicks[slot];
    }

    /** Bits of the components that changed after {@code base}. */
    long changedSince(final int slot, final long base) {
        long bits = 0;
        final int row = slot * stride + COMPONENTS;
        for (long rest = mirror.mask(slot); rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (rows[row + wire] > base) {
                bits |= 1L << wire;
            }
        }
        return bits;
    }

    /** Key of the cell that the slot's entity is in, or {@link CellKey#NONE}. */
    long cellKeyOf(final int slot) {
        return slot < cellOf.length && cellOf[slot] != NO_CELL ? keys[slot] : CellKey.NONE;
    }

    /** Whether the slot's entity left a cell, or the world, within so many ticks. */
    boolean leftWithin(final int slot, final int ticks) {
        return everLeft[slot] && recordedTick - leftTicks[slot] < ticks;
    }

    /** The entity in the slot, or the one that the last {@link #record} took out of it; right for slots that it changed. */
    int lastId(final int slot) {
        return mirror.id(slot) != NetworkId.NONE ? mirror.id(slot) : departedIds[slot];
    }

    /** Whether the last {@link #record} changed something in the slot. */
    boolean changedThisTick(final int slot) {
        return slot < cellOf.length && (recorded[slot >> 6] & 1L << slot) != 0;
    }

    /** Stamp at which the last {@link #record} began. */
    long tickStart() {
        return tickStart;
    }

    /** Whether the consumer of the track is told of the slot's entity, which is in the track's cell. */
    boolean isInView(final int slot, final CellTrack track) {
        final int now = mirror.newest(slot);
        return !track.exact || track.window.isInView(mirror.rows().x(now), mirror.rows().z(now));
    }

    /** Writes the answers of all cells. */
    EntityAnswer answer() {
        return answer;
    }

    /** Writes the changes of transactions. */
    ChangesWriter changesWriter() {
        return changes;
    }

    CellGrid cellGrid() {
        return grid;
    }
}
