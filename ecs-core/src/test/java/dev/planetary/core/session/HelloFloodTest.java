package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.sbe.GoodbyeEncoder;
import dev.planetary.core.sbe.HelloEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.transport.ClientTransport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Somebody who makes up identities by the thousand. */
class HelloFloodTest {
    private static final int FORGED = 100_000;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[512]);
    private final Set<Integer> numbers = new HashSet<>();
    private final SimulatedPeers peers = new SimulatedPeers(1)
        .host(settings -> settings.maxPlayers(4))
        .plugin(PluginSketch.named("census", 913).onHost(host -> host.seats(new SeatListener() {
            @Override
            public void onSeated(final Seat seat) {
                numbers.add(seat.number());
            }

            @Override
            public void onLeft(final Seat seat) {
                assertTrue(numbers.contains(seat.number()), "who left was seated");
            }
        })))
        .start();

    @Test
    void shouldReadOnlySoManyHellosInATick() {
        for (int i = 0; i < 1_000; i++) {
            hello(FORGED + i, i);
        }
        assertEquals(4, peers.host().players(), "seats are as many as they are");
        assertEquals(4, numbers.size(), "refused players get no seat of their own");
        assertEquals(1_000 - 32, peers.hostCount(CoreCounter.UNKNOWN_SENDERS), "the rest was not looked at");
    }

    @Test
    void shouldSeatAnHonestPlayerAfterAFlood() {
        for (int tick = 0; tick < 20; tick++) {
            for (int i = 0; i < 100; i++) {
                hello(FORGED + i, i);
                goodbye(FORGED + i, i);
            }
            peers.tick(1);
        }
        final int ada = peers.join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 40, "Ada should play");
    }

    @Test
    void shouldTakePlacesBackFromThoseWhoNeverSayHello() {
        final List<ClientTransport> strangers = new ArrayList<>();
        for (int i = 0; i < SimulatedPeers.MOST_CONNECTIONS; i++) {
            strangers.add(peers.network().client());
        }
        tickWith(strangers, 20);
        assertTrue(strangers.stream().allMatch(ClientTransport::isConnected), "strangers hold all places");
        final int ada = peers.join("Ada");
        tickWith(strangers, 100);
        assertEquals(ClientState.CONNECTING, peers.client(ada).state(), "there is none left for Ada");
        tickWith(strangers, 120);
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 40, "Ada should play, and go on playing");
        tickWith(strangers, 300);
        assertEquals(ClientState.PLAYING, peers.client(ada).state());
        assertTrue(strangers.stream().noneMatch(ClientTransport::isConnected), "strangers are sent away");
    }

    private void tickWith(final List<ClientTransport> strangers, final int ticks) {
        for (int i = 0; i < ticks; i++) {
            peers.tick(1);
            for (final ClientTransport stranger : strangers) {
                stranger.poll((buffer, offset, length) -> { });
                stranger.flush();
            }
        }
    }

    @Test
    void shouldRememberABoundedNumberOfPlayersAndNeverGiveAwayASeatInUse() {
        peers.joined(1);
        final PlayerId ada = peers.player(0).id;
        final int seat = peers.client(0).seat();
        peers.client(0).say("I was here");
        peers.tick(5);
        peers.client(0).leave();
        peers.tick(5);
        for (int i = 0; i < 10_000; i++) {
            if (i % 32 == 0) {
                peers.tick(1);
            }
            hello(FORGED, i);
            goodbye(FORGED, i);
        }
        assertEquals(4 + 4_096, numbers.size(), "seats of those who did nothing are given away");
        peers.tick(1);
        final int again = peers.join(ada, "Ada");
        peers.tickUntil(() -> peers.client(again).state() == ClientState.PLAYING, 40, "Ada should be back");
        assertEquals(seat, peers.client(again).seat(), "in the seat of which the world may know");
    }

    private void hello(final int number, final long identity) {
        final HelloEncoder hello = new HelloEncoder();
        hello.wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder())
            .protocolVersion(SessionProtocol.VERSION).attempt(identity).identityHigh(99).identityLow(identity);
        hello.schemasCount(0);
        hello.playerName("nobody").password("");
        peers.host().peers().onDatagram(number, bytes, 0, SessionProtocol.HEADER + hello.encodedLength());
    }

    private void goodbye(final int number, final long attempt) {
        final GoodbyeEncoder goodbye = new GoodbyeEncoder();
        goodbye.wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder()).attempt(attempt).sentence("bye");
        peers.host().peers().onDatagram(number, bytes, 0, SessionProtocol.HEADER + goodbye.encodedLength());
    }
}
