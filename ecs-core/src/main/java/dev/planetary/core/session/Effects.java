package dev.planetary.core.session;

import dev.planetary.core.cell.EffectWriter;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.EffectEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.world.World;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Carries out what approved requests do, and remembers which entities they touched, so that every player who sees one of them is told of all in one
 * effect, whole. The effects of one tick go as one: two that touch the same entity could not be shown one after the other. Host loop only.
 */
final class Effects {
    private final World world;
    private final EffectWriter writer;
    private final IntArrayList touched = new IntArrayList();
    private final ExpandableArrayBuffer changes = new ExpandableArrayBuffer(2_048);
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(2_048);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EffectEncoder effect = new EffectEncoder();

    Effects(final World world, final EntityCells cells, final Repairs repairs) {
        this.world = world;
        this.writer = new EffectWriter(cells, repairs);
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
                offer(peers, peer, tick, length);
                peer.gateOnNewest();
            }
        }
    }

    /** Cut into as many records as it takes; the client puts them together before it shows any of it. */
    private void offer(final Peers peers, final Peer peer, final int tick, final int length) {
        final int head = SessionProtocol.HEADER + EffectEncoder.BLOCK_LENGTH;
        final int most = peer.maxRecordLength() - head;
        for (int from = 0; from < length; from += most) {
            final int part = Math.min(most, length - from);
            effect.wrapAndApplyHeader(record, 0, header)
                .tick(Integer.toUnsignedLong(tick))
                .more((short)(from + part < length ? 1 : 0));
            record.putBytes(head, changes, from, part);
            peers.offer(peer, record, head + part);
        }
    }
}
