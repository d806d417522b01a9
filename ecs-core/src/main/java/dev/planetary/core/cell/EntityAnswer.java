package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.world.NetworkId;
import java.util.Arrays;

/**
 * Decides what one cell's stream holds for one track: who comes in full, who in part, who left, and which tick all that can lean on. {@code
 * docs/WIRE.md} draws the bits; {@link RecordWriter} writes the records. Host loop only.
 *
 * <p>A consumer with an exact circle is told of a cell on its border by geometry: where the entity and the anchor were when the track reached its base,
 * and where they are now.
 *
 * <p>A stream in stamp order that is cut never comes to those who change again while it waits: they go behind the others each time. So what does not fit
 * is a <em>sweep</em>: it goes through the members by their slots, and when it is through, the track is complete up to where the head was when it began.
 * {@link CellTrack#part} is how far it has come, counted from the slot where the sweep before it ended, {@link CellTrack#partVersion} its number.
 * Leavers come with the beginning of a sweep.
 */
final class EntityAnswer {
    /** Of a roll call, for its head and the end of the answer. */
    private static final int ROLL_HEAD_BITS = 160;
    private static final int ROLL_ENTRY_BITS = 64;

    /** Bits of a record beside its values: names, ids, sets, at most. */
    private static final int RECORD_OVERHEAD_BITS = 256;

    /** Bits that a record takes at least, about: where even so many do not fit, a sweep begins without trying. */
    private static final int LEAST_RECORD_BITS = 20;

    /** Slots are counted round, from where a sweep begins. */
    private static final int ROUND = NetworkId.MAX_SLOTS - 1;

    private final EntityCells cells;
    private final Mirror mirror;
    private final Tally tally;
    private final RecordWriter records;
    private final boolean baseWaitsForHead;
    private final boolean fullOnEntry;
    private final boolean leaverLogFloor;
    private final boolean slotRanges;
    private final boolean leanSinceEntry;
    private final AnswerCache cache = new AnswerCache();
    private int[] roll = new int[64];

    // What the answer that is being written is about.
    private EntityCell cell;
    private CellTrack track;
    private Circle circle;
    private int tick;
    private boolean leans;
    private int leanTick;
    private boolean border;
    private int circleNow;
    private int circleThen;
    private int circleLean;
    private boolean inSeries;
    /** Something in it leans on what this consumer alone is known to have. */
    private boolean personal;
    private int nameBits;

    // The members that it must look at.
    private int oldest;
    private int members;
    private int longestName;

    EntityAnswer(final EntityCells cells, final Mirror mirror, final int tickRateHz, final Repairs repairs, final Tally tally) {
        this.tally = tally;
        this.cells = cells;
        this.mirror = mirror;
        this.records = new RecordWriter(cells, mirror, tickRateHz, tally);
        this.baseWaitsForHead = repairs.has(Repair.BASE_WAITS_FOR_HEAD);
        this.fullOnEntry = repairs.has(Repair.FULL_RECORD_ON_ENTRY);
        this.leaverLogFloor = repairs.has(Repair.LEAVER_LOG_FLOOR);
        this.slotRanges = repairs.has(Repair.SLOT_RANGES);
        this.leanSinceEntry = repairs.has(Repair.LEAN_SINCE_ENTRY);
    }

    /** Bits of a record at most, for these components. */
    static int longestRecordBits(final ComponentTable table) {
        return RECORD_OVERHEAD_BITS + 10 * table.size() + 8 * table.rowLength();
    }

    // ---- before it is written ----

    /** Looks at what the track needs and what it can lean on. */
    void prepare(final int handle, final CellTrack newTrack, final int newTick) {
        cell = cells.cell(handle);
        track = newTrack;
        tick = newTick;
        if (leaverLogFloor && Math.max(track.cursor, track.rollFloor) < cell.leaverFloor) {
            // Somebody left whom the log no longer names: only the list of who is here can tell.
            track.rollNext = 0;
        }
        circle = track.window.circle();
        if (circle != null && CellKey.kind(track.cell) == CellKey.SPATIAL) {
            prepareBorder();
        } else {
            border = false;
        }
        if (track.base == Stamp.NEVER && track.cursor == Stamp.NEVER) {
            track.baseTick = tick;
        }
        prepareLean();
        inSeries = track.cursor != track.base;
    }

