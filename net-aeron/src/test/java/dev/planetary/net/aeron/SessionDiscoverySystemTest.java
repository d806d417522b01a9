package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.transport.SessionDiscovery.Announcer;
import dev.planetary.core.transport.SessionListing;
import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SessionDiscoverySystemTest {
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final int discoveryPort = freePort();
    private final UdpSessionDiscovery discovery = new UdpSessionDiscovery(discoveryPort);

    @Test
    void shouldFindTwoHostsOfOneMachineOnceEach() throws Exception {
        final int first = UdpPorts.freePair(0);
        try (Announcer one = discovery.announce(first, () -> listing("Aster", 3));
            Announcer two = discovery.announce(first + 10, () -> listing("Bor\u001b[31mis\n", 0))) {
            final List<SessionListing> found = search(discovery, List.of(), one, two);
            assertEquals(2, found.size(), found.toString());
            assertEquals("Aster", found.get(0).name());
            assertEquals("Bor[31mis", found.get(1).name(), "nothing that moves a terminal's cursor");
            assertTrue(found.get(0).address().endsWith(":" + first), found.toString());
            assertEquals(3, found.get(0).players());
            assertEquals(8, found.get(0).maxPlayers());
            assertEquals(List.of("terrain", "players"), found.get(0).plugins());
            assertEquals("0.1", found.get(0).version());
            assertTrue(found.get(0).pingMs() >= 0 && found.get(0).pingMs() < 1_000);
        }
    }

    @Test
    void shouldFindEachHostThatIsNamedWithItsPortWithoutMulticast() throws Exception {
        final int first = UdpPorts.freePair(0);
        final UdpSessionDiscovery elsewhere = new UdpSessionDiscovery(freePort());
        try (Announcer one = discovery.announce(first, () -> listing("Aster", 3));
            Announcer two = discovery.announce(first + 10, () -> listing("Boris", 0))) {
            final List<SessionListing> found = search(elsewhere, List.of("localhost:" + first, "127.0.0.1:" + (first + 10)), one, two);
            assertEquals(List.of("127.0.0.1:" + first, "127.0.0.1:" + (first + 10)), found.stream().map(SessionListing::address).toList());
        }
    }

    @Test
    void shouldFindNothingWhereThereIsNothingAndNameAHostThatCannotBeFound() {
        assertEquals(List.of(), discovery.find(List.of("127.0.0.1:9"), Duration.ofMillis(50)));
        final TransportException unknown = assertThrows(
            TransportException.class, () -> discovery.find(List.of("no-such-host.invalid"), PATIENCE));
        assertTrue(unknown.getMessage().contains("no-such-host.invalid"), unknown.getMessage());
        final TransportException port = assertThrows(TransportException.class, () -> discovery.find(List.of("localhost:x"), PATIENCE));
        assertEquals("\"localhost:x\": the port after the colon should be 1 to 65533", port.getMessage());
    }

    @Test
    void shouldDropMalformedQuestionsAndLimitItsAnswers() throws IOException {
        final int port = UdpPorts.freePair(0);
        final Random random = new Random(11);
        try (SessionAnnouncer announcer = (SessionAnnouncer)discovery.announce(port, () -> listing("Aster", 3));
            DatagramChannel stranger = DatagramChannel.open()) {
            final InetSocketAddress direct = new InetSocketAddress("127.0.0.1", port + 2);
            final byte[] junk = new byte[SessionMessages.QUERY_LENGTH];
            for (int i = 0; i < 50; i++) {
                random.nextBytes(junk);
                stranger.send(ByteBuffer.wrap(junk, 0, i % 2 == 0 ? junk.length : random.nextInt(junk.length)), direct);
            }
            assertEquals(0, announcer.poll());
            assertEquals(50, announcer.malformed());
            final SessionMessages messages = new SessionMessages();
            // A question shorter than its answer could be sent in another's name to flood it.
            stranger.send(messages.query(1).limit(60), direct);
            assertEquals(0, announcer.poll());
            assertEquals(51, announcer.malformed());
            int answered = 0;
            for (int i = 0; i < 300; i++) {
                stranger.send(messages.query(i), direct);
                answered += announcer.poll();
            }
            assertTrue(answered >= 100 && answered < 150, "answers: " + answered);
            assertFalse(stranger.isConnected());
        }
    }

    @Test
    void shouldAnswerNoLongerThanItWasAskedAndReadNothingBeyondAnAnswer() {
        final SessionMessages messages = new SessionMessages();
        final String longText = "\u00e4".repeat(2_000);
        final List<String> plugins = java.util.Collections.nCopies(200, "plugin-with-a-long-name");
        final ByteBuffer answer = messages.answer(1, 2, 40_123, new SessionListing("", longText, 70_000, -1, plugins, longText, 0));
        assertTrue(answer.limit() <= SessionMessages.QUERY_LENGTH, "answer of " + answer.limit());
        final byte[] bytes = new byte[answer.limit()];
        answer.get(bytes);
        messages.toReceive().put(bytes);
        final SessionMessages.Answer read = messages.readAnswer();
        assertEquals(64, read.listing().name().length());
        assertTrue(read.listing().plugins().size() > 10);
        for (int length = 0; length < bytes.length; length++) {
            messages.toReceive().put(bytes, 0, length);
            assertEquals(null, messages.readAnswer(), "cut at " + length);
        }
        final Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            final byte[] changed = bytes.clone();
            for (int k = 0; k < 3; k++) {
                changed[random.nextInt(changed.length)] = (byte)random.nextInt();
            }
            messages.toReceive().put(changed);
            messages.readAnswer(); // Whatever it says, it does not throw.
        }
    }

    /** Polls the announcers from here while another thread searches, as a player's process would. */
    private static List<SessionListing> search(final UdpSessionDiscovery searcher, final List<String> hosts, final Announcer... announcers)
        throws Exception {
        final java.util.concurrent.FutureTask<List<SessionListing>> task = new java.util.concurrent.FutureTask<>(() -> searcher.find(hosts, PATIENCE));
        final Thread thread = new Thread(task, "search");
        thread.start();
        while (!task.isDone()) {
            for (final Announcer announcer : announcers) {
                announcer.poll();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return task.get();
    }

    private static SessionListing listing(final String name, final int players) {
        return new SessionListing("ignored", name, players, 8, List.of("terrain", "players"), "0.1", 99);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
