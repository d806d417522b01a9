package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A transaction over more entities than one record can hold ended the host's tick with an exception; it must be seen whole like any other. */
class LargeEffectSimTest {
    private static final int SCHEMA = 921;
    private static final int ENTITIES = 3_000;
    private static final RequestType RAISE_ALL = new RequestType("raise-all", SCHEMA, 10, 4);

    private final List<Integer> entities = new ArrayList<>();
    private final SimulatedPeers peers = new SimulatedPeers(3)
        .faults(new LinkFaults(10, 2, 40, 20, 4, 2))
        .plugin(PluginSketch.named("raiser", SCHEMA).onHost(host -> host.request(
            RAISE_ALL, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> raiseAll(host.world())))));

    private void raiseAll(final World world) {
        final ComponentType<Score> score = world.type(Score.class);
        for (final int entity : entities) {
            score.get(entity).number++;
            score.markDirty(entity);
        }
    }

    @Test
    void shouldShowATransactionOverThreeThousandEntitiesWholeOrNotAtAll() {
        peers.start();
        for (int i = 0; i < ENTITIES; i++) {
            entities.add(peers.spawn(new Position(i % 40, 0, i / 80.0), new Score()));
        }
        peers.joined(1);
        peers.settle();
        assertEquals(ENTITIES, peers.count(0, Score.class), "entities in view");

        final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
        assertTrue(peers.client(0).requests().send(RAISE_ALL, message, 0, 4) != 0, "the request leaves");
        int ticksBefore = 0;
        for (int tick = 0; tick < 200 && !seenBy(0).equals(List.of(1)); tick++) {
            assertEquals(1, seenBy(0).size(), "scores seen at once after " + tick + " ticks: " + seenBy(0));
            ticksBefore++;
            peers.tick(1);
        }
        assertEquals(List.of(1), seenBy(0), "the transaction arrives");
        assertTrue(ticksBefore > 2, "it takes its time over this link");
    }

    private List<Integer> seenBy(final int client) {
        final World world = peers.client(client).world();
        final ComponentType<Score> score = world.type(Score.class);
        final TreeSet<Integer> seen = new TreeSet<>();
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            final int entity = world.entityAt(slot);
            if (entity != NetworkId.NONE && score.on(entity)) {
                seen.add(score.get(entity).number);
            }
        }
        return List.copyOf(seen);
    }
}