    private void prepareBorder() {
        circleNow = circle.now();
        if (track.base != Stamp.NEVER && circle.at(track.baseTick) == Circle.UNKNOWN
            || track.recheck && (track.cursor != track.base || track.partVersion != 0)) {
            // Too long ago to tell, or the circle moved over a stream half served: the one safe way.
            track.forget();
        }
        circleThen = track.base == Stamp.NEVER ? circleNow : circle.at(track.baseTick);
        border = !circle.holdsWhole(circleNow, cells.cellGrid(), track.cell)
            || circleThen != circleNow && !circle.holdsWhole(circleThen, cells.cellGrid(), track.cell);
    }

    private void prepareLean() {
        leans = track.leans;
        if (!leans) {
            return;
        }
        if (cell.headBefore(tick) <= track.leanStamp) {
            leanTick = tick - 1;
        } else if (cell.headBefore <= track.leanStamp) {
            // Only the newest tick that changed something is not in it: until then the consumer had all.
            leanTick = cell.changedTick - 1;
        } else {
            leanTick = track.leanTick;
        }
        // A consumer keeps as many values as there are images. Seven ticks back, and this one's, which it may have from an effect or an earlier answer.
        leans = tick - leanTick < ImageRows.DEPTH;
        if (leans && circle != null && CellKey.kind(track.cell) == CellKey.SPATIAL) {
            circleLean = circle.at(track.leanTick);
            leans = circleLean != Circle.UNKNOWN;
            border |= leans && circleLean != circleNow && !circle.holdsWhole(circleLean, cells.cellGrid(), track.cell);
        }
    }

    /** Whether the answer is of the usual kind: it leans on the tick before and holds no part of a roll call. */
    boolean isPlain() {
        return leans && leanTick == tick - 1 && track.rollNext == CellTrack.ROLL_DONE;
    }

    // ---- writing ----

    /** Writes what was prepared, as much as fits, and moves the track past it. Returns whether there was anything to say; else nothing was written. */
    boolean write(final BitWriter out, final boolean plain) {
        // Whoever stands at the same place of the stream, sees all of the cell and leans on the same is told the same.
        // A list that one has had since its base speaks for leavers of whom the others must be told.
        final boolean shareable = plain && !border && !inSeries && track.partVersion == 0 && track.rollFloor <= track.base && cell.watchers > 1;
        final int kept = shareable ? cache.find(cell, tick, track.base, track.leanStamp) : AnswerCache.UNKNOWN;
        if (kept >= 0 && cell.askedBits <= out.remaining()) {
            out.writeBits(cache.bytes(), kept, cell.askedBits);
            reachHead();
            tally.copied();
            return true;
        }
        final int begin = out.position();
        final boolean any = writeAnew(out, plain);
        if (shareable && any && !personal && track.base == cell.head) {
            cache.keep(cell, out.buffer(), begin, out.position() - begin);
        }
        return any;
    }

    private boolean writeAnew(final BitWriter out, final boolean plain) {
        personal = false;
        final int begin = out.position();
        boolean any = false;
        if (!plain) {
            out.writeBit(leans);
            if (leans) {
                out.writeGolomb(tick - 1 - leanTick, 0);
            }
            any = track.rollNext != CellTrack.ROLL_DONE;
            out.writeBit(any);
            if (any) {
                if (out.remaining() < ROLL_HEAD_BITS + ROLL_ENTRY_BITS) {
                    out.position(begin);
                    return false;
                }
                writeRollCall(out);
                track.rolled = true;
            }
        }
        findMembers();
        nameBits = 0;
        if (leans) {
            nameBits = 32 - Integer.numberOfLeadingZeros(longestName());
            out.writeUnary(nameBits);
        }
        records.begin(out, cell.key, leans, nameBits);
        any |= writeStreamOrSweep(out);
        if (!baseWaitsForHead) {
            track.base = track.cursor;
            track.baseTick = tick;
        }
        if (!any) {
            out.position(begin);
            return false;
        }
        records.end();
        return true;
    }

