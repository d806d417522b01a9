package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The entities of each cell, and the source that answers for them. {@link #record} files what the mirror encoded: who changed, who crossed a border,
 * who left. {@link EntityAnswer} writes the answers. Host loop only.
 *
 * <p>An entity lives in the private cell of its {@link PrivateTo} seat, else in the column of its {@link Position}, else in a page of the global
 * cells.
 */
public final class EntityCells implements CellSource {
    /** Wire number of the entity source: always the first. */
    public static final int SOURCE_ID = 0;

    /** Bytes of an entity answer with one record beside the components' blocks, at most. */
    public static final int ANSWER_OVERHEAD = 1 + EntityAnswer.RECORD_OVERHEAD;

    /** Pages over which entities without a position are spread. */
    public static final int GLOBAL_PAGES = 16;

    /** Leavers that a cell remembers; who fell further behind gets a roll call. */
    public static final int LEAVER_CAPACITY_DEFAULT = 128;

    private static final int FIRST_SLOTS = 256;
    private static final int NO_CELL = -1;
    private static final int UNLOGGED_ONE_IN = 16;

    private final World world;
    private final CoreComponents core;
    private final Mirror mirror;
    private final CellGrid grid;
    private final Stamp stamp;
    private final int leaverCapacity;
    private final boolean everyLeaverLogged;
    private final EntityAnswer answer;

    private final Long2LongHashMap indexByKey = new Long2LongHashMap(NO_CELL);
    private final List<EntityCell> cells = new ArrayList<>();
    private int[] freeCells = new int[64];
    private int freeCount;

    private final int wireCount;
    private int[] cellOf = new int[0];
    private int[] leftTicks = new int[0];
    private boolean[] everLeft = new boolean[0];
    private int[] previousIds = new int[0];
    private int[] recordedTicks = new int[0];
    private int recordedTick;
    private int[] older = new int[0];
    private int[] newer = new int[0];
    private long[] stamps = new long[0];
    private long[] entered = new long[0];
    private long[] composed = new long[0];
    private long[] changed = new long[0];
    private long tickStart;
    private int crossings;

    /**
     * Cells over a mirror.
     *
     * @param leaverCapacity leavers that a cell remembers, at least 1.
     */
    public EntityCells(
        final World world,
        final CoreComponents core,
        final Mirror mirror,
        final CellGrid grid,
        final Stamp stamp,
        final int leaverCapacity,
        final Repairs repairs,
        final Tally tally) {
        this.world = world;
        this.core = core;
        this.mirror = mirror;
        this.grid = grid;
        this.stamp = stamp;
        this.leaverCapacity = leaverCapacity;
        this.everyLeaverLogged = repairs.has(Repair.EVERY_LEAVER_LOGGED);
        this.wireCount = mirror.table().size();
        this.answer = new EntityAnswer(this, mirror, repairs, tally);
    }

    /** Files what the last {@link Mirror#encode} changed. */
    public void record(final int tick) {
        tickStart = stamp.newest();
        recordedTick = tick;
        growTo(mirror.slots());
        for (int i = 0; i < mirror.changedCount(); i++) {
            final int slot = mirror.changedSlot(i);
            recordedTicks[slot] = tick;
            previousIds[slot] = mirror.departedId(i) != NetworkId.NONE ? mirror.departedId(i) : mirror.id(slot);
            if (mirror.departedId(i) != NetworkId.NONE) {
                leave(slot, mirror.departedId(i), tick);
            }
            if (mirror.changedBits(i) != 0) {
                change(slot, mirror.changedBits(i), tick);
            }
        }
    }

    private void change(final int slot, final long bits, final int tick) {
        final int now = cellFor(slot);
        if (now != cellOf[slot]) {
            if (cellOf[slot] != NO_CELL) {
                leave(slot, mirror.id(slot), tick);
            }
            enter(slot, now);
        } else {
            unlink(slot);
        }
        final long number = stamp.next();
        if ((bits & Mirror.COMPOSITION) != 0) {
            composed[slot] = number;
        }
        for (long rest = bits & ~Mirror.COMPOSITION; rest != 0; rest &= rest - 1) {
            changed[slot * wireCount + Long.numberOfTrailingZeros(rest)] = number;
        }
        if (entered[slot] == Stamp.NEVER) {
            entered[slot] = number;
        }
        linkNewest(slot, number);
    }

    private void enter(final int slot, final int index) {
        cellOf[slot] = index;
        entered[slot] = Stamp.NEVER;
        cells.get(index).members++;
    }

    private void leave(final int slot, final int id, final int tick) {
        final EntityCell cell = cells.get(cellOf[slot]);
        unlink(slot);
        cell.members--;
        leftTicks[slot] = tick;
        everLeft[slot] = true;
        if (everyLeaverLogged || ++crossings % UNLOGGED_ONE_IN != 0) {
            cell.addLeaver(id, tick, stamp.next());
        }
        final int index = cellOf[slot];
        cellOf[slot] = NO_CELL;
        closeIfIdle(index);
    }

    /** Index of the cell that the entity in {@code slot} belongs to by its components. */
    private int cellFor(final int slot) {
        final int entity = mirror.id(slot);
        final PrivateTo privateTo = core.privateTo().get(entity);
        if (privateTo != null) {
            return open(CellKey.privateTo(privateTo.seat));
        }
        final Position position = core.position().get(entity);
        if (position != null) {
            return open(grid.cellAt(position.x, position.z));
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
            index = cells.size();
            cells.add(new EntityCell(leaverCapacity));
        }
        cells.get(index).open(key);
        indexByKey.put(key, index);
        return index;
    }

    private void closeIfIdle(final int index) {
        final EntityCell cell = cells.get(index);
        if (cell.members == 0 && cell.watchers == 0) {
            indexByKey.remove(cell.key);
            if (freeCount == freeCells.length) {
                freeCells = Arrays.copyOf(freeCells, freeCount * 2);
            }
            freeCells[freeCount++] = index;
        }
    }

    private void linkNewest(final int slot, final long number) {
        final EntityCell cell = cells.get(cellOf[slot]);
        stamps[slot] = number;
        older[slot] = cell.newestMember;
        newer[slot] = EntityCell.NOBODY;
        if (cell.newestMember == EntityCell.NOBODY) {
            cell.oldestMember = slot;
        } else {
            newer[cell.newestMember] = slot;
        }
        cell.newestMember = slot;
        cell.head = number;
    }

    private void unlink(final int slot) {
        final EntityCell cell = cells.get(cellOf[slot]);
        if (stamps[slot] == Stamp.NEVER) {
            return;
        }
        if (older[slot] == EntityCell.NOBODY) {
            cell.oldestMember = newer[slot];
        } else {
            newer[older[slot]] = newer[slot];
        }
        if (newer[slot] == EntityCell.NOBODY) {
            cell.newestMember = older[slot];
        } else {
            older[newer[slot]] = older[slot];
        }
        stamps[slot] = Stamp.NEVER;
    }

    private void growTo(final int slots) {
        final int had = cellOf.length;
        if (slots <= had) {
            return;
        }
        cellOf = Arrays.copyOf(cellOf, slots);
        leftTicks = Arrays.copyOf(leftTicks, slots);
        everLeft = Arrays.copyOf(everLeft, slots);
        previousIds = Arrays.copyOf(previousIds, slots);
        recordedTicks = Arrays.copyOf(recordedTicks, slots);
        Arrays.fill(cellOf, had, slots, NO_CELL);
        older = Arrays.copyOf(older, slots);
        newer = Arrays.copyOf(newer, slots);
        stamps = Arrays.copyOf(stamps, slots);
        entered = Arrays.copyOf(entered, slots);
        composed = Arrays.copyOf(composed, slots);
        changed = Arrays.copyOf(changed, slots * wireCount);
    }

    // ---- the source ----

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
    public int watch(final long key) {
        final int index = open(key);
        cells.get(index).watchers++;
        return index;
    }

    @Override
    public void unwatch(final int handle) {
        cells.get(handle).watchers--;
        closeIfIdle(handle);
    }

    @Override
    public long head(final int handle) {
        return cells.get(handle).head;
    }

    @Override
    public boolean hasNews(final int handle, final CellTrack track) {
        return track.rollNext != CellTrack.ROLL_DONE || cells.get(handle).head != track.base;
    }

    @Override
    public int answer(
        final int handle, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        return answer.write(cells.get(handle), track, tick, buffer, offset, limit);
    }

    @Override
    public void digest(final long key, final CellDigest digest) {
        final long index = indexByKey.get(key);
        if (index == NO_CELL) {
            return;
        }
        for (int slot = cells.get((int)index).newestMember; slot != EntityCell.NOBODY; slot = older[slot]) {
            EntityDigest.add(world, mirror.table(), mirror.id(slot), digest);
        }
    }

    // ---- what an answer reads ----

    int older(final int slot) {
        return older[slot];
    }

    int newer(final int slot) {
        return newer[slot];
    }

    long stampOf(final int slot) {
        return stamps[slot];
    }

    /** Whether the entity goes in full to one who is complete up to {@code base}. */
    boolean isFullSince(final int slot, final long base, final boolean repaired) {
        return composed[slot] > base || repaired && entered[slot] > base;
    }

    /** Bits of the components that changed after {@code base}. */
    long changedSince(final int slot, final long base) {
        long bits = 0;
        final int row = slot * wireCount;
        for (long rest = mirror.mask(slot); rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (changed[row + wire] > base) {
                bits |= 1L << wire;
            }
        }
        return bits;
    }

    /** Key of the cell that the slot's entity is in, or {@link CellKey#NONE}. */
    long cellKeyOf(final int slot) {
        return slot < cellOf.length && cellOf[slot] != NO_CELL ? cells.get(cellOf[slot]).key : CellKey.NONE;
    }

    /** Whether the slot's entity left a cell, or the world, within so many ticks. */
    boolean leftWithin(final int slot, final int ticks) {
        return everLeft[slot] && recordedTick - leftTicks[slot] < ticks;
    }

    /** The entity in the slot, or the one that the last {@link #record} took out of it; right for slots that it changed. */
    int lastId(final int slot) {
        return mirror.id(slot) != NetworkId.NONE ? mirror.id(slot) : previousIds[slot];
    }

    /** Whether the last {@link #record} changed something in the slot. */
    boolean changedThisTick(final int slot) {
        return slot < stamps.length && recordedTicks[slot] == recordedTick;
    }

    /** Stamp at which the last {@link #record} began. */
    long tickStart() {
        return tickStart;
    }

    /** Bytes of an answer with one entry, at most. */
    int longestAnswer() {
        return ANSWER_OVERHEAD + mirror.table().rowLength();
    }

    /** Writes entries for one slot alone. */
    EntityAnswer answer() {
        return answer;
    }
}
