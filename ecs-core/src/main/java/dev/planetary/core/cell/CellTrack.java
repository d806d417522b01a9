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

    /** Number of the newest sweep, what it makes complete, when and behind which slot it began, and behind which slot it has come. */
    int sweep;
    long sweepTo;
    int sweepTick;
    int sweepStart;
    int sweepAt;

    /** Next slot that the roll call must cover; {@link #ROLL_DONE} when there is none under way. */
    public int rollNext;

    /** Tick at which the roll call under way began. */
    public int rollTick;

    /** Leavers up to this stamp are covered by the newest roll call. */
    public long rollFloor;

    /** Set by the source when its answer holds a part of a roll call. */
    public boolean rolled;

    /** Tick at which {@link #base} was reached; where that is {@link Stamp#NEVER}, the tick at which the stream was begun from there. */
    int baseTick;

    /** The last completed answer that was acknowledged with nothing before it outstanding: its tick, and the stamp that it reached. */
    int leanTick;
    long leanStamp;
    boolean leans;

    /** Every member must be looked at again: the circle has moved across the cell, or what the consumer holds there is not certain. */
    boolean recheck;

    /**
     * In this stay an effect of a transaction told of a member that had entered after the base, or an answer behind a lost one did: the consumer may show
     * members of whom the base does not tell.
     */
    boolean told;

    /** The consumer has acknowledged an answer of this stay. */
    boolean stayHeard;

    long cell;
    int source;
    int handle;
    int residency;
    int servedTick;
    boolean everComplete;

    Window window;
    /** Number of the cell in the window. */
    int number;
    /** It is asked every so many ticks, and in which of them. */
    int everyTicks;
    int turn;
    /** Place among those who watch the cell. */
    int place;
    /** Place in the window's queue, or -1. */
    int queued = -1;
    /** Answers under way, the oldest and the newest of them, and how many from the oldest on cannot be leaned on, since one among them was lost. */
    int sentCount;
    int oldestSent;
    int newestSent;
    int unfit;

    /** The consumer is told of this cell by its exact circle. */
    boolean exact;

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

    /** Reads of the first and the last of its fields, so that all come into the cache; what is returned means nothing. */
    long fetch() {
        return base + queued + (exact ? 1 : 0);
    }

    /** Back to a consumer that has nothing: entry, late join, or no other way. */
    public void forget() {
        base = Stamp.NEVER;
        cursor = Stamp.NEVER;
        part = 0;
        partVersion = 0;
        rollNext = 0;
        rollFloor = Stamp.NEVER;
        leans = false;
        recheck = false;
    }
}
