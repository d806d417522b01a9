package dev.planetary.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that go through the journal's thread onto a real disk, and what hostile files do to their reader. */
class JournalTest {
    private static final int FRAMES = 300;

    @TempDir
    private Path folder;

    private final Counters counters = Counters.inMemory(128);

    private static void write(final Journal journal, final int tick, final boolean rotates) {
        journal.await();
        final int length = 1 + tick % 97;
        for (int i = 0; i < length; i++) {
            journal.frame().putByte(Frame.HEAD + i, (byte)(tick + i));
        }
        if (rotates) {
            journal.rotate(tick, length);
        } else {
            journal.submit(tick, length);
        }
    }

    private static List<Integer> read(final WorldStore store) {
        final List<Integer> ticks = new ArrayList<>();
        store.replay((file, tick, payload, offset, length) -> {
            assertEquals(1 + tick % 97, length);
            for (int i = 0; i < length; i++) {
                assertEquals((byte)(tick + i), payload.getByte(offset + i));
            }
            ticks.add(tick);
        });
        return ticks;
    }

    /** A save after tick 1, and frames up to {@link #FRAMES}, in three files. */
    private void fill(final Disk disk, final Fsync fsync, final boolean ownThreads) {
        try (WorldStore store = WorldStore.open(disk, fsync, counters, ownThreads)) {
            assertTrue(store.isNew());
            store.replay((file, tick, payload, offset, length) -> { });
            store.journal().await();
            store.journal().frame().putByte(Frame.HEAD, (byte)1);
            store.journal().frame().putByte(Frame.HEAD + 1, (byte)2);
            store.save(1, Map.of("a", new byte[] {1, 2, 3}), 2);
            store.awaitSave();
            assertTrue(store.pollSaved().orElseThrow().sentence().isEmpty());
            for (int tick = 2; tick <= FRAMES; tick++) {
                write(store.journal(), tick, tick == 100 || tick == 200);
            }
            store.journal().await();
            assertEquals(FRAMES, counters.of(CoreCounter.JOURNAL_FRAMES).get());
        }
    }

    @Test
    void shouldReadBackEveryFrameThatItsThreadWrote() {
        for (final Fsync fsync : Fsync.values()) {
            final FolderDisk disk = new FolderDisk(folder.resolve(fsync.toString()));
            counters.of(CoreCounter.JOURNAL_FRAMES).set(0);
            fill(disk, fsync, true);
            try (WorldStore store = WorldStore.open(disk, fsync, counters, true)) {
                assertFalse(store.isNew());
                assertTrue(Arrays.equals(new byte[] {1, 2, 3}, store.section("a")));
                final List<Integer> ticks = read(store);
                assertEquals(FRAMES, ticks.size());
                assertEquals(FRAMES, ticks.get(FRAMES - 1));
                assertEquals(List.of(), store.notes());
                assertFalse(store.mustSave());
            }
        }
    }

    @Test
    void shouldNeverReadAFrameThatNobodyWrote() {
        final SimulatedDisk whole = new SimulatedDisk();
        fill(whole, Fsync.TICK, false);
        final SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 400; round++) {
            final SimulatedDisk disk = whole.copy();
            final String file = "journal-" + random.nextInt(1, 4);
            final byte[] bytes = disk.bytes(file);
            for (int n = random.nextInt(1, 30); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte)random.nextInt();
            }
            disk.put(file, bytes);
            final WorldStore store = WorldStore.open(disk, Fsync.TICK, counters, false);
            final List<Integer> ticks = read(store);
            for (int i = 0; i < ticks.size(); i++) {
                assertEquals(i + 1, ticks.get(i), "a gap in what is kept");
            }
            assertTrue(ticks.size() == FRAMES || store.notes().stream().anyMatch(note -> note.startsWith(file)), () -> store.notes().toString());
        }
    }

    @Test
    void shouldTakeNoRoomForLengthsThatNoFileHas() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        fill(disk, Fsync.TICK, false);
        final byte[] bytes = disk.bytes("journal-3");
        for (final int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Frame.MOST_PAYLOAD, Frame.MOST_PAYLOAD + 1}) {
            final byte[] damaged = bytes.clone();
            for (int i = 0; i < 4; i++) {
                damaged[Frame.HEAD + Frame.LENGTH_OFFSET + i] = (byte)(length >> 8 * i);
            }
            disk.put("journal-3", damaged);
            final WorldStore store = WorldStore.open(disk, Fsync.TICK, counters, false);
            assertEquals(199, read(store).size());
            assertTrue(store.notes().get(0).contains("journal-3 is damaged at byte 24"), () -> store.notes().toString());
        }
        disk.put("manifest-1", new byte[1 << 20]);
        assertTrue(assertThrows(JournalException.class, () -> WorldStore.open(disk, Fsync.TICK, counters, false)).getMessage()
            .contains("manifest-1 is damaged, and no other save is whole; nothing was changed"));
    }

    @Test
    void shouldForceEachFrameWithTheDefaultAndNoneWhenOff() {
        final SimulatedDisk each = new SimulatedDisk();
        fill(each, Fsync.TICK, false);
        assertTrue(each.forces() >= FRAMES, () -> "forced " + each.forces() + " times");
        final SimulatedDisk none = new SimulatedDisk();
        counters.of(CoreCounter.JOURNAL_FRAMES).set(0);
        fill(none, Fsync.OFF, false);
        assertTrue(none.forces() < 20, () -> "forced " + none.forces() + " times");
    }
}