    /** Finds the members that the answer must look at: the oldest of them, how many, and the longest of their names. */
    private void findMembers() {
        final boolean all = border && track.recheck && track.base != Stamp.NEVER;
        oldest = EntityCell.NOBODY;
        members = 0;
        longestName = 0;
        for (int slot = cell.newestMember; slot != EntityCell.NOBODY && (all || cells.stampOf(slot) > track.cursor); slot = cells.older(slot)) {
            oldest = slot;
            members++;
            final int name = cells.nameOf(slot);
            longestName = name == EntityCell.NO_NAME ? longestName : Math.max(longestName, name);
        }
    }

    /** The longest name of a member or leaver that the answer may tell of. */
    private int longestName() {
        int longest = longestName;
        for (int leaver = cell.firstLeaverAfter(track.cursor); leaver < cell.leaverCount(); leaver++) {
            final int name = cell.leaverName(leaver);
            longest = name == EntityCell.NO_NAME ? longest : Math.max(longest, name);
        }
        return longest;
    }

    /** What fits goes in the order of stamps; what does not is a sweep. */
    private boolean writeStreamOrSweep(final BitWriter out) {
        if (border || !baseWaitsForHead) {
            return writeEntries(out);
        }
        if (track.partVersion != 0 && track.partVersion == track.sweep) {
            return writeSweep(out);
        }
        // What was set back to a sweep that is over begins anew.
        track.part = 0;
        track.partVersion = 0;
        final int begin = out.position();
        final long cursor = track.cursor;
        if (isCertainToFitNot(out.remaining()) && beginSweep(out)) {
            return true;
        }
        final boolean any = writeEntries(out);
        if (track.base == cell.head || !any) {
            return any;
        }
        takeBack(out, begin);
        track.cursor = cursor;
        if (beginSweep(out)) {
            return true;
        }
        return writeEntries(out);
    }

    /** Forgets the records written from here on, and what those behind them would have referred to. */
    private void takeBack(final BitWriter out, final int begin) {
        out.position(begin);
        records.begin(out, cell.key, leans, nameBits);
    }

    private boolean isCertainToFitNot(final int room) {
        return room < 0 || members > room / LEAST_RECORD_BITS;
    }

    /** Begins a sweep with all leavers; where these do not fit with a member, it does not begin, and nothing is written. */
    private boolean beginSweep(final BitWriter out) {
        final int begin = out.position();
        for (int leaver = cell.firstLeaverAfter(track.cursor); leaver < cell.leaverCount() && out.remaining() > 0; leaver++) {
            writeLeaver(leaver);
        }
        track.part = 0;
        track.partVersion = ++track.sweep;
        track.sweepTo = cell.head;
        track.sweepTick = tick;
        track.sweepStart = track.sweepAt;
        track.told = true;
        if (out.remaining() < 1 || !writeSweep(out)) {
            takeBack(out, begin);
            track.part = 0;
            track.partVersion = 0;
            return false;
        }
        return true;
    }

    private boolean writeSweep(final BitWriter out) {
        final int begin = out.position();
        if (roll.length < cell.members) {
            roll = new int[cell.members * 2];
        }
        int count = 0;
        for (int slot = cell.newestMember; slot != EntityCell.NOBODY && cells.stampOf(slot) > track.cursor; slot = cells.older(slot)) {
            final int place = slot - track.sweepStart & ROUND;
            if (place >= track.part) {
                roll[count++] = place;
            }
        }
        Arrays.sort(roll, 0, count);
        for (int i = 0; i < count; i++) {
            final int before = out.position();
            final int slot = roll[i] + track.sweepStart & ROUND;
            writeMember(slot);
            if (out.remaining() < 1) {
                out.position(before);
                return before != begin;
            }
            track.part = roll[i] + 1;
            track.sweepAt = slot + 1;
        }
        track.base = track.sweepTo;
        track.cursor = track.sweepTo;
        track.baseTick = track.sweepTick;
        track.part = 0;
        track.partVersion = 0;
        track.recheck = false;
        return out.position() != begin;
    }

