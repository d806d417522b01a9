package dev.planetary.core.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.EntityListener;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StandaloneGameTest {
    private static final RequestType MOVE = new RequestType("move", 100, 1, 4);

    private final List<String> seen = new ArrayList<>();
    private final StandaloneGame game = new StandaloneGame(GameOptions.seeded(1)).plugin(() -> new Probe(seen)).start();

    @Test
    void shouldShowTheClientWhatChangedAndNothingElse() {
        final World hosts = game.host().world();
        final Position position = new Position(1, 2, 3);
        final int entity = hosts.spawn(position);
        game.tick();
        assertEquals(new Position(1, 2, 3), game.client().core().position().get(entity));
        assertEquals(1, game.changes("position"));

        position.x = 5;
        game.tick();
        assertEquals(1, game.client().core().position().get(entity).x, "nobody marked it");
        game.host().core().position().markDirty(entity);
        game.tick();
        assertEquals(5, game.client().core().position().get(entity).x);
        game.host().core().position().markDirty(entity);
        game.tick();
        assertEquals(2, game.changes("position"), "equal bytes are no change");

        hosts.add(entity, new Owner(3));
        hosts.remove(entity, game.host().core().position());
        game.tick();
        assertEquals(3, game.client().core().owner().get(entity).seat);
        assertNull(game.client().core().position().get(entity));

        hosts.despawn(entity);
        game.tick();
        assertFalse(game.client().world().isAlive(entity));
        assertEquals(List.of("entered", "changed position", "changed owner", "left"), seen);
    }

    @Test
    void shouldHideWhatIsPrivateToOthers() {
        final Seat own = game.join(new PlayerId(1, 1), "own");
        final Seat other = game.join(new PlayerId(2, 2), "other");
        final int mine = game.host().world().spawn(new PrivateTo(own.number()));
        final int theirs = game.host().world().spawn(new PrivateTo(other.number()));
        game.tick();
        assertTrue(game.client().world().isAlive(mine));
        assertFalse(game.client().world().isAlive(theirs));
    }

    @Test
    void shouldGiveThePlayerItsOwnSeatBack() {
        final Seat first = game.join(new PlayerId(1, 1), "one");
        final Seat second = game.join(new PlayerId(2, 2), "two");
        assertNotEquals(first.number(), second.number());
        game.leave(first);
        assertEquals(-1, game.client().seat());
        assertEquals(first.number(), game.join(new PlayerId(1, 1), "one").number());
        assertEquals(List.of("seated one", "seated two", "left one", "seated one"), game.announcements());
    }

    @Test
    void shouldCarryInputsRequestsAndVerdicts() {
        final List<String> verdicts = new ArrayList<>();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
        assertEquals(RequestSender.NONE, game.client().requests().send(MOVE, message, 0, 4), "nobody sits there yet");
        game.join(new PlayerId(1, 1), "one");
        game.client().requests().onVerdict((id, approved, reason, detail) -> verdicts.add(id + " " + approved + " " + reason));
        assertEquals(1, game.client().requests().send(MOVE, message, 0, 4));
        message.putInt(0, 7);
        assertEquals(2, game.client().requests().send(MOVE, message, 0, 4));
        game.tick();
        assertEquals(List.of("1 false nowhere to go", "2 true "), verdicts);
        assertEquals(List.of("seated one", "input 9", "moved 7"), game.announcements());
    }

    @Test
    void shouldContinueFromWhatWasSaved() {
        final int entity = game.host().world().spawn(new Position(1, 2, 3), new Owner(4));
        game.host().world().spawn(new PrivateTo(1));
        final StandaloneGame next = new StandaloneGame(GameOptions.seeded(1)).plugin(() -> new Probe(seen)).continueFrom(game.save()).start();
        assertEquals(1, next.host().world().count(), "the plugin never saves what is private");
        assertEquals(new Position(1, 2, 3), next.host().core().position().get(entity));
        assertEquals(4, next.host().core().owner().get(entity).seat);
        assertTrue(next.host().options().newWorld().isEmpty());
    }

    @Test
    void shouldTickWithoutAllocation() {
        final int entity = game.host().world().spawn(new Position());
        game.tick(2_000);
        game.host().core().position().markDirty(entity);
        assertEquals(0, game.allocatedBytes(100));
    }

    /** Announces what reaches it. */
    private static final class Probe implements GamePlugin {
        private final List<String> seen;

        Probe(final List<String> seen) {
            this.seen = seen;
        }

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public int schemaId() {
            return 100;
        }

        @Override
        public int schemaVersion() {
            return 1;
        }

        @Override
        public void register(final GameContext game) {
            // The shared components are enough.
        }

        @Override
        public void host(final HostContext host) {
            host.neverSave(host.core().privateTo());
            host.system(Phase.SIMULATE, "idle", (world, tick) -> {
            });
            host.input(2, 4, (seat, buffer, offset, length, version, tick) -> host.announce("input " + buffer.getInt(offset)));
            host.request(MOVE, (seat, buffer, offset, length, version, tick) -> judge(host, buffer, offset));
            host.seats(new SeatListener() {
                @Override
                public void onSeated(final Seat seat) {
                    host.announce("seated " + seat.name());
                }

                @Override
                public void onLeft(final Seat seat) {
                    host.announce("left " + seat.name());
                }
            });
        }

        @Override
        public void client(final ClientContext client) {
            client.input(2, 4, (buffer, offset) -> buffer.putInt(offset, 9));
            client.listen(new EntityListener() {
                @Override
                public void onEntered(final int entity) {
                    seen.add("entered");
                }

                @Override
                public void onChanged(final int entity, final long components) {
                    seen.add("changed " + client.world().types().get(Long.numberOfTrailingZeros(components)).name());
                }

                @Override
                public void onLeft(final int entity) {
                    seen.add("left");
                }
            });
        }

        private static Verdict judge(final HostContext host, final DirectBuffer buffer, final int offset) {
            final int to = buffer.getInt(offset);
            return to == 0 ? Verdict.rejected("nowhere to go") : Verdict.approved(() -> host.announce("moved " + to));
        }
    }
}
