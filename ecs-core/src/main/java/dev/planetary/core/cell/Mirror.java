package dev.planetary.core.cell;

import dev.planetary.core.component.Position;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.MarkVisitor;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The encoded bytes of every replicated component of the entities that somebody watches, and how they were a few ticks ago. {@link #encode} turns the
 * world's marks into images and lists what really changed, for {@link EntityCells#record}; entities in cells that nobody watches are listed and not
 * encoded. Equal bytes are no change. Host loop only.
 *
 * <p>The position of an entity with a velocity is kept where its motion was expected as long as that is within {@link #STICKY_UNITS} of the truth on
 * each axis: then there is nothing to send but that it moved. Without a velocity, or at rest, it is exact.
 */
public final class Mirror implements MarkVisitor {
    /** How far an expected position may be from the truth along an axis and still stand: 7.8 mm. */
    static final int STICKY_UNITS = 8;

    /** In {@link #changedFlags}: the entity is new here, or its composition changed. */
    static final int COMPOSITION = 1;

    /** In {@link #changedFlags}: nobody watches it, and nothing was encoded. */
    static final int UNSEEN = 2;

    /** In {@link #changedFlags}: its exact place changed. */
    static final int MOVED = 4;

    private static final int FIRST_SLOTS = 256;

    private final World world;
    private final ComponentTable table;
    private final int tickRateHz;
    private final ImageRows rows;
    private final UnsafeBuffer scratch;
    private final int position;
    private final int velocity;
    private final ComponentType<?> positionType;

    private int[] ids = new int[0];
    private long[] masks = new long[0];
    private int[] rowOf = new int[0];
    private int slots;
    private int tick;

    private int[] markedSlots = new int[FIRST_SLOTS];
    private long[] markedTypes = new long[FIRST_SLOTS];
    private Position[] places = new Position[FIRST_SLOTS];
    private int markedCount;

    // What record needs of each change, in one place behind the other: the rows by slot lie far apart, most of all where few of many entities move.
    private int[] changedSlots = new int[FIRST_SLOTS];
    private int[] changedIds = new int[FIRST_SLOTS];
    private long[] changedMasks = new long[FIRST_SLOTS];
    private long[] changedBits = new long[FIRST_SLOTS];
    private byte[] changedFlags = new byte[FIRST_SLOTS];
    private int[] departedIds = new int[FIRST_SLOTS];
    private double[] changedX = new double[FIRST_SLOTS];
    private double[] changedZ = new double[FIRST_SLOTS];
    private int changedCount;
    private boolean moved;

    /** Keeps the compiler from leaving out what only fetches memory. */
    private double fetched;
    private long marked;
    private long markedInVain;

    /** The images of {@code world} in the order of {@code table}. */
    public Mirror(final World world, final ComponentTable table, final int tickRateHz) {
        this.world = world;
        this.table = table;
        this.tickRateHz = tickRateHz;
        this.rows = new ImageRows(table.rowLength());
        this.scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(8, table.rowLength())));
        this.position = table.position();
        this.velocity = table.velocity();
        this.positionType = position < 0 ? null : table.type(position);
    }

    /** Encodes what was marked since the last call. */
    public void encode(final int newTick) {
        tick = newTick;
        changedCount = 0;
        markedCount = 0;
        world.drainMarks(this);
        findPlaces();
        for (int i = 0; i < markedCount; i++) {
            encode(markedSlots[i], markedTypes[i], places[i]);
        }
        Arrays.fill(places, 0, markedCount, null);
    }

    @Override
    public void onMarked(final int slot, final long components) {
        if (markedCount == markedSlots.length) {
            markedSlots = Arrays.copyOf(markedSlots, markedCount * 2);
            markedTypes = Arrays.copyOf(markedTypes, markedCount * 2);
            places = Arrays.copyOf(places, markedCount * 2);
        }
        markedSlots[markedCount] = slot;
        markedTypes[markedCount++] = components;
    }

    /** Fetches where everything marked is and what encoding it will write, in loops of their own: the memory that it waits for comes for many at a time. */
    private void findPlaces() {
        if (positionType == null) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < markedCount; i++) {
            final int slot = markedSlots[i];
            sum += slot < slots && rowOf[slot] != ImageRows.NONE ? rows.fetchToOpen(rowOf[slot]) : 0;
        }
        for (int i = 0; i < markedCount; i++) {
            final int entity = world.entityAt(markedSlots[i]);
            final Position place = entity == NetworkId.NONE ? null : (Position)positionType.get(entity);
            places[i] = place;
            sum += place == null ? 0 : place.x;
        }
        fetched = sum;
    }

    private void encode(final int slot, final long components, final Position place) {
        growTo(slot + 1);
        final int entity = world.entityAt(slot);
        final int mirrored = ids[slot];
        final boolean fresh = mirrored != entity;
        final int departed = fresh ? mirrored : NetworkId.NONE;
        if (fresh) {
            unload(slot);
        }
        ids[slot] = entity;
        if (entity == NetworkId.NONE) {
            masks[slot] = 0;
            if (departed != NetworkId.NONE) {
                append(slot, entity, 0, 0, 0, departed, null);
            }
            return;
        }
        final long before = fresh ? 0 : masks[slot];
        final long mask = (components & World.STRUCTURE) != 0 || fresh ? table.wireMask(world.componentMask(entity)) : before;
        masks[slot] = mask;
        final int flags = fresh || mask != before ? COMPOSITION : 0;
        if (rowOf[slot] == ImageRows.NONE) {
            append(slot, entity, mask, 0, flags | UNSEEN, departed, place);
            return;
        }
        final long added = mask & ~before;
        final long changed = encode(entity, slot, place, mask & (table.wireMask(components) | added), added, before & ~mask);
        if (changed != 0 || flags != 0 || moved || departed != NetworkId.NONE) {
            append(slot, entity, mask, changed, flags | (moved ? MOVED : 0), departed, place);
        }
    }

    private long encode(final int entity, final int slot, final Position place, final long touched, final long added, final long removed) {
        final int row = rowOf[slot];
        final int was = rows.newest(row);
        // What was marked before somebody watched it is in the image already, and must be filed all the same.
        final boolean loaded = rows.isLoadedAt(row, tick - 1);
        final long positionBit = position < 0 ? 0 : 1L << position;
        long changed = added;
        for (long rest = touched & ~positionBit; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            encodeInto(table.type(wire), entity, table.offset(wire));
            marked++;
            if (loaded || differs(was, wire)) {
                changed |= 1L << wire;
            } else if ((added & 1L << wire) == 0) {
                markedInVain++;
            }
        }
        moved = false;
        final boolean stopped = velocity >= 0
            && ((removed & 1L << velocity) != 0 || (changed & 1L << velocity) != 0 && isAtRest(scratch, table.offset(velocity)));
        if ((touched & positionBit) != 0 || stopped && (masks[slot] & positionBit) != 0) {
            changed |= encodePosition(place, slot, was, changed, (added & positionBit) != 0);
            moved |= loaded;
        }
        if (changed == 0 && !moved) {
            return 0;
        }
        final int now = rows.open(row, tick);
        for (long rest = changed; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            rows.buffer().putBytes(now + table.offset(wire), scratch, table.offset(wire), table.length(wire));
        }
        if (moved) {
            rows.place(now, place.x, place.z);
        }
        return changed;
    }

    /** Encodes the position, or keeps the one that was expected; returns its bit where the image changes. */
    private long encodePosition(final Position place, final int slot, final int was, final long changed, final boolean added) {
        putPosition(table.offset(position), Position.units(place.x), Position.units(place.y), Position.units(place.z));
        marked++;
        moved = added || rows.x(was) != place.x || rows.z(was) != place.z;
        if (!added && velocity >= 0 && (masks[slot] & 1L << velocity) != 0) {
            final boolean turned = (changed & 1L << velocity) != 0;
            stick(was, turned ? scratch : rows.buffer(), table.offset(velocity) + (turned ? 0 : was));
        }
        if (added || differs(was, position)) {
            return 1L << position;
        }
        if (!moved) {
            markedInVain++;
        }
        return 0;
    }

    /** Replaces the encoded position by the one before, or the one that the velocity leads to from there, where that is near enough. */
    private void stick(final int was, final UnsafeBuffer velocities, final int velocityAt) {
        if (isAtRest(velocities, velocityAt)) {
            return;
        }
        final int at = table.offset(position);
        final int fromX = rows.getInt(was + at);
        final int fromY = rows.getInt(was + at + 4);
        final int fromZ = rows.getInt(was + at + 8);
        if (isNear(at, fromX, fromY, fromZ)) {
            putPosition(at, fromX, fromY, fromZ);
            return;
        }
        final int x = fromX + PositionPrediction.step(velocities.getShort(velocityAt, ByteOrder.LITTLE_ENDIAN), 1, tickRateHz);
        final int y = fromY + PositionPrediction.step(velocities.getShort(velocityAt + 2, ByteOrder.LITTLE_ENDIAN), 1, tickRateHz);
        final int z = fromZ + PositionPrediction.step(velocities.getShort(velocityAt + 4, ByteOrder.LITTLE_ENDIAN), 1, tickRateHz);
        if (isNear(at, x, y, z)) {
            putPosition(at, x, y, z);
        }
    }

    private boolean isNear(final int at, final int x, final int y, final int z) {
        return isNear(scratch, at, x, y, z);
    }

    private static boolean isNear(final UnsafeBuffer truth, final int at, final int x, final int y, final int z) {
        return Math.abs((long)truth.getInt(at, ByteOrder.LITTLE_ENDIAN) - x) <= STICKY_UNITS
            && Math.abs((long)truth.getInt(at + 4, ByteOrder.LITTLE_ENDIAN) - y) <= STICKY_UNITS
            && Math.abs((long)truth.getInt(at + 8, ByteOrder.LITTLE_ENDIAN) - z) <= STICKY_UNITS;
    }

    private void putPosition(final int at, final int x, final int y, final int z) {
        scratch.putInt(at, x, ByteOrder.LITTLE_ENDIAN);
        scratch.putInt(at + 4, y, ByteOrder.LITTLE_ENDIAN);
        scratch.putInt(at + 8, z, ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean isAtRest(final UnsafeBuffer velocities, final int at) {
        return velocities.getShort(at) == 0 && velocities.getShort(at + 2) == 0 && velocities.getShort(at + 4) == 0;
    }

    private <T> void encodeInto(final ComponentType<T> type, final int entity, final int at) {
        final ComponentCodec<T> codec = type.codec();
        codec.encode(type.get(entity), scratch, at);
    }

    private boolean differs(final int was, final int wire) {
        final int mine = table.offset(wire);
        final int theirs = was + mine;
        final int length = table.length(wire);
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            if (rows.buffer().getInt(theirs + i) != scratch.getInt(mine + i)) {
                return true;
            }
        }
        for (; i < length; i++) {
            if (rows.buffer().getByte(theirs + i) != scratch.getByte(mine + i)) {
                return true;
            }
        }
        return false;
    }

    private void append(
        final int slot, final int entity, final long mask, final long bits, final int flags, final int departed, final Position place) {
        if (changedCount == changedSlots.length) {
            changedSlots = Arrays.copyOf(changedSlots, changedCount * 2);
            changedIds = Arrays.copyOf(changedIds, changedCount * 2);
            changedMasks = Arrays.copyOf(changedMasks, changedCount * 2);
            changedBits = Arrays.copyOf(changedBits, changedCount * 2);
            changedFlags = Arrays.copyOf(changedFlags, changedCount * 2);
            departedIds = Arrays.copyOf(departedIds, changedCount * 2);
            changedX = Arrays.copyOf(changedX, changedCount * 2);
            changedZ = Arrays.copyOf(changedZ, changedCount * 2);
        }
        if (place != null) {
            changedX[changedCount] = place.x;
            changedZ[changedCount] = place.z;
        }
        changedSlots[changedCount] = slot;
        changedIds[changedCount] = entity;
        changedMasks[changedCount] = mask;
        changedBits[changedCount] = bits;
        changedFlags[changedCount] = (byte)flags;
        departedIds[changedCount++] = departed;
    }

    private void growTo(final int needed) {
        if (needed <= slots) {
            return;
        }
        final int newSlots = BitUtil.findNextPositivePowerOfTwo(Math.max(FIRST_SLOTS, needed));
        ids = Arrays.copyOf(ids, newSlots);
        masks = Arrays.copyOf(masks, newSlots);
        rowOf = Arrays.copyOf(rowOf, newSlots);
        Arrays.fill(rowOf, slots, newSlots, ImageRows.NONE);
        slots = newSlots;
    }

    // ---- who is watched ----

    /** Somebody watches the slot's entity from now on: all of it is encoded, as of this tick. */
    void load(final int slot, final int asOfTick) {
        if (rowOf[slot] != ImageRows.NONE) {
            return;
        }
        final int entity = ids[slot];
        rowOf[slot] = rows.take();
        final int at = rows.open(rowOf[slot], asOfTick);
        for (long rest = masks[slot] & table.wireMask(world.componentMask(entity)); rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            encodeInto(table.type(wire), entity, table.offset(wire));
            rows.buffer().putBytes(at + table.offset(wire), scratch, table.offset(wire), table.length(wire));
        }
        if (position >= 0 && (masks[slot] & 1L << position) != 0) {
            final Position place = (Position)positionType.get(entity);
            rows.place(at, place.x, place.z);
        }
    }

    /** Nobody watches the slot's entity any more. */
    void unload(final int slot) {
        if (rowOf[slot] != ImageRows.NONE) {
            rows.release(rowOf[slot]);
            rowOf[slot] = ImageRows.NONE;
        }
    }

    // ---- what changed in the last encode ----

    int changedCount() {
        return changedCount;
    }

    int changedSlot(final int i) {
        return changedSlots[i];
    }

    /** The entity in the slot, {@link NetworkId#NONE} where it only left. */
    int changedId(final int i) {
        return changedIds[i];
    }

    /** Bits of the components that it has. */
    long changedMask(final int i) {
        return changedMasks[i];
    }

    /** Bits of the components that changed. */
    long changedBits(final int i) {
        return changedBits[i];
    }

    /** {@link #COMPOSITION}, {@link #UNSEEN} and {@link #MOVED}; 0 where the entity only left. */
    int changedFlags(final int i) {
        return changedFlags[i];
    }

    /** Where the entity is, metres, if it has a position. */
    double changedX(final int i) {
        return changedX[i];
    }

    double changedZ(final int i) {
        return changedZ[i];
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

    ImageRows rows() {
        return rows;
    }

    /** Fetches the newest image of a slot and the one before it into the cache; what is returned means nothing. */
    long fetch(final int slot) {
        return slot < slots && rowOf[slot] != ImageRows.NONE ? masks[slot] + rows.fetch(rowOf[slot]) : 0;
    }

    /** Where the newest blocks of a watched slot begin. */
    int newest(final int slot) {
        return rows.newest(rowOf[slot]);
    }

    /** Where the blocks begin that were true of a watched slot at this tick, or {@link ImageRows#NONE}. */
    int at(final int slot, final int asOfTick) {
        return rowOf[slot] == ImageRows.NONE ? ImageRows.NONE : rows.at(rowOf[slot], asOfTick);
    }

    /** Makes a block of the truth what is sent for it: the position is the expected one where that stands for it. */
    void settle(final int slot, final int wire, final UnsafeBuffer block) {
        if (wire != position || slot >= slots || rowOf[slot] == ImageRows.NONE || velocity < 0 || (masks[slot] & 1L << velocity) == 0) {
            return;
        }
        final int at = newest(slot);
        final int from = at + table.offset(position);
        if (!isAtRest(rows.buffer(), at + table.offset(velocity))
            && isNear(block, 0, rows.getInt(from), rows.getInt(from + 4), rows.getInt(from + 8))) {
            block.putBytes(0, rows.buffer(), from, table.length(position));
        }
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
