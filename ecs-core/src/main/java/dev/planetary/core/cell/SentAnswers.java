package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * What each answer in flight was when it was written: where its track stood before, and what it reached. A lost datagram sets the tracks of its answers
 * back to there, an acknowledged one may become what they lean on, if they still belong to the same stay of the cell. A ring that grows up to its
 * capacity; entries are numbered from 0 and never reused while in flight. The entries of one track are linked in the order of sending.
 */
public final class SentAnswers {
    private static final int FIRST_CAPACITY = 128;

    // An entry is a row of eight words, so that it takes one cache line.
    private static final int WORDS_SHIFT = 3;
    private static final int BASE = 0;
    private static final int CURSOR = 1;
    private static final int REACHED = 2;
    /** Tick at which the base was reached, and the tick of the answer. */
    private static final int TICKS = 3;
    /** Part and its version. */
    private static final int PART = 4;
    /** Stay, and the track's next entry. */
    private static final int STAY_AND_NEXT = 5;
    private static final int FLAGS = 6;

    private static final int ACKED = 1;
    private static final int LOST = 2;
    private static final int HELD = 4;
    private static final int WHOLE = 8;
    private static final int ROLL = 16;

    private final boolean rollback;
    private final boolean residency;
    private final boolean leanOnSettled;
    private final boolean toldBehindLoss;
    private final int capacity;
    private final Tally tally;
    private int mask;
    private CellTrack[] tracks;
    private long[] rows;
    private int next;
    private int oldest;

    /** Keeps the compiler from leaving out what only fetches memory. */
    private long fetched;

    /** Room for {@code capacity} answers in flight, rounded up to a power of two. */
    public SentAnswers(final int capacity, final Repairs repairs, final Tally tally) {
        this.tally = tally;
        this.capacity = BitUtil.findNextPositivePowerOfTwo(capacity);
        this.rollback = repairs.has(Repair.ROLLBACK);
        this.residency = repairs.has(Repair.RESIDENCY);
        this.leanOnSettled = repairs.has(Repair.LEAN_ON_SETTLED);
        this.toldBehindLoss = repairs.has(Repair.TOLD_BEHIND_LOSS);
        final int size = Math.min(FIRST_CAPACITY, this.capacity);
        mask = size - 1;
        tracks = new CellTrack[size];
        rows = new long[size << WORDS_SHIFT];
    }

    private void grow() {
        final CellTrack[] oldTracks = tracks;
        final long[] oldRows = rows;
        final int oldMask = mask;
        tracks = new CellTrack[oldTracks.length * 2];
        rows = new long[oldRows.length * 2];
        mask = tracks.length - 1;
        for (int entry = oldest; entry != next; entry++) {
            tracks[entry & mask] = oldTracks[entry & oldMask];
            System.arraycopy(oldRows, (entry & oldMask) << WORDS_SHIFT, rows, row(entry), 1 << WORDS_SHIFT);
        }
    }

    private int row(final int entry) {
        return (entry & mask) << WORDS_SHIFT;
    }

    private static long pair(final int high, final int low) {
        return (long)high << 32 | low & 0xFFFF_FFFFL;
    }

    private int high(final int row, final int word) {
        return (int)(rows[row + word] >>> 32);
    }

    private int low(final int row, final int word) {
        return (int)rows[row + word];
    }

    // ---- writing ----

    /** Fetches where the next so many entries will be noted, in a loop of nothing else: see {@link EntityCells#fetch}. */
    void fetch(final int count) {
        long sum = 0;
        for (int entry = next; entry != next + count; entry++) {
            sum += rows[row(entry)];
        }
        fetched = sum;
    }

    /** Notes where a track stands; call before its source answers. Returns the entry. */
    int begin(final CellTrack track) {
        if (next - oldest > mask && mask + 1 < capacity) {
            grow();
        }
        tracks[next & mask] = track;
        final int row = row(next);
        rows[row + BASE] = track.base;
        rows[row + CURSOR] = track.cursor;
        rows[row + TICKS] = pair(track.baseTick, 0);
        rows[row + PART] = pair(track.part, track.partVersion);
        rows[row + STAY_AND_NEXT] = pair(track.residency, 0);
        rows[row + FLAGS] = 0;
        track.rolled = false;
        return next++;
    }

    /** The source has answered in this tick; {@code whole} says that the answer reached the head of the cell. */
    void end(final int entry, final CellTrack track, final int tick, final boolean whole) {
        final int row = row(entry);
        rows[row + REACHED] = track.cursor;
        rows[row + TICKS] |= tick & 0xFFFF_FFFFL;
        rows[row + FLAGS] = (whole ? WHOLE : 0) | (track.rolled ? ROLL : 0);
        if (track.sentCount++ == 0) {
            track.oldestSent = entry;
        } else {
            rows[row(track.newestSent) + STAY_AND_NEXT] |= entry & 0xFFFF_FFFFL;
        }
        track.newestSent = entry;
    }

    /** Takes back the newest entry, which was begun and not ended. */
    void cancel(final int entry) {
        next = entry;
    }