    private boolean writeEntries(final BitWriter out) {
        final int begin = out.position();
        int member = oldest;
        int leaver = cell.firstLeaverAfter(track.cursor);
        while (true) {
            final long memberStamp = member == EntityCell.NOBODY ? Long.MAX_VALUE : cells.stampOf(member);
            final long leaverStamp = leaver == cell.leaverCount() ? Long.MAX_VALUE : cell.leaverStamp(leaver);
            if (memberStamp == Long.MAX_VALUE && leaverStamp == Long.MAX_VALUE) {
                reachHead();
                return out.position() != begin;
            }
            final int before = out.position();
            if (memberStamp < leaverStamp) {
                writeMember(member);
                member = cells.newer(member);
            } else {
                writeLeaver(leaver);
                leaver++;
            }
            if (out.remaining() < 1) {
                out.position(before);
                if (track.recheck && border && track.base != Stamp.NEVER) {
                    // A look at all members that is cut cannot go on from a stamp: all begins anew, with the list.
                    track.forget();
                }
                return before != begin;
            }
            track.cursor = Math.max(track.cursor, Math.min(memberStamp, leaverStamp));
        }
    }

    private void reachHead() {
        track.cursor = cell.head;
        track.base = cell.head;
        track.baseTick = tick;
        track.recheck = false;
        // A sweep that was under way is overtaken.
        track.part = 0;
        track.partVersion = 0;
    }

    private void writeMember(final int slot) {
        final long base = track.base;
        boolean known = cells.enteredAt(slot) <= base || !fullOnEntry;
        final boolean full = cells.composedAt(slot) > base;
        if (border) {
            final int now = mirror.newest(slot);
            // Within a series, an earlier part may have told it to go.
            final boolean wasHere = known && base != Stamp.NEVER && !inSeries;
            final int then = wasHere ? mirror.at(slot, track.baseTick) : ImageRows.NONE;
            known = wasHere && (then == ImageRows.NONE || isInside(circleThen, then));
            if (!isInside(circleNow, now)) {
                // An effect, a sweep, or an answer after one that was lost may have told of one who came after what is the base.
                final boolean mayBeTold = track.told && cells.enteredAt(slot) > base;
                if (known || inSeries || mayBeTold) {
                    writeDeparted(slot);
                }
                return;
            }
            // Where it was then is too long ago to tell: told in full it is right in any case.
            known &= then != ImageRows.NONE;
        }
        if (!known || full) {
            writeFull(slot);
            return;
        }
        final long bits = cells.changedSince(slot, base);
        if (bits == 0) {
            return;
        }
        final int leanAt = leanOf(slot);
        if (leanAt != ImageRows.NONE) {
            records.partialShort(slot, bits, leanAt);
        } else {
            records.partialLong(slot, bits);
        }
    }

    private boolean isInside(final int which, final int version) {
        return circle.holds(which, mirror.rows().x(version), mirror.rows().z(version));
    }

    /** Blocks that the consumer has of the slot at the tick to lean on, or {@link ImageRows#NONE} where that is not certain. */
    private int leanOf(final int slot) {
        if (!leans || cells.nameOf(slot) == EntityCell.NO_NAME
            || leanSinceEntry && (cells.enteredAt(slot) > track.leanStamp || cells.composedAt(slot) > track.leanStamp)) {
            return ImageRows.NONE;
        }
        if (border) {
            final int then = mirror.at(slot, track.leanTick);
            if (then == ImageRows.NONE || !isInside(circleLean, then)) {
                return ImageRows.NONE;
            }
        }
        return mirror.at(slot, leanTick);
    }

