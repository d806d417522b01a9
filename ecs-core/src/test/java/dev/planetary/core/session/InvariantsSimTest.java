package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.cell.Window;
import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.simnet.LinkFaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must be true of a host at every tick, whatever the links do. */
class InvariantsSimTest {
    private static final LinkFaults BAD = new LinkFaults(20, 3, 100, 50, 4, 2);
    private static final int BUDGET = 20_000;
    private static final int A_TICK = BUDGET / SimulatedPeers.TICK_RATE_HZ;
    private static final int MTU = 1_300;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Integer> entities = new ArrayList<>();

    private void wander(final SimulatedPeers peers, final int oneIn) {
        for (final int entity : entities) {
            if (random.nextInt(oneIn) == 0) {
                final Position position = peers.host().core().position().get(entity);
                peers.move(entity, clamp(position.x + random.nextDouble(-4, 4)), clamp(position.z + random.nextDouble(-4, 4)));
            }
        }
        for (int i = 0; i < peers.players(); i++) {
            final HostSeat seat = peers.seat(i);
            seat.anchor(clamp(seat.anchorX() + random.nextDouble(-3, 3)), 0, clamp(seat.anchorZ() + random.nextDouble(-3, 3)));
        }
    }

    private static double clamp(final double metres) {
        return Math.max(-120, Math.min(120, metres));
    }

    private void populate(final SimulatedPeers peers, final int count, final double half) {
        for (int i = 0; i < count; i++) {
            entities.add(peers.spawn(new Position(random.nextDouble(-half, half), 0, random.nextDouble(-half, half)), new Score(i)));
        }
    }

    @Test
    void shouldKeepBaseBehindCursorBehindHeadAndNumberStaysUpwards() {
        final SimulatedPeers peers = new SimulatedPeers(1).faults(BAD).host(settings -> settings.budgetBytesPerSecond(BUDGET)).start();
        populate(peers, 400, 120);
        peers.joined(4);
        final List<Map<Long, Integer>> stays = new ArrayList<>();
        final int[] newestStay = new int[4];
        for (int i = 0; i < 4; i++) {
            stays.add(new HashMap<>());
        }
        for (int tick = 0; tick < 300; tick++) {
            wander(peers, 3);
            peers.tick(1);
            for (int i = 0; i < 4; i++) {
                final Window window = peers.host().windowOf(peers.client(i).seat());
                int newest = newestStay[i];
                for (int t = 0; t < window.size(); t++) {
                    final CellTrack track = window.track(t);
                    final long head = window.source(track).head(handle(peers, track));
                    assertTrue(track.base <= track.cursor && track.cursor <= head,
                        "base " + track.base + ", cursor " + track.cursor + ", head " + head);
                    final Integer before = stays.get(i).put(track.cell(), track.residency());
                    assertTrue(before == null || before.equals(track.residency()) || track.residency() > newestStay[i],
                        "the cell came back under stay " + track.residency() + ", not above " + newestStay[i]);
                    newest = Math.max(newest, track.residency());
                }
                newestStay[i] = newest;
            }
        }
        peers.settle();
    }

    private static int handle(final SimulatedPeers peers, final CellTrack track) {
        // Watching twice gives the handle that the window has.
        final int handle = peers.host().sources().get(0).watch(track.cell());
        peers.host().sources().get(0).unwatch(handle);
        return handle;
    }

    @Test
    void shouldKeepEachPlayerWithinItsBudget() {
        final SimulatedPeers peers = new SimulatedPeers(2).host(settings -> settings.budgetBytesPerSecond(BUDGET)).start();
        populate(peers, 300, 60);
        peers.joined(1);
        peers.tick(40);
        final List<Long> sent = new ArrayList<>();
        for (int tick = 0; tick < 400; tick++) {
            final long before = peers.hostCount(CoreCounter.BYTES_SENT);
            wander(peers, 1);
            peers.tick(1);
            sent.add(peers.hostCount(CoreCounter.BYTES_SENT) - before);
        }
        // A bucket of two ticks, and the datagram that empties it may take more than was there.
        for (int from = 0; from < sent.size(); from++) {
            long bytes = 0;
            for (int to = from; to < sent.size(); to++) {
                bytes += sent.get(to);
                final long most = (long)(to - from + 1) * A_TICK + 2 * A_TICK + MTU;
                final String ticks = "ticks " + from + " to " + to;
                final long sum = bytes;
                assertTrue(bytes <= most, () -> ticks + ": " + sum + " bytes, expected at most " + most);
            }
        }
        assertTrue(sent.stream().mapToLong(Long::longValue).sum() > 390L * A_TICK, "and the budget was needed: " + sent);
    }

