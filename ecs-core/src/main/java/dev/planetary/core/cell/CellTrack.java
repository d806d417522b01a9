package dev.planetary.core.cell;

/**
 * Where one consumer stands in the stream of one cell of one source. Plain fields: sources read and move {@link #base}, {@link #cursor} and
 * {@link #part}; the rest is the window's.
 */
public final class CellTrack {
    /** {@link #rollNext} when no roll call is due. */
    public static final int ROLL_DONE = Integer.MAX_VALUE;

    /** Complete up to here: whatever entered or was made later is sent in full. Moves to the cursor only when an answer reaches the head. */
    public long base = Stamp.NEVER;

    /** Served so far. */
    public long cursor = Stamp.NEVER;

    /** How far the item behind the cursor is served, in units of the source (bytes of a blob); 0 at its start. */
    public int part;

    /** Version that {@link #part} counts in: another one starts the item again. */
    public int partVersion;

    /** Next slot that the roll call must cover; {@link #ROLL_DONE} when there is none under way. */
    public int rollNext;

    /** Tick at which the roll call under way began. */
    public int rollTick;

    /** Leavers up to this stamp are covered by the newest roll call. */
    public long rollFloor;

    /** Set by the source when its answer holds a part of a roll call. */
    public boolean rolled;

    long cell;
    int source;
    int handle;
    int residency;
    int servedTick;
    boolean everComplete;

    /** A consumer that has nothing. Windows pool theirs; sources are tested with some of their own. */
    public CellTrack() {
        // Every field begins where nothing was served.
    }

    /** The cell. */
    public long cell() {
        return cell;
    }

    /** Number of this stay of the cell in the window; a later stay has a higher one. */
    public int residency() {
        return residency;
    }

    /** Back to a consumer that has nothing: entry, late join, or no other way. */
    public void forget() {
        base = Stamp.NEVER;
        cursor = Stamp.NEVER;
        part = 0;
        partVersion = 0;
        rollNext = 0;
        rollFloor = Stamp.NEVER;
    }
}
