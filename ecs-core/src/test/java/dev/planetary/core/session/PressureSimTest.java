package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Bands;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.Explanation;
import dev.planetary.core.component.Position;
import dev.planetary.core.simnet.LinkFaults;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crowd around a player whose budget is too small for it: who is told of what, how late, and that all are right in the end. */
class PressureSimTest {
    private static final int CROWD = 500;
    private static final int MTU = 1_300;
    private static final int RING_METRES = 16;
    private static final double EDGE_METRES = 63;
    private static final LinkFaults LOSSY = new LinkFaults(5, 4, 50, 10, 1, 1);

    private final int[] worst = new int[4];
    private final double[] sum = new double[4];
    private final int[] looks = new int[4];

    private static SimulatedPeers peers(final long seed, final int budget, final LinkFaults faults) {
        return new SimulatedPeers(seed).faults(faults).host(settings -> settings.budgetBytesPerSecond(budget)).start();
    }

    private void look(final Crowd crowd) {
        for (int i = 0; i < crowd.size(); i++) {
            final double metres = crowd.metres(i, 0);
            if (metres < EDGE_METRES) {
                final int ring = (int)(metres / RING_METRES);
                final int stale = crowd.staleness(i, 0);
                worst[ring] = Math.max(worst[ring], stale);
                sum[ring] += stale;
                looks[ring]++;
            }
        }
    }

    private double mean(final int ring) {
        return sum[ring] / looks[ring];
    }

    /** All move, for so many ticks; the budget is kept in each. */
    private void press(final Crowd crowd, final int budget, final int ticks) {
        final int share = budget / SimulatedPeers.TICK_RATE_HZ;
        for (int tick = 0; tick < 40; tick++) {
            crowd.tick(1_000);
            for (int i = 0; i < crowd.size(); i++) {
                crowd.staleness(i, 0);
            }
        }
        long before = crowd.bytesSent();
        final long begin = before;
        for (int tick = 0; tick < ticks; tick++) {
            crowd.tick(1_000);
            final long sent = crowd.bytesSent() - before;
            before += sent;
            assertTrue(sent <= 2 * share + MTU, () -> sent + " bytes in one tick");
            look(crowd);
        }
        final double used = (before - begin) / (double)((long)share * ticks);
        assertTrue(used > 0.98 - MTU / (double)((long)share * ticks) && used < 1.02 + MTU / (double)((long)share * ticks), "of the budget: " + used);
    }

