package dev.planetary.core.session;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.journal.Frame;
import dev.planetary.core.journal.Journal;
import dev.planetary.core.journal.WorldStore;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

/**
 * What a tick did, as the journal keeps it: who got a seat, which verdicts were given, what the entities are now that its effects touched, and what they
 * did to other sources. One frame a tick that did something, handed over at its end; {@link JournalReplay} reads it again. Where the world is kept
 * nowhere, all of this does nothing. Host loop only.
 *
 * <pre>
 *  a frame's payload is items behind each other, little endian, each with its kind first (u8):
 *  1 table    components u16 | each: schema u16, template u16, block length u16, schema version u16 | sources u8 | each: schema u16
 *             (the first frame of a file)
 *  2 seat     number i32 | player i64 i64
 *  3 verdict  seat i32 | request i32 | approved u8 | where rejected: length u16, reason UTF-8, length u8, detail
 *  4 entity   network id i32 | components i64 by place in the table | blocks
 *  5 gone     slot i32: nothing that is saved lives there
 *  6 part     source u8 by place in the table | cell i64 | length u16 | bytes
 * </pre>
 */
final class HostJournal {
    static final int TABLE = 1;
    static final int SEAT = 2;
    static final int VERDICT = 3;
    static final int ENTITY = 4;
    static final int GONE = 5;
    static final int PART = 6;
    static final int MOST_REASON_BYTES = 1_024;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private final World world;
    private final ComponentTable table;
    private final WorldSave save;
    private CellSource[] sources;
    private Journal journal;
    private MutableDirectBuffer frame;
    private int end;
    private long[] written = new long[16];

    HostJournal(final World world, final ComponentTable table, final WorldSave save) {
        this.world = world;
        this.table = table;
        this.save = save;
    }

    void sources(final CellSource[] newSources) {
        sources = newSources;
    }

    /** From here ticks are kept in this store's journal. */
    void open(final WorldStore store) {
        journal = store.journal();
    }

    /** First of all in a tick: what the tick before did is durable from here on, and may be told. */
    void await() {
        if (journal != null) {
            journal.await();
            frame = journal.frame();
            end = Frame.HEAD;
        }
    }

    /** Somebody new got a seat. */
    void seat(final HostSeat seat) {
        if (journal != null) {
            put(SEAT);
            putInt(seat.number());
            putLong(seat.player().high());
            putLong(seat.player().low());
        }
    }

    /** A request was judged. */
    void verdict(final HostSeat seat, final int requestId, final Verdict verdict) {
        if (journal == null) {
            return;
        }
        put(VERDICT);
        putInt(seat.number());
        putInt(requestId);
        put(verdict instanceof Verdict.Approved ? 1 : 0);
        if (verdict instanceof Verdict.Rejected rejected) {
            final byte[] reason = SessionProtocol.clean(rejected.reason(), RequestRouter.REASON_CHARS).getBytes(StandardCharsets.UTF_8);
            putShort(reason.length);
            putBytes(reason);
            final int detail = Math.min(rejected.detail().length, Verdict.MOST_DETAIL_BYTES);
            put(detail);
            frame.putBytes(end, rejected.detail(), 0, detail);
            end += detail;
        }
    }

    /** An effect did this to a cell of a source. */
    void part(final int source, final long cell, final DirectBuffer bytes, final int offset, final int length) {
        if (journal != null) {
            put(PART);
            put(source);
            putLong(cell);
            putShort(length);
            frame.putBytes(end, bytes, offset, length);
            end += length;
        }
    }

    /** Last of all in a tick: what is now in the slots that its effects touched (doubles included), and all of the above, goes to the disk. */
    void handOver(final IntArrayList touched, final int tick) {
        if (journal == null) {
            return;
        }
        for (int i = 0; i < touched.size(); i++) {
            final int slot = touched.getInt(i);
            if (isFirst(slot)) {
                entity(slot);
            }
        }
        if (!touched.isEmpty()) {
            Arrays.fill(written, 0);
        }
        if (end > Frame.HEAD) {
            journal.submit(tick, end - Frame.HEAD);
        }
    }

    private boolean isFirst(final int slot) {
        final int word = slot >> 6;
        if (word >= written.length) {
            written = Arrays.copyOf(written, Integer.highestOneBit(word) << 1);
        }
        final boolean first = (written[word] & 1L << slot) == 0;
        written[word] |= 1L << slot;
        return first;
    }

    private void entity(final int slot) {
        final int entity = world.entityAt(slot);
        if (entity == NetworkId.NONE || !save.isSaved(entity)) {
            put(GONE);
            putInt(slot);
            return;
        }
        final long wire = table.wireMask(world.componentMask(entity));
        put(ENTITY);
        putInt(entity);
        putLong(wire);
        for (long rest = wire; rest != 0; rest &= rest - 1) {
            final int index = Long.numberOfTrailingZeros(rest);
            // Room first: a codec writes through a flyweight that may not make any.
            frame.checkLimit(end + table.length(index));
            encode(table.type(index), entity);
            end += table.length(index);
        }
    }

    private <T> void encode(final ComponentType<T> type, final int entity) {
        type.codec().encode(type.get(entity), frame, end);
    }

    /** Writes the first frame of a file; {@link #await} comes before. Returns its length. */
    int writeTable() {
        put(TABLE);
        putShort(table.size());
        for (int i = 0; i < table.size(); i++) {
            putShort(table.type(i).schemaId());
            putShort(table.type(i).templateId());
            putShort(table.length(i));
            putShort(table.version(i));
        }
        put(sources.length);
        for (final CellSource source : sources) {
            putShort(source.schemaId());
        }
        return end - Frame.HEAD;
    }

    private void put(final int value) {
        frame.putByte(end, (byte)value);
        end++;
    }

    private void putShort(final int value) {
        frame.putShort(end, (short)value, LE);
        end += Short.BYTES;
    }

    private void putInt(final int value) {
        frame.putInt(end, value, LE);
        end += Integer.BYTES;
    }

    private void putLong(final long value) {
        frame.putLong(end, value, LE);
        end += Long.BYTES;
    }

    private void putBytes(final byte[] bytes) {
        frame.putBytes(end, bytes);
        end += bytes.length;
    }
}
