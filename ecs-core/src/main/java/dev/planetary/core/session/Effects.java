package dev.planetary.core.session;

import dev.planetary.core.cell.BitWriter;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.EffectParts;
import dev.planetary.core.cell.EffectWriter;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.cell.Window;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Carries out what approved requests do, and remembers which entities they touched and what they did to other sources, so that every player who sees some of
 * it is told of all, whole.
 * What the requests of one tick did goes as one: of two that touch the same entity, none could be shown without a part of the other. Host loop only.
 */
final class Effects {
    private final World world;
    private final EffectWriter writer;
    private final IntArrayList touched = new IntArrayList();
    private final EffectParts parts;
    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer(2_048);
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(2_048);
    private final BitWriter bits = new BitWriter();
    private final ArrayDeque<Verdict.Effect> waiting = new ArrayDeque<>();
    private final HostJournal journal;
    private final Counters counters;
    private final ErrorLog errors;
    private final boolean rethrow;
    private final Stamp stamp;
    private final EffectParts.Visitor tellSource = this::tellSource;
    private CellSource[] sources = {};
    /** Newest stamp before the first effect that is not published. */
    private long since;
    private Window told;
    private boolean underWay;

    Effects(
        final World world,
        final EntityCells cells,
        final Stamp stamp,
        final HostSettings settings,
        final HostJournal journal,
        final Counters counters,
        final ErrorLog errors) {
        this.world = world;
        this.stamp = stamp;
        this.journal = journal;
        this.rethrow = settings.rethrow();
        this.counters = counters;
        this.errors = errors;
        this.parts = new EffectParts(settings.repairs());
        this.writer = new EffectWriter(cells, 2 * settings.silenceTicks(), settings.repairs());
    }

    /** The sources of the game, in the order of their numbers on the wire. */
    void sources(final CellSource[] all) {
        sources = all;
    }

    /** Carries the effect out, within another one as a part of that. */
    void apply(final Verdict.Effect what) {
        if (underWay) {
            what.apply();
            return;
        }
        if (touched.isEmpty() && parts.isEmpty()) {
            since = stamp.newest();
        }
        underWay = true;
        world.recordTouched(touched);
        try {
            what.apply();
        } finally {
            world.recordTouched(null);
            underWay = false;
        }
    }

    /** Carries out an effect of a plugin's own: at once within another one, otherwise with this tick's requests. */
    void carryOut(final Verdict.Effect what) {
        if (underWay) {
            what.apply();
        } else {
            waiting.add(what);
        }
    }

    /** Carries out what waits; what throws is recorded, and what it changed until then stays. */
    void carryOutWaiting(final int tick) {
        for (Verdict.Effect next = waiting.poll(); next != null; next = waiting.poll()) {
            try {
                apply(next);
            } catch (final RuntimeException e) {
                if (rethrow) {
                    throw e;
                }
                counters.of(CoreCounter.SYSTEM_ERRORS).increment();
                errors.record("an effect of a plugin's own", e, tick);
            }
        }
    }

    /** Adds what the effect under way did to a cell of a source. */
    void part(final CellSource source, final long cell, final DirectBuffer part, final int offset, final int length) {
        if (!underWay) {
            throw new IllegalStateException("a part of an effect of " + source.name() + " outside an effect");
        }
        if (length < 1 || length > HostContext.MOST_PART_BYTES) {
            throw new IllegalArgumentException(
                "a part of an effect of " + length + " bytes: expected 1 to " + HostContext.MOST_PART_BYTES + "; split it");
        }
        final int number = numberOf(source);
        parts.add(number, cell, part, offset, length);
        journal.part(number, cell, part, offset, length);
    }

    private int numberOf(final CellSource source) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == source) {
                return i;
            }
        }
        throw new IllegalArgumentException("source " + source.name() + " is not one of this game");
    }

    /** Whether something was done, or waits to be, of which nobody has been told. */
    boolean hasUntold() {
        return !touched.isEmpty() || !parts.isEmpty() || !waiting.isEmpty();
    }

    /** Slots that were touched since the last {@link #publish}, doubles included. */
    IntArrayList touched() {
        return touched;
    }

    /** Tells the players, after the mirror and the cells know of this tick's changes and before any state of this tick is sent. */
    void publish(final Peers peers, final int tick) {
        if (touched.isEmpty() && parts.isEmpty()) {
            return;
        }
        writer.select(touched);
        touched.clear();
        for (int p = 0; p < peers.seated(); p++) {
            final Peer peer = peers.seated(p);
            bits.wrap(body, 0, BitWriter.MOST_BYTES);
            final boolean changed = writer.write(peer.window(), bits);
            final boolean parted = parts.write(peer.window(), bits);
            if (changed || parted) {
                offer(peers, peer, bits.endByte(), tick);
                peer.onTold();
                told = peer.window();
                parts.forEach(tellSource);
            }
        }
        parts.clear();
    }

    private void tellSource(final int source, final long cell, final DirectBuffer buffer, final int offset, final int length) {
        told.told(source, cell, since);
    }

    /** Queues the changes as one record, or as several where they are longer than one can be; the client applies them with the last. */
    private void offer(final Peers peers, final Peer peer, final int length, final int tick) {
        final int room = peer.maxRecordLength() - SessionProtocol.EFFECT_HEAD;
        for (int from = 0; from < length; from += room) {
            final int piece = Math.min(room, length - from);
            record.putByte(0, (byte)(SessionProtocol.EFFECT | (from + piece < length ? SessionProtocol.EFFECT_GOES_ON : 0)));
            record.putShort(1, (short)tick, ByteOrder.LITTLE_ENDIAN);
            record.putBytes(SessionProtocol.EFFECT_HEAD, body, from, piece);
            peers.offer(peer, record, SessionProtocol.EFFECT_HEAD + piece);
        }
    }
}
