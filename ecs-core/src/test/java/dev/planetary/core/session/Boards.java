package dev.planetary.core.session;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellNews;
import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.HostContext;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A source that takes part in effects: in each column a board of some squares, each with a number that only ever grows. */
final class Boards implements CellSource {
    static final int SQUARES = 6;

    private static final int ENTRY = 1 + Integer.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final int id;
    private final int schema;
    private final CellGrid grid;
    private final Map<Long, Board> boards = new HashMap<>();
    private final List<Board> byHandle = new ArrayList<>();
    private final UnsafeBuffer part = new UnsafeBuffer(new byte[ENTRY]);
    private HostContext host;
    private CellNews news;

    Boards(final int id, final int schema, final double cellMetres) {
        this.id = id;
        this.schema = schema;
        this.grid = new CellGrid(cellMetres);
    }

    void host(final HostContext context) {
        host = context;
        context.source(this);
    }

    private static final class Board {
        final int handle;
        final int[] numbers = new int[SQUARES];
        final long[] stamps = new long[SQUARES];
        final boolean[] byEffect = new boolean[SQUARES];
        long head = Stamp.NEVER + 1;

        Board(final int handle) {
            this.handle = handle;
        }
    }

    private Board at(final long cell) {
        return boards.computeIfAbsent(cell, absent -> {
            byHandle.add(new Board(byHandle.size()));
            return byHandle.get(byHandle.size() - 1);
        });
    }

    /** Sets a number, outside any effect. */
    void set(final long cell, final int square, final int number) {
        final Board board = at(cell);
        board.numbers[square] = number;
        board.head = host.stamp().next();
        board.stamps[square] = board.head;
        board.byEffect[square] = false;
        news.changed(board.handle);
    }

    /** Sets a number within an effect. */
    void setInEffect(final long cell, final int square, final int number) {
        set(cell, square, number);
        at(cell).byEffect[square] = true;
        part.putByte(0, (byte)square);
        part.putInt(1, number, ORDER);
        host.effectPart(this, cell, part, 0, ENTRY);
    }

    int[] numbers(final long cell) {
        return at(cell).numbers;
    }

    @Override
    public int sourceId() {
        return id;
    }

    @Override
    public int schemaId() {
        return schema;
    }

    @Override
    public String name() {
        return "boards " + id;
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public void news(final CellNews to) {
        news = to;
    }

    @Override
    public int watch(final long cell) {
        return at(cell).handle;
    }

    @Override
    public void unwatch(final int handle) {
        // Boards stay.
    }

    @Override
    public long head(final int handle) {
        return byHandle.get(handle).head;
    }

    @Override
    public int answer(final int handle, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        final Board board = byHandle.get(handle);
        if (limit - offset < SQUARES * ENTRY) {
            return 0;
        }
        int at = offset;
        for (int square = 0; square < SQUARES; square++) {
            if (track.base == Stamp.NEVER || board.stamps[square] > track.base) {
                buffer.putByte(at, (byte)square);
                buffer.putInt(at + 1, board.numbers[square], ORDER);
                at += ENTRY;
            }
        }
        track.cursor = board.head;
        track.base = board.head;
        return at - offset;
    }

    @Override
    public void told(final int handle, final CellTrack track, final long since) {
        final Board board = byHandle.get(handle);
        if (track.base == Stamp.NEVER) {
            return;
        }
        for (int square = 0; square < SQUARES; square++) {
            if (board.stamps[square] > track.base && (board.stamps[square] <= since || !board.byEffect[square])) {
                return;
            }
        }
        track.cursor = board.head;
        track.base = board.head;
    }

    @Override
    public void digest(final long cell, final CellDigest digest) {
        digest.add("board", Arrays.hashCode(at(cell).numbers), 1);
    }

    /** The boards that a client sees. */
    static final class View implements CellReader {
        private static final int UNKNOWN = -1;

        private final int id;
        private final int schema;
        /** By cell: what answers said. */
        private final Map<Long, int[]> answered = new HashMap<>();
        /** By cell: what effects did, of cells that are not shown yet, too. */
        private final Map<Long, int[]> told = new HashMap<>();

        View(final int id, final int schema) {
            this.id = id;
            this.schema = schema;
        }

        /** Number of a square as it is shown, or -1 where the board is not, since not all of it is known. */
        int number(final long cell, final int square) {
            final int[] known = answered.get(cell);
            if (known == null || Arrays.stream(known).anyMatch(number -> number == UNKNOWN)) {
                return UNKNOWN;
            }
            return Math.max(known[square], told.getOrDefault(cell, known)[square]);
        }

        @Override
        public int sourceId() {
            return id;
        }

        @Override
        public int schemaId() {
            return schema;
        }

        @Override
        public boolean apply(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
            for (int at = offset; at < offset + length; at += ENTRY) {
                if (!take(answered, cell, buffer, at, offset + length - at)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean canReadEffect(final long cell, final DirectBuffer buffer, final int offset, final int length) {
            return length == ENTRY && buffer.getByte(offset) >= 0 && buffer.getByte(offset) < SQUARES;
        }

        @Override
        public void applyEffect(final long cell, final int tick, final DirectBuffer buffer, final int offset, final int length) {
            take(told, cell, buffer, offset, length);
        }

        private static boolean take(
            final Map<Long, int[]> into, final long cell, final DirectBuffer buffer, final int offset, final int length) {
            if (length < ENTRY || buffer.getByte(offset) < 0 || buffer.getByte(offset) >= SQUARES) {
                return false;
            }
            final int[] numbers = into.computeIfAbsent(cell, absent -> {
                final int[] unknown = new int[SQUARES];
                Arrays.fill(unknown, UNKNOWN);
                return unknown;
            });
            final int square = buffer.getByte(offset);
            numbers[square] = Math.max(numbers[square], buffer.getInt(offset + 1, ORDER));
            return true;
        }

        @Override
        public void evict(final long cell) {
            answered.remove(cell);
            told.remove(cell);
        }

        @Override
        public void digest(final long cell, final CellDigest digest) {
            if (number(cell, 0) != UNKNOWN) {
                final int[] shown = new int[SQUARES];
                Arrays.setAll(shown, square -> number(cell, square));
                digest.add("board", Arrays.hashCode(shown), 1);
            }
        }
    }
}
