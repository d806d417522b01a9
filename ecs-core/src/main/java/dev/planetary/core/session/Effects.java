package dev.planetary.core.session;

import dev.planetary.core.cell.EffectWriter;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.EffectEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/**
 * Carries out what approved requests do, and remembers which entities each touched, so that every player who sees one of them is told of all in one
 * record of the transaction lane. Host loop only.
 */
final class Effects {
    private final World world;
    private final EffectWriter writer;
    private final List<IntArrayList> groups = new ArrayList<>();
    private final ExpandableArrayBuffer changes = new ExpandableArrayBuffer(2_048);
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(2_048);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EffectEncoder effect = new EffectEncoder();
    private int groupCount;

    Effects(final World world, final EntityCells cells, final HostSettings settings) {
        this.world = world;
        this.writer = new EffectWriter(cells, 2 * settings.silenceTicks(), settings.repairs());
    }

    /** Carries the effect out. */
    void apply(final Verdict.Effect what) {
        if (groupCount == groups.size()) {
            groups.add(new IntArrayList());
        }
        final IntArrayList group = groups.get(groupCount);
        group.clear();
        world.recordTouched(group);
        try {
            what.apply();
        } finally {
            world.recordTouched(null);
        }
        if (!group.isEmpty()) {
            groupCount++;
        }
    }

    /** Tells the players, after the mirror and the cells know of this tick's changes and before any state of this tick is sent. */
    void publish(final Peers peers, final int tick) {
        for (int i = 0; i < groupCount; i++) {
            writer.select(groups.get(i));
            for (int p = 0; p < peers.seated(); p++) {
                final Peer peer = peers.seated(p);
                final int length = writer.write(peer.window(), changes, 0);
                if (length > 0) {
                    offer(peers, peer, length, tick);
                    peer.gateOnNewest();
                }
            }
        }
        groupCount = 0;
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
