package dev.planetary.core.session;

import dev.planetary.core.cell.EffectWriter;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Repairs;
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
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(2_048);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final EffectEncoder effect = new EffectEncoder();
    private int groupCount;

    Effects(final World world, final EntityCells cells, final Repairs repairs) {
        this.world = world;
        this.writer = new EffectWriter(cells, repairs);
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
        final int head = SessionProtocol.HEADER + EffectEncoder.BLOCK_LENGTH;
        for (int i = 0; i < groupCount; i++) {
            writer.select(groups.get(i));
            for (int p = 0; p < peers.seated(); p++) {
                final Peer peer = peers.seated(p);
                final int end = writer.write(peer.window(), record, head);
                if (end > head) {
                    effect.wrapAndApplyHeader(record, 0, header).tick(Integer.toUnsignedLong(tick));
                    peers.offer(peer, record, end);
                    peer.gateOnNewest();
                }
            }
        }
        groupCount = 0;
    }
}
