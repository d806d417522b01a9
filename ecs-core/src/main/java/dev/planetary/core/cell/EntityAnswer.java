package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.world.NetworkId;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes what one cell's stream holds beyond a track.
 *
 * <pre>
 *  flags u8           bit 0: a part of a roll call follows
 *  [roll call part]   ticks since it began varint | from slot varint | to slot varint (0: to the end)
 *                     | count varint | count x (slot - previous slot varint, generation u16)
 *  entry ...          until the end of the answer:
 *    head varint      zigzag(slot - previous slot) shifted left by 2 | kind
 *    generation u16
 *    kind 0, 1        components varint of up to 63 bits by wire index | their blocks in that order
 *                     (0: those that changed; 1: all that the entity has, in full)
 *    kind 2           it left this cell: ticks ago varint
 * </pre>
 */
final class EntityAnswer {
    static final int ROLL_CALL = 1;
    static final int PARTIAL = 0;
    static final int FULL = 1;
    static final int LEAVER = 2;
    static final int KIND_BITS = 2;

    /** Bytes of a record beside its blocks, at most: head, generation, components. */
    static final int RECORD_OVERHEAD = 5 + 2 + 9;

    private static final int ROLL_HEAD = 3 * Varint.MAX_LENGTH + 2;
    private static final int ROLL_ID = 4 + 2;

    private final EntityCells cells;
    private final Mirror mirror;
    private final Tally tally;
    private final boolean baseWaitsForHead;
    private final boolean fullOnEntry;
    private final boolean leaverLogFloor;
    private final boolean slotRanges;
    private int[] roll = new int[64];
    private int previousSlot;

    EntityAnswer(final EntityCells cells, final Mirror mirror, final Repairs repairs, final Tally tally) {
        this.tally = tally;
        this.cells = cells;
        this.mirror = mirror;
        this.baseWaitsForHead = repairs.has(Repair.BASE_WAITS_FOR_HEAD);
        this.fullOnEntry = repairs.has(Repair.FULL_RECORD_ON_ENTRY);
        this.leaverLogFloor = repairs.has(Repair.LEAVER_LOG_FLOOR);
        this.slotRanges = repairs.has(Repair.SLOT_RANGES);
    }

    int write(final EntityCell cell, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (limit - offset < 1 + ROLL_HEAD + ROLL_ID) {
            return 0;
        }
        if (leaverLogFloor && Math.max(track.cursor, track.rollFloor) < cell.leaverFloor) {
            // Somebody left whom the log no longer names: only the list of who is here can tell.
            track.rollNext = 0;
        }
        int at = offset + 1;
        int flags = 0;
        if (track.rollNext != CellTrack.ROLL_DONE) {
            at = writeRollCall(cell, track, tick, buffer, at, limit);
            flags = ROLL_CALL;
            track.rolled = true;
        }
        at = writeEntries(cell, track, tick, buffer, at, limit);
        if (!baseWaitsForHead) {
            track.base = track.cursor;
        }
        if (at == offset + 1) {
            return 0;
        }
        buffer.putByte(offset, (byte)flags);
        return at - offset;
    }

