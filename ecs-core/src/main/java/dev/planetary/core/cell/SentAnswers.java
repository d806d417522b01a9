package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * What each answer in flight was when it was written: where its track stood before, and what it reached. A lost datagram sets the tracks of its answers
 * back to there, an acknowledged one may become what they lean on, if they still belong to the same stay of the cell. A ring of plain arrays that grows
 * up to its capacity; entries are numbered from 0 and never reused while in flight. The entries of one track are linked in the order of sending.
 */
public final class SentAnswers {
    private static final int FIRST_CAPACITY = 128;

    private static final byte UNDER_WAY = 0;
    private static final byte ACKED = 1;
    private static final byte LOST = 2;
    private static final byte HELD = 3;

    private final boolean rollback;
    private final boolean residency;
    private final boolean leanOnSettled;
    private final boolean toldBehindLoss;
    private final int capacity;
    private final Tally tally;
    private int mask;
    private CellTrack[] tracks;
    private int[] stays;
    private long[] bases;
    private long[] cursors;
    private int[] baseTicks;
    private int[] parts;
    private int[] partVersions;
    private boolean[] rolls;
    private boolean[] complete;
    private int[] ticks;
    private long[] reached;
    private int[] nextOfTrack;
    private byte[] states;
    private int next;
    private int oldest;

    /** Room for {@code capacity} answers in flight, rounded up to a power of two. */
    public SentAnswers(final int capacity, final Repairs repairs, final Tally tally) {
        this.tally = tally;
        this.capacity = BitUtil.findNextPositivePowerOfTwo(capacity);
        this.rollback = repairs.has(Repair.ROLLBACK);
        this.residency = repairs.has(Repair.RESIDENCY);
        this.leanOnSettled = repairs.has(Repair.LEAN_ON_SETTLED);
        this.toldBehindLoss = repairs.has(Repair.TOLD_BEHIND_LOSS);
        allocate(Math.min(FIRST_CAPACITY, this.capacity));
    }

    private void allocate(final int size) {
        mask = size - 1;
        tracks = new CellTrack[size];
        stays = new int[size];
        bases = new long[size];
        cursors = new long[size];
        baseTicks = new int[size];
        parts = new int[size];
        partVersions = new int[size];
        rolls = new boolean[size];
        complete = new boolean[size];
        ticks = new int[size];
        reached = new long[size];
        nextOfTrack = new int[size];
        states = new byte[size];
    }

    private void grow() {
        final SentAnswers old = new SentAnswers(this);
        allocate((mask + 1) * 2);
        for (int entry = oldest; entry != next; entry++) {
            final int from = entry & old.mask;
            final int to = entry & mask;
            tracks[to] = old.tracks[from];
            stays[to] = old.stays[from];
            bases[to] = old.bases[from];
            cursors[to] = old.cursors[from];
            baseTicks[to] = old.baseTicks[from];
            parts[to] = old.parts[from];
            partVersions[to] = old.partVersions[from];
            rolls[to] = old.rolls[from];
            complete[to] = old.complete[from];
            ticks[to] = old.ticks[from];
            reached[to] = old.reached[from];
            nextOfTrack[to] = old.nextOfTrack[from];
            states[to] = old.states[from];
        }
    }

    /** The arrays of another, to copy them from. */
    private SentAnswers(final SentAnswers other) {
        tally = other.tally;
        capacity = other.capacity;
        rollback = other.rollback;
        residency = other.residency;
        leanOnSettled = other.leanOnSettled;
        toldBehindLoss = other.toldBehindLoss;
        mask = other.mask;
        tracks = other.tracks;
        stays = other.stays;
        bases = other.bases;
        cursors = other.cursors;
        baseTicks = other.baseTicks;
        parts = other.parts;
        partVersions = other.partVersions;
        rolls = other.rolls;
        complete = other.complete;
        ticks = other.ticks;
        reached = other.reached;
        nextOfTrack = other.nextOfTrack;
        states = other.states;
    }

    // ---- writing ----

