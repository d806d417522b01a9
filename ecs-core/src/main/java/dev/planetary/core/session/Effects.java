package dev.planetary.core.session;

import dev.planetary.core.cell.EffectWriter;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.EffectEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.world.World;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Carries out what approved requests do, and remembers which entities they touched, so that every player who sees one of them is told of all, whole.
 * What the requests of one tick did goes as one: of two that touch the same entity, none could be shown without a part of the other. Host loop only.
 */
final class Effects {
    private final World world;
    private final EffectWriter writer;
    private final IntArrayList touched = new IntArrayList();
    private final ExpandableArrayBuffer changes = new ExpandableArrayBuffer(2_048);
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(2_048);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EffectEncoder effect = new EffectEncoder();

    Effects(final World world, final EntityCells cells, final HostSettings settings) {
        this.world = world;
        this.writer = new EffectWriter(cells, 2 * settings.silenceTicks(), settings.repairs());
    }

    /** Carries the effect out. */
    void apply(final Verdict.Effect what) {
        world.recordTouched(touched);
        try {
            what.apply();
        } finally {
            world.recordTouched(null);
        }
    }

    /** Slots that were touched since the last {@link #publish}, doubles included. */
    IntArrayList touched() {
        return touched;
    }

    /** Tells the players, after the mirror and the cells know of this tick's changes and before any state of this tick is sent. */
    void publish(final Peers peers, final int tick) {
        if (touched.isEmpty()) {
            return;
        }
        writer.select(touched);
        touched.clear();
        for (int p = 0; p < peers.seated(); p++) {
            final Peer peer = peers.seated(p);
            final int length = writer.write(peer.window(), changes, 0);
            if (length > 0) {
                offer(peers, peer, length, tick);
                peer.gateOnNewest();
            }
        }
    }

    /** Queues the changes as one record, or as several where they are longer than one can be; the client applies them with the last. */
    private void offer(final Peers peers, final Peer peer, final int length, final int tick) {
        final int head = SessionProtocol.HEADER + EffectEncoder.BLOCK_LENGTH;
        final int room = peer.maxRecordLength() - head;
        for (int from = 0; from < length; from += room) {
            final int piece = Math.min(room, length - from);
            effect.wrapAndApplyHeader(record, 0, header)
                .tick(Integer.toUnsignedLong(tick))
                .more((short)(from + piece < length ? 1 : 0));
            record.putBytes(head, changes, from, piece);
            peers.offer(peer, record, head + piece);
        }
    }
}
