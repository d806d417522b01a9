package dev.planetary.core.cell;

import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * Fills a consumer's datagrams of one tick with answers; {@code docs/WIRE.md} draws them. While all that is new fits, cells go in the order of their
 * numbers, which names them in few bits; when some was left over, the most urgent goes first. Host loop only.
 */
public final class AnswerWriter {
    static final int SOURCE_BITS = 4;
    static final int STAY_BITS = 16;
    static final int LENGTH_BITS = 16;
    static final int GAP_ORDER = 3;

    /** Bytes of an answer beside the source's own, at most. */
    public static final int OVERHEAD = 16;

    /** Below this much room, in bytes, a datagram counts as full. */
    private static final int LEAST_ROOM = OVERHEAD + 24;

    private final Window window;
    private final SentAnswers sent;
    private final Tally tally;
    private final BitWriter out = new BitWriter();
    private CellTrack[] due = new CellTrack[64];
    private double[] urgency = new double[64];
    private int dueCount;
    private int from;
    private boolean ascending;
    private boolean leftOver;
    private int tick;
    private int source;
    private int number;

    /** A writer for one consumer. */
    public AnswerWriter(final Window window, final SentAnswers sent, final Tally tally) {
        this.tally = tally;
        this.window = window;
        this.sent = sent;
    }

    /** Takes the cells that have news and whose turn it is, and puts them in order. Returns whether there are any. */
    public boolean begin(final int newTick) {
        leftOver = hasMore();
        tick = newTick;
        dueCount = 0;
        from = 0;
        final int queued = window.queued();
        if (queued == 0) {
            return false;
        }
        if (due.length < queued) {
            due = new CellTrack[queued * 2];
            urgency = new double[queued * 2];
        }
        ascending = !leftOver;
        for (int i = 0; i < queued; i++) {
            final CellTrack track = window.queued(i);
            if (!window.isDue(track, tick)) {
                continue;
            }
            ascending &= track.source == EntityCells.SOURCE_ID;
            due[dueCount++] = track;
        }
        if (ascending && dueCount > 0) {
            ((EntityCells)window.source(due[0])).fetch(due, dueCount);
            sent.fetch(dueCount);
            sortByNumber();
        } else {
            for (int i = 0; i < dueCount; i++) {
                urgency[i] = window.urgency(due[i], tick);
            }
            heapify();
        }
        return dueCount > 0;
    }

    /** For a new session: nothing is left over. */
    public void reset() {
        Arrays.fill(due, null);
        dueCount = 0;
        from = 0;
    }

    /** Whether cells are left that may have news. */
    public boolean hasMore() {
        return from < dueCount;
    }

    /**
     * Adds answers to a datagram between {@code offset} and {@code limit}; the buffer must reach some way beyond ({@link #slack}). A datagram without
     * anything else has {@code wholeRoom} bytes. Returns the offset behind them; {@link #hasMore()} tells whether another datagram is worth its while.
     */
    public int write(final MutableDirectBuffer buffer, final int offset, final int limit, final int wholeRoom) {
        out.wrap(buffer, offset, limit);
        out.writeBit(ascending);
        source = EntityCells.SOURCE_ID;
        number = -1;
        boolean any = false;
        while (hasMore() && out.remaining() >= LEAST_ROOM * 8) {
            final CellTrack track = due[from];
            final boolean written = writeAnswer(track, buffer);
            any |= written;
            if (!window.source(track).hasNews(track.handle, track)) {
                window.complete(track);
                pop();
            } else if (written && ascending) {
                // Cut: it goes on at the beginning of the next datagram.
                break;
            } else if (!written) {
                // Not ready, or it wants a whole datagram to itself: the latter gets one.
                if (out.remaining() < wholeRoom * 4) {
                    break;
                }
                pop();
            }
        }
        // What was taken back must not be read behind the last answer.
        out.align();
        return any ? out.endByte() : offset;
    }

    /** Bytes beyond the limit that a buffer must have, for components of this table. */
    public static int slack(final ComponentTable table) {
        return EntityCells.longestAnswer(table) + OVERHEAD + BitWriter.SLACK;
    }