    /** Notes where a track stands; call before its source answers. Returns the entry. */
    int begin(final CellTrack track) {
        if (next - oldest > mask && mask + 1 < capacity) {
            grow();
        }
        final int at = next & mask;
        tracks[at] = track;
        stays[at] = track.residency;
        bases[at] = track.base;
        cursors[at] = track.cursor;
        baseTicks[at] = track.baseTick;
        parts[at] = track.part;
        partVersions[at] = track.partVersion;
        states[at] = UNDER_WAY;
        track.rolled = false;
        return next++;
    }

    /** The source has answered in this tick; {@code whole} says that the answer reached the head of the cell. */
    void end(final int entry, final CellTrack track, final int tick, final boolean whole) {
        final int at = entry & mask;
        rolls[at] = track.rolled;
        complete[at] = whole;
        ticks[at] = tick;
        reached[at] = track.cursor;
        if (track.sentCount++ == 0) {
            track.oldestSent = entry;
        } else {
            nextOfTrack[track.newestSent & mask] = entry;
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
        for (int entry = from; entry != to; entry++) {
            final int at = entry & mask;
            states[at] = ACKED;
            final CellTrack track = tracks[at];
            if (isOver(track, at)) {
                continue;
            }
            track.stayHeard = true;
            if (!leanOnSettled && complete[at]) {
                lean(track, at);
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
            final int at = entry & mask;
            states[at] = HELD;
            if (!isOver(tracks[at], at)) {
                settle(tracks[at]);
            }
        }
    }

    /** The datagram with the entries {@code from} (inclusive) to {@code to} (exclusive) is lost. */
    public void onLost(final int from, final int to) {
        for (int entry = from; entry != to; entry++) {
            final int at = entry & mask;
            states[at] = LOST;
            final CellTrack track = tracks[at];
            if (residency ? isOver(track, at) : track.residency == 0) {
                continue;
            }
            // Whatever is under way was written for one who has this, too.
            track.unfit = track.sentCount;
            setBack(track, at);
            if (!isOver(track, at)) {
                settle(track);
            }
        }
    }

    private boolean isOver(final CellTrack track, final int at) {
        return track.residency != stays[at] || track.residency == 0;
    }

    /** Passes over the track's answers whose outcome is known, oldest first; the newest whole and acknowledged one is what it leans on from now on. */
    private void settle(final CellTrack track) {
        while (track.sentCount > 0 && states[track.oldestSent & mask] != UNDER_WAY) {
            final int at = track.oldestSent & mask;
            if (track.unfit > 0) {
                track.unfit--;
            } else if (states[at] == ACKED && complete[at]) {
                lean(track, at);
            }
            track.sentCount--;
            track.oldestSent = nextOfTrack[at];
        }
    }

    private void lean(final CellTrack track, final int at) {
        track.leans = true;
        track.leanTick = ticks[at];
        track.leanStamp = reached[at];
    }

    private void setBack(final CellTrack track, final int at) {
        if (!rollback) {
            return;
        }
        tally.rolledBack();
        // What was told behind the lost answer may have arrived.
        track.told |= toldBehindLoss && track.exact;
        if (rolls[at]) {
            // A list with a hole cannot tell who is gone: it starts again.
            track.rollNext = 0;
        }
        // A circle can move while nothing else changes: then the tick tells which of two equal bases is the earlier.
        final boolean earlier = track.exact && Tick.isNewer(track.baseTick, baseTicks[at]);
        if (bases[at] < track.base || bases[at] == track.base && (earlier || cursors[at] < track.cursor)) {
            track.base = bases[at];
            track.cursor = cursors[at];
            track.baseTick = baseTicks[at];
            track.part = parts[at];
            track.partVersion = partVersions[at];
        } else if (bases[at] == track.base && cursors[at] == track.cursor) {
            setPartBack(at, track);
        }
        track.window.setBack(track);
    }

    private void setPartBack(final int at, final CellTrack track) {
        if (partVersions[at] != track.partVersion) {
            // The item has changed, or it begins here: which of the two parts is the earlier cannot be told, so it is served from its beginning.
            track.part = 0;
            track.partVersion = 0;
        } else {
            track.part = Math.min(track.part, parts[at]);
        }
    }
}