    @Test
    void shouldServeTheNearestFirstUnderPressureAndConverge() {
        final SimulatedPeers peers = new SimulatedPeers(3).faults(new LinkFaults(2, 1, 40, 10, 0, 0))
            .host(settings -> settings.budgetBytesPerSecond(BUDGET)).start();
        populate(peers, 1_200, 60);
        peers.joined(1);
        double nearStale = 0;
        double farStale = 0;
        int near = 0;
        int far = 0;
        for (int tick = 0; tick < 300; tick++) {
            for (int i = 0; i < entities.size(); i++) {
                peers.score(entities.get(i), peers.host().tickNumber() + 1);
            }
            peers.tick(1);
            if (tick < 60) {
                continue;
            }
            for (final int entity : entities) {
                final Position at = peers.host().core().position().get(entity);
                final double metres = Math.hypot(at.x, at.z);
                if (peers.scoreOf(0, entity) >= 0 && metres < 20) {
                    nearStale += peers.host().tickNumber() - peers.scoreOf(0, entity);
                    near++;
                } else if (peers.scoreOf(0, entity) >= 0 && metres > 45 && metres < 60) {
                    farStale += peers.host().tickNumber() - peers.scoreOf(0, entity);
                    far++;
                }
            }
        }
        final String measured = "stale by " + nearStale / near + " ticks near, " + farStale / far + " far";
        assertTrue(near > 1_000 && far > 1_000, near + " looks near, " + far + " far");
        assertTrue(nearStale / near * 1.5 < farStale / far, measured);
        peers.settle();
    }

    @Test
    void shouldHaveNothingInFlightButKeepAlivesAfterQuiet() {
        final SimulatedPeers peers = new SimulatedPeers(4).faults(BAD).start();
        populate(peers, 200, 100);
        peers.joined(4);
        for (int tick = 0; tick < 100; tick++) {
            wander(peers, 4);
            peers.client(tick % 4).say("hello");
            peers.tick(1);
        }
        peers.settle();
        peers.tick(60);
        assertTrue(peers.host().isSettled(), "nothing is left to say");
        final long bytes = peers.hostCount(CoreCounter.BYTES_SENT);
        final long datagrams = peers.hostCount(CoreCounter.DATAGRAMS_SENT);
        peers.tick(40);
        final long sent = peers.hostCount(CoreCounter.DATAGRAMS_SENT) - datagrams;
        final long beyond = peers.hostCount(CoreCounter.BYTES_SENT) - bytes - sent * StateHead.LEAST;
        final int acks = StateHead.length(StateHead.ACKS) - StateHead.LEAST;
        assertEquals(0, beyond % acks, "heads alone, some with acks of inputs");
        assertTrue(beyond / acks <= sent / 2, beyond / acks + " of " + sent + " heads have acks");
        assertEquals(4 * 40 / SessionProtocol.keepAliveTicks(20), sent, 4, "one each four ticks for each player");
        for (int i = 0; i < 4; i++) {
            assertEquals(0, peers.client(i).connection().heldCount(), "client " + i + " holds nothing");
            final Window window = peers.host().windowOf(peers.client(i).seat());
            for (int t = 0; t < window.size(); t++) {
                final CellTrack track = window.track(t);
                final long head = window.source(track).head(handle(peers, track));
                assertTrue(track.base == head && track.cursor == head, "every track of client " + i + " is at its head");
            }
        }
    }
}
