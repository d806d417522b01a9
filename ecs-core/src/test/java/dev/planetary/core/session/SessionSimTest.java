package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.simnet.LinkFaults;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What players live through from the first knock to the goodbye. */
class SessionSimTest {
    private static final LinkFaults BAD = new LinkFaults(20, 3, 80, 40, 4, 4);
    private static final LinkFaults FAR = new LinkFaults(0, 1, 100, 0, 0, 0);

    // ---- joining ----

    @Test
    void shouldTellThePlayerWhenItsFirstWindowIsComplete() {
        final SimulatedPeers peers = new SimulatedPeers(1).faults(BAD).start();
        for (int i = 0; i < 100; i++) {
            peers.spawn(new Position(i % 10 - 5, 0, i / 10 - 5), new Score(i));
        }
        final int ada = peers.join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 200, "Ada should be playing");
        assertEquals(100, peers.count(ada, Score.class), "all entities in view have arrived when the window is said to be complete");
        assertTrue(peers.client(ada).joinNs() > 0, "the time of joining is known");
        assertTrue(peers.client(ada).seat() >= 0, "and the seat");
        assertEquals(List.of("Ada"), peers.host().playerNames());
    }

    @Test
    void shouldRefuseWithASentenceWhenAllSeatsAreTaken() {
        final SimulatedPeers peers = new SimulatedPeers(2).faults(BAD).host(settings -> settings.maxPlayers(2)).start().joined(2);
        final int late = peers.join("Late");
        peers.tickUntil(() -> peers.client(late).state().isOver(), 200, "the third player should be refused");
        assertEquals(ClientState.REFUSED, peers.client(late).state());
        assertEquals("all 2 seats are taken", peers.client(late).sentence());
        assertEquals(2, peers.host().players());
    }

    @Test
    void shouldRefuseAWrongPasswordAndTakeTheRightOne() {
        final SimulatedPeers peers = new SimulatedPeers(3).host(settings -> settings.password("sesame")).start();
        final int stranger = peers.join("Stranger");
        peers.tickUntil(() -> peers.client(stranger).state().isOver(), 50, "a player without the password should be refused");
        assertEquals("wrong password", peers.client(stranger).sentence());
        final int ada = peers.clients(settings -> settings.password("sesame")).join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 50, "a player with the password should play");
    }

    @Test
    void shouldGiveTheSameIdentityItsSeatAtOnce() {
        final SimulatedPeers peers = new SimulatedPeers(4).host(settings -> settings.maxPlayers(1)).start();
        final PlayerId id = new PlayerId(7, 7);
        final int first = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(first).state() == ClientState.PLAYING, 50, "Ada should play");
        final int seat = peers.client(first).seat();
        peers.crash(first);
        final int second = peers.join(id, "Ada again");
        final int ticks = peers.tickUntil(() -> peers.client(second).state() == ClientState.PLAYING, 50, "Ada should play again");
        assertTrue(ticks < 15, "well before the silence of the crashed client was noticed, took " + ticks + " ticks");
        assertEquals(seat, peers.client(second).seat(), "her seat");
        assertEquals(List.of("Ada again"), peers.host().playerNames());
    }

    @Test
    void shouldTellTheFormerSessionThatThePlayerJoinedFromElsewhere() {
        final SimulatedPeers peers = new SimulatedPeers(5).start();
        final PlayerId id = new PlayerId(7, 7);
        final int first = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(first).state() == ClientState.PLAYING, 50, "Ada should play");
        final int second = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(second).state() == ClientState.PLAYING, 50, "Ada should play at her other machine");
        assertEquals(ClientState.ENDED, peers.client(first).state());
        assertEquals("you joined again from elsewhere", peers.client(first).sentence());
    }

    /** Guards against views being compared while the last answer is lost and not yet missed. */
    @Test
    void shouldNotBeSettledBeforeTheLastAnswerIsAcknowledged() {
        final SimulatedPeers peers = new SimulatedPeers(12).faults(FAR).start().joined(1);
        peers.tickUntil(() -> peers.host().isSettled(), 100, "a still world should settle");
        peers.network().cutDown(peers.player(0).transport, peers.network().nowNs() + 200_000_000L);
        peers.spawn(new Position(1, 0, 1), new Score(5));
        peers.tick(3);
        assertEquals(0, peers.count(0, Score.class), "the answer was lost");
        assertFalse(peers.host().isSettled(), "what was sent may be lost");
        peers.tickUntil(() -> peers.host().isSettled(), 100, "it should settle again");
        assertEquals(1, peers.count(0, Score.class), "the player has what the host calls settled");
    }

    // ---- leaving ----

    @Test
    void shouldFreeTheSeatOfOneWhoLeavesWithinARoundTrip() {
        final SimulatedPeers peers = new SimulatedPeers(6).faults(FAR).host(settings -> settings.maxPlayers(1)).start().joined(1);
        peers.client(0).leave();
        final int ticks = peers.tickUntil(() -> peers.host().players() == 0, 50, "the seat should be free");
        assertTrue(ticks <= 4, "within a round trip of 200 ms, took " + ticks + " ticks");
    }

    @Test
    void shouldFreeTheSeatOfASilentClient() {
        final SimulatedPeers peers = new SimulatedPeers(7).host(settings -> settings.silenceMs(1_000)).start().joined(2);
        peers.crash(0);
        final int ticks = peers.tickUntil(() -> peers.host().players() == 1, 100, "the silent one should be let go");
        assertTrue(ticks >= 15 && ticks <= 22, "after a second of silence, took " + ticks + " ticks");
    }

    @Test
    void shouldTellPlayersWhenTheHostStops() {
        final SimulatedPeers peers = new SimulatedPeers(8).faults(FAR).start().joined(3);
        peers.host().stop("back at eight");
        peers.tick(5);
        for (int i = 0; i < 3; i++) {
            assertEquals(ClientState.ENDED, peers.client(i).state());
            assertEquals("back at eight", peers.client(i).sentence());
        }
        assertEquals(0, peers.host().players());
    }

    @Test
    void shouldLoseAHostThatFallsSilent() {
        final SimulatedPeers peers = new SimulatedPeers(9).clients(settings -> settings.silenceMs(1_000)).start().joined(1);
        peers.network().cut(peers.player(0).transport, Long.MAX_VALUE);
        peers.tick(25);
        assertEquals(ClientState.LOST, peers.client(0).state());
        assertEquals("the host was not heard for 1.0 s", peers.client(0).sentence());
    }

    // ---- chat ----

    @Test
    void shouldBringEveryLineToEverybodyOnceAndInOneOrder() {
        final SimulatedPeers peers = new SimulatedPeers(10).faults(BAD).start().joined(4);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 4; i++) {
                assertTrue(peers.client(i).say("line " + round + " of " + i) != 0, "the lane has room");
            }
            peers.tick(2);
        }
        peers.host().announce("that was all");
        peers.tickUntil(() -> allHeard(peers, 81), 400, "everybody should have heard 81 lines");
        final List<String> heard = peers.player(0).chat;
        assertEquals(81, heard.stream().distinct().count(), "each line once");
        assertTrue(heard.contains("player 2: line 7 of 2") && heard.contains("host: that was all"), heard::toString);
        for (int i = 1; i < 4; i++) {
            assertEquals(heard, peers.player(i).chat, "one order for all");
        }
        assertEquals(20, peers.player(0).verdicts.size(), "one verdict for each line said");
    }

    private static boolean allHeard(final SimulatedPeers peers, final int lines) {
        for (int i = 0; i < peers.players(); i++) {
            if (peers.player(i).chat.size() < lines) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldRejectALineThatIsTooLong() {
        final SimulatedPeers peers = new SimulatedPeers(11).start().joined(2);
        final int request = peers.client(0).say("x".repeat(241));
        peers.tick(5);
        assertEquals(
            List.of(new SimulatedPeers.Answer(request, false, "too long: a line has at most 240 characters")), peers.player(0).verdicts);
        assertTrue(peers.player(1).chat.isEmpty(), "nobody heard it");
    }

    @Test
    void shouldLetNobodyPutControlCharactersIntoALine() {
        final SimulatedPeers peers = new SimulatedPeers(12).start().joined(1);
        peers.client(0).say("a\u001b[31mb\nc\u0000");
        peers.tick(5);
        assertEquals(List.of("player 0: a[31mbc"), peers.player(0).chat);
    }

    // ---- plugins ----

    @Test
    void shouldShowTheRestToAClientThatLacksAPlugin() {
        final PluginSketch extra = PluginSketch.named("extra", 911)
            .with(game -> game.component("badge", 1, Badge.class, Badge::new, Badge.CODEC))
            .onHost(host -> host.source(new PageSource(911)));
        final SimulatedPeers peers = new SimulatedPeers(13).faults(BAD).hostPlugin(extra).start();
        for (int i = 0; i < 40; i++) {
            if (i % 2 == 0) {
                peers.spawn(new Position(i, 0, 0), new Score(i), new Badge());
            } else {
                peers.spawn(new Position(i, 0, 0), new Score(i));
            }
        }
        final int ada = peers.join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 200, "Ada should play without the plugin");
        assertEquals(40, peers.count(ada, Score.class));
        for (int slot = 0; slot < peers.host().world().slotLimit(); slot++) {
            final int entity = peers.host().world().entityAt(slot);
            if (entity != 0) {
                assertEquals(peers.host().world().type(Score.class).get(entity).number, peers.scoreOf(ada, entity));
            }
        }
        assertEquals(0, peers.client(ada).counters().of(CoreCounter.MALFORMED_MESSAGES).get(), "all of it was read");
    }

    // ---- who sees what ----

    @Test
    void shouldNeverShowAPlayerThePrivateCellOfAnother() {
        final SimulatedPeers peers = new SimulatedPeers(14).faults(BAD).start().joined(3);
        final int[] secrets = new int[3];
        for (int i = 0; i < 3; i++) {
            secrets[i] = peers.spawn(new Position(1, 0, 1), new Score(100 + i), new PrivateTo(peers.client(i).seat()));
        }
        for (int tick = 0; tick < 100; tick++) {
            peers.tick(1);
            for (int i = 0; i < 3; i++) {
                peers.score(secrets[i], tick);
                for (int other = 0; other < 3; other++) {
                    assertTrue(other == i || peers.scoreOf(other, secrets[i]) == -1, "client " + other + " sees what only " + i + " may know");
                }
            }
        }
        peers.settle();
        for (int i = 0; i < 3; i++) {
            assertEquals(99, peers.scoreOf(i, secrets[i]), "its own it sees");
        }
    }

    @Test
    void shouldHideWhatBecomesPrivateToAnother() {
        final SimulatedPeers peers = new SimulatedPeers(15).start().joined(2);
        final int purse = peers.spawn(new Position(1, 0, 1), new Score(5));
        peers.tick(3);
        assertEquals(5, peers.scoreOf(1, purse), "in the open everybody sees it");
        peers.host().world().add(purse, new PrivateTo(peers.client(0).seat()));
        peers.tick(3);
        assertEquals(-1, peers.scoreOf(1, purse), "the other sees it no more");
        assertEquals(5, peers.scoreOf(0, purse), "its owner does");
    }

    @Test
    void shouldShowWhatHasNoPlaceToEverybody() {
        final SimulatedPeers peers = new SimulatedPeers(16).faults(BAD).start().joined(2);
        peers.seat(1).anchor(5_000, 0, 5_000);
        final int weather = peers.spawn(new Score(7));
        peers.tickUntil(
            () -> peers.scoreOf(0, weather) == 7 && peers.scoreOf(1, weather) == 7, 100, "both should see what has no place");
        assertEquals(CellKey.GLOBAL, CellKey.kind(peers.client(1).entities().cellOf(weather)));
        peers.host().world().despawn(weather);
        peers.settle();
        assertEquals(-1, peers.scoreOf(1, weather));
    }

    @Test
    void shouldKeepTheIdentityOfWhatMovesFromViewToView() {
        final SimulatedPeers peers = new SimulatedPeers(17).start().joined(2);
        peers.seat(1).anchor(1_000, 0, 0);
        final int traveller = peers.spawn(new Position(0, 0, 0), new Score(3));
        peers.tick(3);
        assertEquals(3, peers.scoreOf(0, traveller));
        assertEquals(-1, peers.scoreOf(1, traveller));
        peers.move(traveller, 1_000, 0);
        peers.tick(3);
        assertEquals(-1, peers.scoreOf(0, traveller));
        assertEquals(3, peers.scoreOf(1, traveller));
        assertNotNull(peers.client(1).core().position().get(traveller));
        assertNull(peers.difference());
    }
}
