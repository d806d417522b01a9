package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.simnet.LinkFaults;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Requests and their verdicts: each takes effect once, each is answered once. */
class RequestSimTest {
    private static final LinkFaults BAD = new LinkFaults(25, 3, 80, 60, 6, 10);
    private static final int SCHEMA = 920;
    private static final RequestType ADD = new RequestType("add", SCHEMA, 10, 4);
    private static final RequestType UNKNOWN = new RequestType("unknown", SCHEMA, 11, 4);
    private static final RequestType SHORT = new RequestType("short", SCHEMA, 10, 2);

    private final List<Integer> added = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
    private final SimulatedPeers peers = new SimulatedPeers(1).faults(BAD).plugin(adder());

    private PluginSketch adder() {
        return PluginSketch.named("adder", SCHEMA).onHost(host -> host.request(ADD, (seat, buffer, offset, length, version, tick) -> {
            final int number = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            if (number < 0) {
                throw new IllegalStateException("a plugin's mistake");
            }
            return number % 3 == 0 ? Verdict.rejected("no threes: " + number) : Verdict.approved(() -> added.add(number));
        }));
    }

    private int ask(final int i, final RequestType type, final int number) {
        message.putInt(0, number, ByteOrder.LITTLE_ENDIAN);
        return peers.client(i).requests().send(type, message, 0, type.blockLength());
    }

    @Test
    void shouldAnswerEachRequestOnceOverABadLink() {
        peers.start().joined(2);
        final List<SimulatedPeers.Answer> expected = new ArrayList<>();
        for (int number = 1; number <= 200; number++) {
            final int request = ask(0, ADD, number);
            expected.add(new SimulatedPeers.Answer(request, number % 3 != 0, number % 3 == 0 ? "no threes: " + number : ""));
            peers.tick(1);
        }
        peers.tickUntil(() -> peers.player(0).verdicts.size() >= 200, 300, "all should be answered");
        peers.tick(40);
        assertEquals(expected, peers.player(0).verdicts, "each once, in order");
        assertEquals(134, added.size(), "each approved one took effect once");
        assertEquals(134, added.stream().distinct().count());
        assertTrue(peers.player(1).verdicts.isEmpty(), "nobody else hears of it");
    }

