package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import org.agrona.BitUtil;

/**
 * What each answer in flight was when it was written: where its track stood before. A lost datagram sets the tracks of its answers back to there, if
 * they still belong to the same stay of the cell. A ring of plain arrays; entries are numbered from 0 and never reused while in flight.
 */
public final class SentAnswers {
    private final boolean rollback;
    private final boolean residency;
    private final int mask;
    private final CellTrack[] tracks;
    private final int[] stays;
    private final long[] bases;
    private final long[] cursors;
    private final int[] parts;
    private final int[] partVersions;
    private final boolean[] rolls;
    private final Tally tally;
    private int next;

    /** Room for {@code capacity} answers in flight, rounded up to a power of two. */
    public SentAnswers(final int capacity, final Repairs repairs, final Tally tally) {
        this.tally = tally;
        final int size = BitUtil.findNextPositivePowerOfTwo(capacity);
        this.rollback = repairs.has(Repair.ROLLBACK);
        this.residency = repairs.has(Repair.RESIDENCY);
        this.mask = size - 1;
        this.tracks = new CellTrack[size];
        this.stays = new int[size];
        this.bases = new long[size];
        this.cursors = new long[size];
        this.parts = new int[size];
        this.partVersions = new int[size];
        this.rolls = new boolean[size];
    }

    /** Notes where a track stands; call before its source answers. Returns the entry. */
    int begin(final CellTrack track) {
        final int at = next & mask;
        tracks[at] = track;
        stays[at] = track.residency;
        bases[at] = track.base;
        cursors[at] = track.cursor;
        parts[at] = track.part;
        partVersions[at] = track.partVersion;
        track.rolled = false;
        return next++;
    }

    /** The source has answered. */
    void end(final int entry, final CellTrack track) {
        rolls[entry & mask] = track.rolled;
    }

    /** Takes back the newest entry. */
    void cancel(final int entry) {
        next = entry;
    }

    /** Forgets all entries, for a new session. */
    public void reset() {
        next = 0;
    }

    /** Number of the next entry; a datagram's are those from before to after it was filled. */
    public int next() {
        return next;
    }

    /** How many answers can be in flight. */
    public int capacity() {
        return mask + 1;
    }

    /** The datagram with the entries {@code from} (inclusive) to {@code to} (exclusive) is lost. */
    public void onLost(final int from, final int to) {
        for (int entry = from; entry != to; entry++) {
            setBack(entry & mask);
        }
    }

    private void setBack(final int at) {
        final CellTrack track = tracks[at];
        if (residency ? track.residency != stays[at] : track.residency == 0) {
            return;
        }
        if (!rollback) {
            return;
        }
        tally.rolledBack();
        track.everComplete = false;
        if (rolls[at]) {
            // A list with a hole cannot tell who is gone: it starts again.
            track.rollNext = 0;
        }
        if (bases[at] < track.base || bases[at] == track.base && cursors[at] < track.cursor) {
            track.base = bases[at];
            track.cursor = cursors[at];
            track.part = parts[at];
            track.partVersion = partVersions[at];
        } else if (bases[at] == track.base && cursors[at] == track.cursor) {
            setPartBack(at, track);
        }
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