    /** Forgets all entries, for a new session. */
    public void reset() {
        Arrays.fill(tracks, null);
        next = 0;
        oldest = 0;
    }

    /** Number of the next entry; a datagram's are those from before to after it was filled. */
    public int next() {
        return next;
    }

    /** How many answers can be in flight. */
    public int capacity() {
        return capacity;
    }

    /** Entries below this one have had their outcome. */
    public void floor(final int entry) {
        oldest = entry;
    }

    // ---- outcomes ----

    /** The datagram with the entries {@code from} (inclusive) to {@code to} (exclusive) arrived. */
    public void onAcked(final int from, final int to) {
        fetchTracks(from, to);
        for (int entry = from; entry != to; entry++) {
            final int row = row(entry);
            rows[row + FLAGS] |= ACKED;
            final CellTrack track = tracks[entry & mask];
            if (isOver(track, row)) {
                continue;
            }
            track.stayHeard = true;
            if (!leanOnSettled && (rows[row + FLAGS] & WHOLE) != 0) {
                lean(track, row);
            }
            settle(track);
        }
    }

    /**
     * The datagram with the entries {@code from} (inclusive) to {@code to} (exclusive) arrived and waits to be applied: it will be, before any that is
     * sent from now on, if its cells are still in the window by then. Until that is certain nothing leans on it.
     */
    public void onHeld(final int from, final int to) {
        for (int entry = from; entry != to; entry++) {
            final int row = row(entry);
            rows[row + FLAGS] |= HELD;
            if (!isOver(tracks[entry & mask], row)) {
                settle(tracks[entry & mask]);
            }
        }
    }

    /** The datagram with the entries {@code from} (inclusive) to {@code to} (exclusive) is lost. */
    public void onLost(final int from, final int to) {
        for (int entry = from; entry != to; entry++) {
            final int row = row(entry);
            rows[row + FLAGS] |= LOST;
            final CellTrack track = tracks[entry & mask];
            if (residency ? isOver(track, row) : track.residency == 0) {
                continue;
            }
            // Whatever is under way was written for one who has this, too.
            track.unfit = track.sentCount;
            setBack(track, row);
            if (!isOver(track, row)) {
                settle(track);
            }
        }
    }

    /** Fetches the tracks of these entries, in a loop of nothing else: see {@link EntityCells#fetch}. */
    private void fetchTracks(final int from, final int to) {
        long sum = 0;
        for (int entry = from; entry != to; entry++) {
            sum += tracks[entry & mask].fetch() + rows[row(entry)];
        }
        fetched = sum;
    }

    private boolean isOver(final CellTrack track, final int row) {
        return track.residency != high(row, STAY_AND_NEXT) || track.residency == 0;
    }

    /** Passes over the track's answers whose outcome is known, oldest first; the newest whole and acknowledged one is what it leans on from now on. */
    private void settle(final CellTrack track) {
        while (track.sentCount > 0) {
            final int row = row(track.oldestSent);
            final long flags = rows[row + FLAGS];
            if ((flags & (ACKED | HELD | LOST)) == 0) {
                return;
            }
            if (track.unfit > 0) {
                track.unfit--;
            } else if ((flags & (ACKED | WHOLE)) == (ACKED | WHOLE)) {
                lean(track, row);
            }
            track.sentCount--;
            track.oldestSent = low(row, STAY_AND_NEXT);
        }
    }

    private void lean(final CellTrack track, final int row) {
        track.leans = true;
        track.leanTick = low(row, TICKS);
        track.leanStamp = rows[row + REACHED];
    }

    private void setBack(final CellTrack track, final int row) {
        if (!rollback) {
            return;
        }
        tally.rolledBack();
        // What was told behind the lost answer may have arrived.
        track.told |= toldBehindLoss && track.exact;
        if ((rows[row + FLAGS] & ROLL) != 0) {
            // A list with a hole cannot tell who is gone: it starts again.
            track.rollNext = 0;
        }
        final long base = rows[row + BASE];
        final long cursor = rows[row + CURSOR];
        if (base < track.base || base == track.base && Tick.isNewer(track.baseTick, high(row, TICKS))) {
            // A circle can move while nothing else changes: then the tick tells which of two equal bases is the earlier.
            track.baseTick = high(row, TICKS);
        }
        if (base < track.base || base == track.base && cursor < track.cursor) {
            track.base = base;
            track.cursor = cursor;
            track.part = high(row, PART);
            track.partVersion = low(row, PART);
        } else if (base == track.base && cursor == track.cursor) {
            setPartBack(row, track);
        }
        track.window.setBack(track);
    }

    private void setPartBack(final int row, final CellTrack track) {
        if (low(row, PART) != track.partVersion) {
            // The item has changed, or it begins here: which of the two parts is the earlier cannot be told, so it is served from its beginning.
            track.part = 0;
            track.partVersion = 0;
        } else {
            track.part = Math.min(track.part, high(row, PART));
        }
    }
}