    private int writeRollCall(
        final EntityCell cell, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
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
            if (slot >= track.rollNext) {
                roll[count++] = slot;
            }
        }
        Arrays.sort(roll, 0, count);
        final int fits = Math.max(1, (limit - offset - ROLL_HEAD) / ROLL_ID);
        final boolean whole = count <= fits;
        final int listed = Math.min(count, fits);
        final int to = whole || !slotRanges ? 0 : roll[listed];
        int at = Varint.write(buffer, offset, tick - track.rollTick);
        at = Varint.write(buffer, at, track.rollNext);
        at = Varint.write(buffer, at, to);
        at = Varint.write(buffer, at, listed);
        int previous = track.rollNext;
        for (int i = 0; i < listed; i++) {
            at = Varint.write(buffer, at, roll[i] - previous);
            at = putGeneration(buffer, at, NetworkId.generation(mirror.id(roll[i])));
            previous = roll[i];
        }
        track.rollNext = to == 0 ? CellTrack.ROLL_DONE : to;
        return at;
    }

    private int writeEntries(
        final EntityCell cell, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        int member = firstMemberAfter(cell, track.cursor);
        int leaver = cell.firstLeaverAfter(track.cursor);
        int at = offset;
        previousSlot = 0;
        while (true) {
            final long memberStamp = member == EntityCell.NOBODY ? Long.MAX_VALUE : cells.stampOf(member);
            final long leaverStamp = leaver == cell.leaverCount() ? Long.MAX_VALUE : cell.leaverStamp(leaver);
            if (memberStamp == Long.MAX_VALUE && leaverStamp == Long.MAX_VALUE) {
                track.cursor = cell.head;
                track.base = cell.head;
                return at;
            }
            final int behind;
            if (memberStamp < leaverStamp) {
                behind = writeMember(member, track.base, buffer, at, limit);
                member = cells.newer(member);
            } else {
                behind = leaverStamp <= track.rollFloor
                    ? at
                    : writeLeaver(cell.leaverId(leaver), tick - cell.leaverTick(leaver), buffer, at, limit);
                leaver++;
            }
            if (behind < 0) {
                return at;
            }
            at = behind;
            track.cursor = Math.min(memberStamp, leaverStamp);
        }
    }

    private int firstMemberAfter(final EntityCell cell, final long cursor) {
        int first = EntityCell.NOBODY;
        for (int slot = cell.newestMember; slot != EntityCell.NOBODY && cells.stampOf(slot) > cursor; slot = cells.older(slot)) {
            first = slot;
        }
        return first;
    }

    /** The member's record for one who is complete up to {@code base}; returns the offset behind it, or -1 where it does not fit. */
    private int writeMember(final int slot, final long base, final MutableDirectBuffer buffer, final int offset, final int limit) {
        final boolean full = cells.isFullSince(slot, base, fullOnEntry);
        final long bits = full ? mirror.mask(slot) : cells.changedSince(slot, base);
        if (bits == 0 && !full) {
            return offset;
        }
        return writeRecord(slot, full, bits, buffer, offset, limit);
    }

    private int writeRecord(
        final int slot, final boolean full, final long bits, final MutableDirectBuffer buffer, final int offset, final int limit) {
        final ComponentTable table = mirror.table();
        int room = RECORD_OVERHEAD;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            room += table.length(Long.numberOfTrailingZeros(rest));
        }
        if (offset + room > limit) {
            return -1;
        }
        int at = writeHead(mirror.id(slot), full ? FULL : PARTIAL, buffer, offset);
        at = Varint.writeLong(buffer, at, bits);
        final UnsafeBuffer images = mirror.images();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            final int length = table.length(wire);
            buffer.putBytes(at, images, mirror.imageOffset(slot, wire), length);
            at += length;
            tally.wrote(wire, length);
        }
        return at;
    }

    private int writeLeaver(final int id, final int ticksAgo, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (offset + RECORD_OVERHEAD > limit) {
            return -1;
        }
        return Varint.write(buffer, writeHead(id, LEAVER, buffer, offset), ticksAgo);
    }

    private int writeHead(final int id, final int kind, final MutableDirectBuffer buffer, final int offset) {
        final int slot = NetworkId.slot(id);
        final int delta = slot - previousSlot;
        previousSlot = slot;
        final int at = Varint.write(buffer, offset, (delta << 1 ^ delta >> 31) << KIND_BITS | kind);
        return putGeneration(buffer, at, NetworkId.generation(id));
    }

    private static int putGeneration(final MutableDirectBuffer buffer, final int offset, final int generation) {
        buffer.putShort(offset, (short)generation, java.nio.ByteOrder.LITTLE_ENDIAN);
        return offset + 2;
    }

    // ---- single slots, for the effects of transactions ----

    /** An answer that holds only what the last tick changed in this slot; returns the offset behind it, or -1 where it does not fit. */
    int writeChange(final int slot, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (offset >= limit) {
            return -1;
        }
        previousSlot = 0;
        buffer.putByte(offset, (byte)0);
        final boolean full = cells.isFullSince(slot, cells.tickStart(), true);
        return writeRecord(slot, full, full ? mirror.mask(slot) : cells.changedSince(slot, cells.tickStart()), buffer, offset + 1, limit);
    }

    /** An answer that says only that {@code id} left in this tick; returns the offset behind it, or -1 where it does not fit. */
    int writeDeparture(final int id, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (offset >= limit) {
            return -1;
        }
        previousSlot = 0;
        buffer.putByte(offset, (byte)0);
        return writeLeaver(id, 0, buffer, offset + 1, limit);
    }
}