    @Test
    void shouldRepeatTheFirstVerdictToAPlayerThatAsksAgainAfterReconnecting() {
        peers.start();
        final PlayerId id = new PlayerId(5, 5);
        final int first = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(first).state() == ClientState.PLAYING, 200, "Ada should play");
        final int request = ask(first, ADD, 7);
        peers.tickUntil(() -> !added.isEmpty(), 100, "it should take effect");
        peers.crash(first);
        final int second = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(second).state() == ClientState.PLAYING, 200, "Ada should play again");
        message.putInt(0, 7, ByteOrder.LITTLE_ENDIAN);
        assertTrue(peers.client(second).requests().sendAgain(request, ADD, message, 0, ADD.blockLength()));
        peers.tickUntil(() -> !peers.player(second).verdicts.isEmpty(), 100, "the repeat should be answered");
        assertEquals(List.of(new SimulatedPeers.Answer(request, true, "")), peers.player(second).verdicts);
        assertEquals(List.of(7), added, "it took effect once");
        assertEquals(1, peers.hostCount(CoreCounter.REQUESTS_REPEATED));
        final int other = ask(second, ADD, 8);
        assertTrue(other != request, "a new request of the new session has a number of its own");
    }

    @Test
    void shouldNotTellANewSessionOfWhatTheFormerOneAsked() {
        peers.faults(LinkFaults.NONE).start();
        final PlayerId id = new PlayerId(5, 5);
        final int first = peers.join(id, "Ada");
        peers.tickUntil(() -> peers.client(first).state() == ClientState.PLAYING, 50, "Ada should play");
        final int second = peers.join(id, "Ada");
        for (int number = 1; !peers.client(first).state().isOver(); number++) {
            // The last of these arrives in the tick in which the new session begins.
            ask(first, ADD, number);
            peers.tick(1);
        }
        peers.tick(20);
        assertEquals(ClientState.PLAYING, peers.client(second).state());
        assertEquals(List.of(), peers.player(second).verdicts);
    }

    @Test
    void shouldRejectReadablyWhatTheHostDoesNotKnow() {
        peers.start().joined(1);
        ask(0, UNKNOWN, 1);
        peers.tickUntil(() -> !peers.player(0).verdicts.isEmpty(), 100, "it should be answered");
        assertEquals("this host does not know that request; it lacks the plugin", peers.player(0).verdicts.get(0).reason());
    }

    @Test
    void shouldRejectWhatIsTooShort() {
        peers.start().joined(1);
        ask(0, SHORT, 1);
        peers.tickUntil(() -> !peers.player(0).verdicts.isEmpty(), 100, "it should be answered");
        assertEquals("the request could not be read", peers.player(0).verdicts.get(0).reason());
        assertEquals(1, peers.hostCount(CoreCounter.MALFORMED_MESSAGES));
    }

    @Test
    void shouldRejectWhenAHandlerFailsAndGoOn() {
        peers.start().joined(1);
        ask(0, ADD, -1);
        ask(0, ADD, 1);
        peers.tickUntil(() -> peers.player(0).verdicts.size() == 2, 100, "both should be answered");
        assertEquals("the host failed at this request; its log says why", peers.player(0).verdicts.get(0).reason());
        assertEquals(List.of(1), added);
    }

    @Test
    void shouldTellAllWhatAnEffectDidBeforeItThrew() {
        final RequestType half = new RequestType("half", SCHEMA + 1, 10, 4);
        final int[] pair = new int[2];
        peers.plugin(PluginSketch.named("clumsy", SCHEMA + 1).onHost(host -> host.request(
            half, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> {
                peers.score(pair[0], 5);
                if (buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) < 0) {
                    throw new IllegalStateException("a plugin's mistake");
                }
                peers.score(pair[1], 5);
            }))));
        peers.start();
        pair[0] = peers.spawn(new Position(1, 0, 0), new Score(1));
        pair[1] = peers.spawn(new Position(30, 0, 0), new Score(1));
        peers.joined(2);
        peers.tickUntil(() -> peers.count(1, Score.class) == 2, 100, "both should be seen");
        ask(0, half, -1);
        peers.tickUntil(() -> !peers.player(0).verdicts.isEmpty(), 100, "it should be answered");
        assertEquals("the host failed at this request; its log says why", peers.player(0).verdicts.get(0).reason());
        assertEquals(1, peers.hostCount(CoreCounter.SYSTEM_ERRORS), "noted");
        peers.tickUntil(() -> peers.scoreOf(0, pair[0]) == 5 && peers.scoreOf(1, pair[0]) == 5, 100, "what it did should be told");
        assertEquals(1, peers.scoreOf(1, pair[1]), "what it did not, not");
        ask(1, half, 1);
        peers.tickUntil(() -> peers.scoreOf(0, pair[1]) == 5 && peers.scoreOf(1, pair[1]) == 5, 100, "the next should be done whole");
        peers.settle();
    }

    @Test
    void shouldJudgeSoManyOfOnePlayerInATick() {
        peers.network().maxDatagramLength(8_000);
        peers.faults(LinkFaults.NONE).start().joined(2);
        for (int number = 0; number < 100; number++) {
            ask(0, ADD, 3 * number + 1);
        }
        ask(1, ADD, 2);
        peers.tickUntil(() -> peers.player(0).verdicts.size() == 100, 100, "all should be answered");
        peers.tick(5);
        final long rejected = peers.player(0).verdicts.stream()
            .filter(answer -> answer.reason().equals("too many requests at once: 64 a tick are judged")).count();
        assertEquals(100 - (added.size() - 1), rejected);
        assertTrue(rejected > 0 && rejected <= 36, "a tick judges 64: " + rejected);
        assertTrue(added.contains(2), "the other player is judged all the same");
    }

    @Test
    void shouldShowTheEffectsOfARequestTogether() {
        final int[] pair = new int[2];
        final SimulatedPeers game = new SimulatedPeers(3).faults(BAD).plugin(PluginSketch.named("pairs", SCHEMA)
            .onHost(host -> host.request(ADD, (seat, buffer, offset, length, version, tick) -> Verdict.approved(() -> {
                for (final int entity : pair) {
                    host.world().type(Score.class).get(entity).number++;
                    host.world().type(Score.class).markDirty(entity);
                }
            }))));
        game.start();
        pair[0] = game.spawn(new Position(-20, 0, 0), new Score(0));
        pair[1] = game.spawn(new Position(20, 0, 0), new Score(0));
        game.joined(3);
        for (int tick = 0; tick < 200; tick++) {
            game.client(tick % 3).requests().send(ADD, message, 0, 4);
            game.tick(1);
            for (int i = 0; i < 3; i++) {
                assertEquals(game.scoreOf(i, pair[0]), game.scoreOf(i, pair[1]), "client " + i + " sees half of it in tick " + tick);
            }
        }
        game.tickUntil(
            () -> game.player(0).verdicts.size() + game.player(1).verdicts.size() + game.player(2).verdicts.size() == 200, 200,
            "all should be answered");
        game.settle();
        assertEquals(200, game.scoreOf(0, pair[0]));
    }
}