    /** Nothing moves any more: all that the client shows is right within so many ticks. */
    private static void converge(final Crowd crowd, final int most) {
        for (int tick = 0; tick < most; tick++) {
            crowd.tick(0);
        }
        for (int i = 0; i < crowd.size(); i++) {
            assertTrue(crowd.metres(i, 0) > EDGE_METRES || crowd.staleness(i, 0) == 0, "entity " + i + " is still not right");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldKeepTheNearFreshAndLetTheFarWaitAndLeaveNobodyOut(final long seed) {
        final Crowd crowd = new Crowd(peers(seed, 20_000, LinkFaults.NONE), seed, CROWD).ring(CROWD, 0, EDGE_METRES);
        crowd.peers.joined(1);
        press(crowd, 20_000, 200);
        assertTrue(worst[0] <= 4 && worst[1] <= 8 && worst[2] <= 25 && worst[3] <= 50, () -> Arrays.toString(worst));
        assertTrue(mean(0) < 0.5 && mean(0) < mean(2) && mean(2) < mean(3), () -> Arrays.toString(sum));
        converge(crowd, 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldDoSoOverALinkThatLoses(final long seed) {
        final Crowd crowd = new Crowd(peers(seed, 20_000, LOSSY), seed, CROWD).ring(CROWD, 0, EDGE_METRES);
        crowd.peers.joined(1);
        press(crowd, 20_000, 200);
        assertTrue(worst[0] <= 16 && worst[1] <= 30 && worst[2] <= 50 && worst[3] <= 80, () -> Arrays.toString(worst));
        assertTrue(mean(0) < 3 && mean(0) < mean(2) && mean(2) < mean(3), () -> Arrays.toString(sum));
        converge(crowd, 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldLeaveNobodyOutWithAFortiethOfWhatItWouldTake(final long seed) {
        final Crowd crowd = new Crowd(peers(seed, 5_000, LOSSY), seed, CROWD).ring(CROWD, 0, EDGE_METRES);
        crowd.peers.joined(1);
        press(crowd, 5_000, 300);
        assertTrue(worst[0] <= 40 && worst[3] <= 300, () -> Arrays.toString(worst));
        assertTrue(mean(0) < mean(2) && mean(2) < mean(3), () -> Arrays.toString(sum));
        converge(crowd, 80);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldServeAllOfACellThatDoesNotFitInTurn(final long seed) {
        final Crowd crowd = new Crowd(peers(seed, 20_000, LinkFaults.NONE), seed, CROWD).square(CROWD, 8, 8, 7.4);
        crowd.peers.joined(1);
        press(crowd, 20_000, 150);
        // All of them take about five ticks' worth.
        assertTrue(worst[0] <= 8, () -> Arrays.toString(worst));
        converge(crowd, 10);
    }

    @Test
    void shouldServeAllOfACellThatDoesNotFitOverALinkThatLosesHalf() {
        final Crowd crowd = new Crowd(peers(5, 20_000, new LinkFaults(40, 3, 60, 30, 4, 2)), 5, CROWD).square(CROWD, 8, 8, 7.4);
        crowd.peers.joined(1);
        press(crowd, 20_000, 300);
        assertTrue(worst[0] <= 120, () -> Arrays.toString(worst));
        converge(crowd, 100);
    }

    @Test
    void shouldNotLetACrowdFarAwayMakeTheNearStale() {
        final Crowd crowd = new Crowd(peers(6, 20_000, LinkFaults.NONE), 6, CROWD).ring(100, 0, 30).square(400, 40, 8, 7.4);
        crowd.peers.joined(1);
        press(crowd, 20_000, 150);
        assertTrue(worst[0] <= 2 && worst[1] <= 2 && worst[2] <= 12, () -> Arrays.toString(worst));
        converge(crowd, 10);
    }

    @Test
    void shouldTellOfThoseWhoLeaveACellThatDoesNotFit() {
        final SimulatedPeers peers = peers(7, 5_000, LOSSY);
        final Crowd crowd = new Crowd(peers, 7, CROWD).square(CROWD, 8, 8, 7.4);
        final int[] others = new int[60];
        for (int i = 0; i < others.length; i++) {
            others[i] = peers.spawn(new Position(4, 0, 4), new Score(i));
        }
        peers.joined(1);
        for (int tick = 0; tick < 120; tick++) {
            if (tick % 2 == 0) {
                peers.host().world().despawn(others[tick / 2]);
            }
            crowd.tick(1_000);
        }
        for (int tick = 0; tick < 60; tick++) {
            crowd.tick(1_000);
        }
        assertEquals(CROWD, peers.count(0, Score.class), "all of the others are gone while the crowd still moves");
        peers.settle();
    }

    @Test
    void shouldServePlayersThatWalkThroughACrowdOfAvatars() {
        final SimulatedPeers peers = peers(8, 20_000, LOSSY);
        final Crowd crowd = new Crowd(peers, 8, CROWD).ring(CROWD - 8, 0, 100);
        peers.joined(6);
        final int[] avatars = new int[6];
        for (int i = 0; i < 6; i++) {
            avatars[i] = peers.spawn(new Position(0, 0, 0), new Score(-1 - i));
        }
        for (int tick = 0; tick < 200; tick++) {
            for (int i = 0; i < 6; i++) {
                final double angle = i + tick / 40.0;
                peers.seat(i).anchor(50 * Math.cos(angle), 0, 50 * Math.sin(angle));
                peers.move(avatars[i], 50 * Math.cos(angle), 50 * Math.sin(angle));
            }
            crowd.tick(1_000);
        }
        peers.settle();
    }

    // ---- bands ----

    private static final int NEAR = 0;
    private static final int FAR = 1;

    private static Crowd nearAndFar(final String bands, final LinkFaults faults) {
        final SimulatedPeers peers = new SimulatedPeers(9).faults(faults).host(settings -> settings.bands(Bands.parse(bands))).start();
        final Crowd crowd = new Crowd(peers, 9, CROWD).square(1, 8, 8, 1).square(1, 56, 8, 1).ring(CROWD - 2, 0, EDGE_METRES);
        peers.joined(1);
        peers.tick(20);
        return crowd;
    }

    @Test
    void shouldAskFarCellsInTheirTurnsAndNearOnesEachTick() {
        final Crowd crowd = nearAndFar("0.5:4", LinkFaults.NONE);
        final int[] seen = new int[8];
        int near = 0;
        for (int tick = 0; tick < 80; tick++) {
            crowd.tick(1_000);
            near = Math.max(near, crowd.staleness(NEAR, 0));
            seen[crowd.staleness(FAR, 0)]++;
        }
        assertEquals(0, near, "ticks that the near one was late");
        for (int late = 0; late < 4; late++) {
            assertEquals(20, seen[late], 1, "ticks in which the far one was late by " + late);
        }
        converge(crowd, 4);
    }

    @Test
    void shouldSaveBytesWithBandsWhereTheFarChangeEachTick() {
        final LinkFaults away = new LinkFaults(0, 1, 50, 0, 0, 0);
        final long[] bytes = new long[2];
        for (int i = 0; i < 2; i++) {
            final Crowd crowd = nearAndFar(i == 0 ? "none" : "0.25:2,0.5:4", away);
            for (int tick = 0; tick < 20; tick++) {
                crowd.tick(1_000);
            }
            final long before = crowd.bytesSent();
            for (int tick = 0; tick < 80; tick++) {
                crowd.tick(1_000);
            }
            bytes[i] = crowd.bytesSent() - before;
            converge(crowd, 12);
        }
        assertTrue(bytes[1] < bytes[0] * 0.7, () -> bytes[1] + " bytes with bands, " + bytes[0] + " without");
    }

    @Test
    void shouldNotLoseWhatIsFinalInAFarCell() {
        for (long seed = 1; seed <= 5; seed++) {
            final SimulatedPeers peers = new SimulatedPeers(seed).faults(new LinkFaults(20, 3, 60, 30, 4, 2))
                .host(settings -> settings.bands(Bands.parse("0.25:2,0.5:8")).budgetBytesPerSecond(20_000)).start();
            final Crowd crowd = new Crowd(peers, seed, 300).ring(300, 0, 70);
            peers.joined(2);
            for (int tick = 0; tick < 60; tick++) {
                crowd.tick(300);
            }
            peers.settle();
        }
    }

    // ---- why ----

    @Test
    void shouldSayWhyACellWasNotSent() {
        final SimulatedPeers peers = peers(11, 5_000, LinkFaults.NONE);
        final Crowd crowd = new Crowd(peers, 11, CROWD).square(250, 8, 8, 7).square(250, 56, 8, 7);
        peers.joined(1);
        for (int tick = 0; tick < 40; tick++) {
            crowd.tick(0);
        }
        final int seat = peers.client(0).seat();
        final Explanation quiet = peers.host().explain(seat, 0, CellKey.spatial(0, 0)).orElseThrow();
        assertTrue(quiet.held() && !quiet.queued() && quiet.head() == quiet.base() && quiet.base() == quiet.lean(), quiet.toString());
        for (int tick = 0; tick < 40; tick++) {
            crowd.tick(1_000);
        }
        final Explanation far = peers.host().explain(seat, 0, CellKey.spatial(3, 0)).orElseThrow();
        assertTrue(far.held() && far.queued() && far.base() < far.head() && far.staleTicks() >= 0, far.toString());
        assertFalse(peers.host().explain(seat, 0, CellKey.spatial(99, 0)).orElseThrow().held(), "beyond the window");
        assertTrue(peers.host().explain(7, 0, CellKey.spatial(0, 0)).isEmpty(), "nobody sits there");
    }
}