    /** A member that is out of the circle: it has left as far as this consumer goes. */
    private void writeDeparted(final int slot) {
        if (leanOf(slot) != ImageRows.NONE) {
            records.leaverShort(cells.nameOf(slot), 0);
        } else {
            records.leaverLong(mirror.id(slot), 0);
        }
    }

    private void writeFull(final int slot) {
        final int leanAt = leanOfFormer(slot);
        if (leanAt != ImageRows.NONE) {
            personal = true;
            records.fullLeaning(slot, leanAt);
        } else {
            records.full(slot);
        }
    }

    /** Blocks of an entity that has come from another cell of the window, where the consumer has certainly had it at the tick to lean on. */
    private int leanOfFormer(final int slot) {
        final long formerKey = cells.formerKey(slot);
        if (!leans || formerKey == CellKey.NONE || tick - cells.enteredTick(slot) >= ImageRows.DEPTH || cells.enteredTick(slot) - leanTick <= 0) {
            return ImageRows.NONE;
        }
        final CellTrack former = track.window.track(EntityCells.SOURCE_ID, formerKey);
        if (former == null || !former.leans || former.leanTick - leanTick > 0 || former.leanTick != leanTick && !isQuietSince(former)
            || cells.formerEnteredTick(slot) - former.leanTick > 0 || cells.composedAt(slot) > former.leanStamp) {
            return ImageRows.NONE;
        }
        final int at = mirror.at(slot, leanTick);
        if (at != ImageRows.NONE && circle != null) {
            final int then = circle.at(former.leanTick);
            final int version = mirror.at(slot, former.leanTick);
            if (then == Circle.UNKNOWN || version == ImageRows.NONE || !isInside(then, version)) {
                return ImageRows.NONE;
            }
        }
        return at;
    }

    /** Whether nothing has changed in the cell between what the track leans on and this tick. */
    private boolean isQuietSince(final CellTrack other) {
        return cells.cell(other.handle).headBefore(tick) <= other.leanStamp;
    }

    private void writeLeaver(final int leaver) {
        if (cell.leaverStamp(leaver) <= track.rollFloor) {
            return;
        }
        final int ago = tick - cell.leaverTick(leaver);
        final boolean isShort = leans && !border && cell.leaverName(leaver) != EntityCell.NO_NAME
            && (!leanSinceEntry || cell.leaverEntered(leaver) <= track.leanStamp) && cell.leaverStamp(leaver) > track.leanStamp && ago < EntityCell.NAME_RESTS;
        if (isShort) {
            records.leaverShort(cell.leaverName(leaver), ago);
        } else {
            records.leaverLong(cell.leaverId(leaver), ago);
        }
    }

    // ---- roll calls ----

    private void writeRollCall(final BitWriter out) {
        if (track.rollNext == 0) {
            track.rollTick = tick;
            track.rollFloor = cell.head;
            tally.calledRoll();
        }
        int count = 0;
        if (roll.length < cell.members) {
            roll = new int[cell.members * 2];
        }
        for (int slot = cell.newestMember; slot != EntityCell.NOBODY; slot = cells.older(slot)) {
            if (slot >= track.rollNext && (!border || isInside(circleNow, mirror.newest(slot)))) {
                roll[count++] = slot;
            }
        }
        Arrays.sort(roll, 0, count);
        final int fits = Math.max(1, (out.remaining() - ROLL_HEAD_BITS) / ROLL_ENTRY_BITS);
        final int listed = Math.min(count, fits);
        final int to = count <= fits || !slotRanges ? 0 : roll[listed];
        out.writeGolomb(tick - track.rollTick, 0);
        EntityBits.writeSlot(out, track.rollNext);
        EntityBits.writeSlot(out, to);
        out.writeGolomb(listed, EntityBits.COUNT_ORDER);
        int previous = track.rollNext;
        for (int i = 0; i < listed; i++) {
            EntityBits.writeSlot(out, roll[i] - previous);
            EntityBits.writeGeneration(out, NetworkId.generation(mirror.id(roll[i])));
            previous = roll[i];
        }
        track.rollNext = to == 0 ? CellTrack.ROLL_DONE : to;
    }
}