    private boolean writeAnswer(final CellTrack track, final MutableDirectBuffer buffer) {
        final int begin = out.position();
        final CellSource answering = window.source(track);
        final boolean entities = track.source == EntityCells.SOURCE_ID;
        final EntityAnswer answer = entities ? ((EntityCells)answering).answer() : null;
        if (entities) {
            answer.prepare(track.handle, track, tick);
        }
        final boolean plain = track.source == source && track.stayHeard && (!entities || answer.isPlain());
        final int previous = number;
        writeHead(track, plain);
        final boolean settled = track.sentCount == 0 && track.leans && track.leanStamp == track.base;
        final int entry = sent.begin(track);
        final boolean written = entities ? answer.write(out, plain) : writeBytes(answering, track, buffer);
        final boolean whole = !answering.hasNews(track.handle, track);
        if (written) {
            sent.end(entry, track, tick, whole);
            tally.answered(track.source, out.position() - begin);
            track.servedTick = tick;
            source = track.source;
            return true;
        }
        sent.cancel(entry);
        out.position(begin);
        number = previous;
        if (whole && settled) {
            // There was nothing to say, so that whoever had all has all: it can go on leaning on that.
            track.leanTick = tick;
            track.leanStamp = track.base;
        }
        return false;
    }

    private void writeHead(final CellTrack track, final boolean plain) {
        out.write(plain ? 0b11 : 0b01, 2);
        int before = track.source == source ? number : -1;
        if (!plain) {
            out.writeBit(track.source != source);
            if (track.source != source) {
                out.write(track.source, SOURCE_BITS);
            }
            out.writeBit(!track.stayHeard);
            if (!track.stayHeard) {
                out.write(track.residency, STAY_BITS);
            }
        }
        if (ascending) {
            out.writeGolomb(track.number - before - 1, GAP_ORDER);
        } else {
            out.write(track.number, window.index(track.source).bits());
        }
        number = track.number;
    }

    private boolean writeBytes(final CellSource answering, final CellTrack track, final MutableDirectBuffer buffer) {
        final int lengthAt = out.position();
        out.write(0, LENGTH_BITS);
        out.align();
        final int at = out.position() >>> 3;
        final int length = answering.answer(track.handle, track, tick, buffer, at, at + (out.remaining() >>> 3));
        if (length == 0) {
            return false;
        }
        // The first of the source's bytes must outlast the zeros that a write sets behind it.
        final long first = buffer.getLong(at);
        out.position(lengthAt);
        out.write(length, LENGTH_BITS);
        out.align();
        buffer.putLong(at, first);
        out.position(at + length << 3);
        return true;
    }

    // ---- by number ----

    private void sortByNumber() {
        for (int i = 1; i < dueCount; i++) {
            final CellTrack track = due[i];
            int at = i;
            while (at > 0 && due[at - 1].number > track.number) {
                due[at] = due[at - 1];
                at--;
            }
            due[at] = track;
        }
    }

    // ---- a heap, most urgent first ----

    private void heapify() {
        for (int i = dueCount / 2 - 1; i >= 0; i--) {
            sift(i);
        }
    }

    private void pop() {
        if (ascending) {
            due[from++] = null;
            return;
        }
        dueCount--;
        due[0] = due[dueCount];
        urgency[0] = urgency[dueCount];
        due[dueCount] = null;
        sift(0);
    }

    private void sift(final int start) {
        int at = start;
        while (true) {
            int largest = at;
            final int left = 2 * at + 1;
            if (left < dueCount && urgency[left] > urgency[largest]) {
                largest = left;
            }
            if (left + 1 < dueCount && urgency[left + 1] > urgency[largest]) {
                largest = left + 1;
            }
            if (largest == at) {
                return;
            }
            final CellTrack track = due[at];
            due[at] = due[largest];
            due[largest] = track;
            final double value = urgency[at];
            urgency[at] = urgency[largest];
            urgency[largest] = value;
            at = largest;
        }
    }
}
