package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.SendResult;
import dev.planetary.core.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AeronTransportSystemTest {
    @Test
    void shouldCarryDatagramsBothWaysForEightClients() {
        try (Loop loop = new Loop(8)) {
            loop.join(8);
            loop.untilConnected();
            for (int i = 0; i < 8; i++) {
                loop.untilEchoed(loop.clients.get(i), 100 + i);
            }
            assertEquals(8, new HashSet<>(loop.heardFrom).size(), "each client should be a peer of its own");
            assertEquals(0, loop.host.counters().errors(), "Aeron should have reported no error");
            assertEquals(0, loop.host.counters().refused(), "nothing of ours should have been refused");
        }
    }

    @Test
    void shouldCarryTheLongestDatagramAndRefuseALongerOne() {
        try (Loop loop = new Loop(1)) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            assertEquals(1_408 - 32 - 32, client.maxDatagramLength());
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[client.maxDatagramLength() + 1]);
            buffer.putInt(0, 77);
            loop.until("the longest datagram's echo", 10, () -> {
                client.send(buffer, 0, client.maxDatagramLength());
                return loop.echoes.contains(77);
            });
            assertThrows(IllegalArgumentException.class, () -> client.send(buffer, 0, client.maxDatagramLength() + 1));
            assertThrows(IllegalArgumentException.class, () -> loop.host.send(1, buffer, 0, client.maxDatagramLength() + 1));
        }
    }

    @Test
    void shouldReportALeavingClientAndTakeItAgainUnderANewNumber() {
        try (Loop loop = new Loop(2)) {
            final ClientTransport first = loop.join();
            loop.untilConnected();
            loop.untilEchoed(first, 1);
            final int firstPeer = loop.lastPeer;
            first.close();
            loop.clients.clear();
            loop.until("the host sees it go", 5, () -> loop.gone.contains(firstPeer));
            assertEquals(SendResult.GONE, loop.host.send(firstPeer, new UnsafeBuffer(new byte[8]), 0, 8));
            assertEquals(0, loop.host.peerCount());

            final ClientTransport second = loop.join();
            loop.untilConnected();
            loop.untilEchoed(second, 2);
            assertNotEquals(firstPeer, loop.lastPeer, "a number should not come back soon");
        }
    }

    @Test
    void shouldForgetADisconnectedPeerAndDropWhatItStillSends() {
        try (Loop loop = new Loop(2)) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            final int peer = loop.lastPeer;
            final UnsafeBuffer last = new UnsafeBuffer(new byte[8]);
            last.putInt(0, 999);
            assertEquals(SendResult.SENT, loop.host.send(peer, last, 0, 8));
            loop.host.disconnect(peer);
            assertEquals(SendResult.GONE, loop.host.send(peer, last, 0, 8));
            loop.heardFrom.clear();
            loop.until("the last word arrives", 5, () -> loop.echoes.contains(999));
            loop.until("the client notices", 5, () -> !client.isConnected());
            loop.until("the stream is freed", 8, () -> loop.host.peerCount() == 0);
            assertEquals(List.of(), loop.heardFrom, "nothing of it should be heard");
            assertEquals(List.of(), loop.gone, "the host knows already");
        }
    }

    @Test
    void shouldPressBackUntilThePeerIsConnectedAndSayGoneToAStranger() {
        try (Loop loop = new Loop(1)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
            assertEquals(SendResult.GONE, loop.host.send(1, buffer, 0, 8));
            final ClientTransport client = loop.join();
            assertEquals(SendResult.GONE, client.send(buffer, 0, 8), "before the connection stands");
            loop.until("the peer's stream arrives", 5, () -> loop.host.peerCount() == 1);
            assertEquals(SendResult.BACK_PRESSURED, loop.host.send(1, buffer, 0, 8));
            loop.untilConnected();
            loop.until("room", 5, () -> loop.host.send(1, buffer, 0, 8) == SendResult.SENT);
        }
    }

    @Test
    void shouldHoldNoMoreAfterAHundredPlayersCameAndWentThanBefore() throws IOException {
        try (Loop loop = new Loop(50)) {
            final List<Path> folders = folders();
            assertEquals(1, folders.size(), "this host's folder alone");
            loop.step();
            final int counters = countersOf(loop.host);
            final long bytes = size(folders.get(0));
            for (int round = 0; round < 2; round++) {
                loop.join(50);
                loop.untilConnected();
                assertTrue(countersOf(loop.host) > counters, "streams should have counters");
                loop.clients.forEach(ClientTransport::close);
                loop.clients.clear();
                loop.until("all are gone", 8, () -> loop.host.peerCount() == 0);
            }
            loop.until("counters are freed", 8, () -> countersOf(loop.host) == counters);
            loop.until("files are freed", 8, () -> size(folders.get(0)) == bytes);
            assertEquals(100, loop.gone.size(), "players seen to go");
            assertEquals(0, loop.host.counters().errors(), "Aeron should have reported no error");
        }
    }

    @Test
    void shouldCarryAMegabyteASecondToAJoiningPlayerAtTwentyTicks() {
        try (Loop loop = new Loop(1)) {
            final ClientTransport client = loop.join();
            loop.untilConnected();
            loop.untilEchoed(client, 1);
            final int peer = loop.lastPeer;
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_344]);
            buffer.putInt(0, 5);
            loop.echoes.clear();
            // Ten ticks of 50 ms without the wait between: what counts is that a tick's 50 KB go out with one flush.
            int sent = 0;
            for (int tick = 0; tick < 10; tick++) {
                for (int i = 0; i < 38; i++) {
                    sent += loop.host.send(peer, buffer, 0, 1_344) == SendResult.SENT ? 1 : 0;
                }
                for (int i = 0; i < 4; i++) {
                    loop.step();
                }
            }
            final int offered = sent;
            loop.until("all arrive", 5, () -> loop.echoes.stream().filter(number -> number == 5).count() == offered);
            assertEquals(380, offered, "datagrams taken");
        }
    }

    @Test
    void shouldNameABusyPort() {
        try (Loop loop = new Loop(1)) {
            final int busy = loop.host.port();
            final TransportException first = assertThrows(
                TransportException.class, () -> loop.provider.openHost(busy, 1, Counters.inMemory()));
            assertEquals("UDP port " + busy + " is in use; choose another with --port, or 0 for any free one", first.getMessage());
            final TransportException second = assertThrows(
                TransportException.class, () -> loop.provider.openHost(busy + 1, 1, Counters.inMemory()));
            assertTrue(second.getMessage().startsWith("UDP port " + (busy + 1) + " is in use"), second.getMessage());
            final TransportException below = assertThrows(
                TransportException.class, () -> loop.provider.openHost(busy - 1, 1, Counters.inMemory()));
            assertEquals("UDP port " + busy + " is in use, and " + (busy - 1) + " needs the next one too; choose another with --port, or 0 for any free one",
                below.getMessage());
        }
    }

    @Test
    void shouldNameAHostThatCannotBeFound() {
        final TransportException e = assertThrows(TransportException.class,
            () -> new AeronTransportProvider().openClient("no-such-host.invalid", 40_123, Counters.inMemory()));
        assertTrue(e.getMessage().contains("\"no-such-host.invalid\""), e.getMessage());
    }

    @Test
    void shouldNameASharedMemoryThatIsTooSmall() {
        final TransportException e = assertThrows(TransportException.class,
            () -> DriverFolder.requireRoom(Path.of("/dev/shm"), AeronLink.bytesNeeded(12), 8L << 20));
        assertEquals("needs 20 MiB in " + Path.of("/dev/shm") + ", has 8 MiB; make room, or lower --max-players", e.getMessage());
        assertTrue(AeronLink.bytesNeeded(1_024) < 1_024L << 20, "less than a MiB a player");
    }

    @Test
    void shouldUseTheTemporaryFolderWhereSharedMemoryIsMissingOrTooSmall(@TempDir final Path shared, @TempDir final Path temporary) {
        assertEquals(shared, DriverFolder.place(shared, temporary, 1));
        assertEquals(temporary, DriverFolder.place(shared, temporary, Long.MAX_VALUE));
        assertEquals(temporary, DriverFolder.place(shared.resolve("missing"), temporary, 1));
    }

    @Test
    void shouldLeaveNoFilesAndKeepItsFolderFromOthers() throws IOException {
        final List<Path> before = folders();
        try (Loop loop = new Loop(1)) {
            loop.join();
            loop.untilConnected();
            final List<Path> during = folders();
            during.removeAll(before);
            assertEquals(2, during.size(), "a folder for the host and one for the client");
            for (final Path folder : during) {
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    assertEquals("[OWNER_EXECUTE, OWNER_READ, OWNER_WRITE]",
                        Files.getPosixFilePermissions(folder).stream().map(Enum::name).sorted().toList().toString());
                }
            }
        }
        final List<Path> after = folders();
        after.removeAll(before);
        assertEquals(List.of(), after);
    }

    @Test
    void shouldUseNoMoreSharedMemoryThanItAskedFor() throws IOException {
        final List<Path> before = folders();
        try (Loop loop = new Loop(8)) {
            loop.join(8);
            loop.untilConnected();
            for (int i = 0; i < 8; i++) {
                loop.untilEchoed(loop.clients.get(i), 100 + i);
            }
            final List<Path> during = folders();
            during.removeAll(before);
            for (final Path folder : during) {
                final long used = size(folder);
                assertTrue(used <= AeronLink.bytesNeeded(8 + 4), folder + " uses " + used);
            }
        }
    }

    @Test
    void shouldTurnAwayMorePeersThanItHasRoomFor() {
        try (Loop loop = new Loop(1)) {
            loop.join(7);
            loop.until("five connect", 10, () -> loop.clients.stream().filter(ClientTransport::isConnected).count() == 5);
            for (int i = 0; i < 200; i++) {
                loop.step();
            }
            assertEquals(5, loop.host.peerCount(), "one seat and four to be told that it is taken");
            assertTrue(loop.host.counters().refused() > 0);
        }
    }

    @Test
    void shouldConnectThroughAnExternalDriver() throws IOException {
        final Path folder = Files.createTempDirectory("planetary-external-driver");
        final io.aeron.driver.MediaDriver.Context context = new io.aeron.driver.MediaDriver.Context()
            .aeronDirectoryName(folder.resolve("driver").toString())
            .threadingMode(io.aeron.driver.ThreadingMode.SHARED)
            .sharedIdleStrategy(new org.agrona.concurrent.SleepingMillisIdleStrategy(1))
            .ipcTermBufferLength(65_536)
            .publicationTermBufferLength(65_536)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true);
        try (io.aeron.driver.MediaDriver driver = io.aeron.driver.MediaDriver.launch(context)) {
            final AeronTransportProvider provider = new AeronTransportProvider(driver.aeronDirectoryName());
            final AeronHostTransport host = (AeronHostTransport)provider.openHost(0, 2, Counters.inMemory());
            final ClientTransport client = provider.openClient("127.0.0.1", host.port(), Counters.inMemory());
            final long deadlineNs = System.nanoTime() + 10_000_000_000L;
            while (!client.isConnected()) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "connected within 10 s");
                host.poll(new Loop.Silent());
                client.poll((buffer, offset, length) -> { });
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            client.close();
            host.close();
        }
        Files.deleteIfExists(folder);
        assertFalse(Files.exists(folder));
    }

    static List<Path> folders() throws IOException {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(DriverFolder.place(), "planetary-aeron-" + ProcessHandle.current().pid() + "-*")) {
            stream.forEach(found::add);
        }
        return found;
    }

    private static int countersOf(final AeronHostTransport host) {
        final int[] count = new int[1];
        host.aeron().countersReader().forEach((id, typeId, key, label) -> count[0]++);
        return count[0];
    }

    private static long size(final Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
