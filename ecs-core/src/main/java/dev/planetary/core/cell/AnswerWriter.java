package dev.planetary.core.cell;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * Fills a consumer's datagrams of one tick with answers, most urgent cell first.
 *
 * <pre>
 *  answer ...        until the end of the datagram:
 *    source u8
 *    cell            varint: kind in bits 0 and 1; spatial: zigzag(x - x of the anchor's cell), then zigzag(z - z of it) as a varint of its own;
 *                    else the number shifted left by 2
 *    stay u16        low half of the number of this stay of the cell in the window
 *    length u16      bytes of the source's answer
 *    bytes
 * </pre>
 */
public final class AnswerWriter {
    /** Bytes of an answer beside the source's own, at most. */
    public static final int OVERHEAD = 1 + 2 * Varint.MAX_LENGTH + 2 + 2;

    /** Below this much room a datagram counts as full. */
    private static final int LEAST_ROOM = OVERHEAD + 32;

    static final int SOURCE_BITS = 4;
    static final int STAY_BITS = 16;
    static final int LENGTH_BITS = 16;
    static final int GAP_ORDER = 3;

    private final Window window;
    private final SentAnswers sent;
    private final Tally tally;
    private CellTrack[] due = new CellTrack[64];
    private double[] urgency = new double[64];
    private int dueCount;
    private int nextDue;
    private int tick;

    /** A writer for one consumer. */
    public AnswerWriter(final Window window, final SentAnswers sent, final Tally tally) {
        this.tally = tally;
        this.window = window;
        this.sent = sent;
    }

    /** Finds out which cells have news and ranks them. Returns whether any has. */
    public boolean begin(final int newTick) {
        tick = newTick;
        dueCount = 0;
        nextDue = 0;
        for (int i = 0; i < window.size(); i++) {
            final CellTrack track = window.track(i);
            final CellSource source = window.source(track);
            if (source.hasNews(track.handle, track)) {
                if (dueCount == due.length) {
                    due = Arrays.copyOf(due, dueCount * 2);
                    urgency = Arrays.copyOf(urgency, dueCount * 2);
                }
                due[dueCount] = track;
                urgency[dueCount++] = window.urgency(track, tick);
            } else {
                track.servedTick = tick;
                track.everComplete = true;
            }
        }
        heapify();
        return dueCount > 0;
    }

    /** Whether cells are left that may have news. */
    public boolean hasMore() {
        return dueCount > 0;
    }

    /**
     * Adds answers to a datagram between {@code offset} and {@code limit}; a datagram without anything else has {@code wholeRoom} bytes. Returns the
     * offset behind them; {@link #hasMore()} tells whether another datagram is worth its while.
     */
    public int write(final MutableDirectBuffer buffer, final int offset, final int limit, final int wholeRoom) {
        int at = offset;
        while (dueCount > 0 && limit - at >= LEAST_ROOM) {
            final CellTrack track = due[0];
            final CellSource source = window.source(track);
            final int length = writeAnswer(track, source, buffer, at, limit);
            at += length;
            final boolean news = source.hasNews(track.handle, track);
            if (length > 0) {
                tally.answered(track.source, length);
                track.servedTick = tick;
            }
            if (!news) {
                track.everComplete = true;
                pop();
            } else if (length == 0) {
                // Not ready, or it wants a whole datagram to itself: the latter gets one.
                if (limit - at < wholeRoom / 2) {
                    return at;
                }
                pop();
            }
        }
        return at;
    }

    private int writeAnswer(final CellTrack track, final CellSource source, final MutableDirectBuffer buffer, final int offset, final int limit) {
        buffer.putByte(offset, (byte)track.source);
        int at = writeCell(track.cell, source.grid(), window.anchorX(), window.anchorZ(), buffer, offset + 1);
        buffer.putShort(at, (short)track.residency, ByteOrder.LITTLE_ENDIAN);
        at += 4;
        final int entry = sent.begin(track);
        final int length = source.answer(track.handle, track, tick, buffer, at, limit);
        if (length == 0) {
            sent.cancel(entry);
            return 0;
        }
        sent.end(entry, track);
        buffer.putShort(at - 2, (short)length, ByteOrder.LITTLE_ENDIAN);
        return at + length - offset;
    }

    static int writeCell(
        final long cell, final CellGrid grid, final int anchorX, final int anchorZ, final MutableDirectBuffer buffer, final int offset) {
        final int kind = CellKey.kind(cell);
        if (kind != CellKey.SPATIAL) {
            return Varint.write(buffer, offset, CellKey.number(cell) << 2 | kind);
        }
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        final int dx = CellKey.x(cell) - grid.column(anchorX / steps);
        final int dz = CellKey.z(cell) - grid.column(anchorZ / steps);
        return Varint.writeSigned(buffer, Varint.write(buffer, offset, (dx << 1 ^ dx >> 31) << 2 | kind), dz);
    }

    static long readCell(final WireReader wire, final CellGrid grid, final int anchorX, final int anchorZ) {
        final int head = wire.readVarint();
        final int kind = head & 3;
        if (kind != CellKey.SPATIAL) {
            if (kind > CellKey.PRIVATE) {
                wire.fail();
            }
            return kind == CellKey.GLOBAL ? CellKey.global(head >>> 2) : CellKey.privateTo(head >>> 2);
        }
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        final int zigzag = head >>> 2;
        final int x = grid.column(anchorX / steps) + (zigzag >>> 1 ^ -(zigzag & 1));
        final int z = grid.column(anchorZ / steps) + wire.readSigned();
        return CellKey.spatial(x, z);
    }

    // ---- a heap, most urgent first ----

    private void heapify() {
        for (int i = dueCount / 2 - 1; i >= 0; i--) {
            sift(i);
        }
    }

    private void pop() {
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
