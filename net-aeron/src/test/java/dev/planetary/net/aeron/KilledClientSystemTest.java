package dev.planetary.net.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.SendResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KilledClientSystemTest {
    @Test
    void shouldOutlastAPauseSeeAKilledClientWithinFiveSecondsFreeAllItHeldAndSweepItsFolder() throws Exception {
        try (Loop loop = new Loop(2)) {
            final long memoryBefore = used();
            final int countersBefore = counters(loop);
            try (ChildProcess child = ChildProcess.start(String.valueOf(loop.host.port()), "1", "20", "0")) {
                loop.until("the child connects", 20, child::hasOutput);
                assertEquals("CONNECTED", child.readLine());
                loop.until("the child is heard", 5, () -> !loop.heardFrom.isEmpty());
                final int peer = loop.lastPeer;
                assertTrue(counters(loop) > countersBefore);
                pause(loop, peer);
                child.kill();
                final long killedNs = System.nanoTime();
                loop.until("the host sees it go", 5, () -> loop.gone.contains(peer));
                final long seenMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
                assertTrue(seenMs <= 5_000, seenMs + " ms");
                loop.until("its counters and streams are freed", 8, () -> counters(loop) == countersBefore && loop.host.peerCount() == 0);
                loop.until("its memory is freed", 5, () -> used() == memoryBefore);
                assertEquals(1, folders(child.pid()), "a killed process leaves its folder");

                final ClientTransport next = loop.join();
                assertEquals(0, folders(child.pid()), "the next start sweeps it");
                loop.untilConnected();
                loop.untilEchoed(next, 1);
            }
        }
    }

    @Test
    void shouldDeleteItsFolderWhenTerminated() throws Exception {
        try (Loop loop = new Loop(1); ChildProcess child = ChildProcess.start(String.valueOf(loop.host.port()), "1", "20", "0")) {
            loop.until("the child connects", 20, child::hasOutput);
            assertEquals(1, folders(child.pid()));
            child.terminate();
            assertEquals(0, folders(child.pid()));
        }
    }

    /** The host stands still for longer than the silence by which a peer is gone; what came meanwhile waits in the kernel. */
    private static void pause(final Loop loop, final int peer) {
        final long resumeNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_800);
        while (System.nanoTime() - resumeNs < 0) {
            LockSupport.parkNanos(resumeNs - System.nanoTime());
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < 100; i++) {
            loop.step();
            assertNotEquals(SendResult.GONE, loop.host.send(peer, buffer, 0, 8), "a pause of its own should cost the host no peer; step " + i);
        }
        assertEquals(List.of(), loop.gone);
    }

    @Test
    void shouldSweepFoldersOfDeadProcessesOnly() throws IOException {
        final Path place = Files.createTempDirectory("planetary-sweep");
        final long dead = deadPid();
        final Path abandoned = Files.createDirectories(place.resolve("planetary-aeron-" + dead + "-0"));
        Files.createDirectories(abandoned.resolve("driver"));
        Files.writeString(abandoned.resolve("driver").resolve("cnc.dat"), "x");
        Files.writeString(abandoned.resolve("lock"), "");
        final Path ownOfAnEarlierLife = Files.createDirectories(place.resolve("planetary-aeron-" + ProcessHandle.current().pid() + "-7"));
        Files.writeString(ownOfAnEarlierLife.resolve("lock"), "");
        final Path strange = Files.createDirectories(place.resolve("planetary-aeron-mine"));
        try (DriverFolder used = DriverFolder.create(place, 1)) {
            assertFalse(Files.exists(abandoned));
            assertFalse(Files.exists(ownOfAnEarlierLife));
            assertTrue(Files.exists(strange));
            assertEquals(0, DriverFolder.sweep(place), "what is in use stays");
            assertTrue(Files.exists(used.path()));
        }
        Files.delete(strange);
        Files.delete(place);
    }

    private static long deadPid() {
        long pid = 4_000_000;
        while (ProcessHandle.of(pid).isPresent()) {
            pid++;
        }
        return pid;
    }

    private static int counters(final Loop loop) {
        final CountersReader reader = loop.host.aeron().countersReader();
        final int[] count = {0};
        reader.forEach((id, label) -> count[0]++);
        return count[0];
    }

    private static int folders(final long pid) {
        int count = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(DriverFolder.place(), "planetary-aeron-" + pid + "-*")) {
            for (final Path ignored : found) {
                count++;
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return count;
    }

    /** Bytes of all folders of this process. */
    private static long used() {
        try {
            long sum = 0;
            for (final Path folder : AeronTransportSystemTest.folders()) {
                try (var files = Files.walk(folder)) {
                    sum += files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
                }
            }
            return sum;
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
