package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.journal.FolderDisk;
import dev.planetary.core.journal.Fsync;
import dev.planetary.core.journal.JournalException;
import dev.planetary.core.journal.SimulatedDisk;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RequestEncoder;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts that die at any moment, on disks that lose what was not forced: what a player was told is there again, once and whole, and no verdict changes.
 * Each request places two entities of its number, and adds one to the only tally; every third number is rejected.
 */
class NothingLostSimTest {
    private static final int SCHEMA = 921;
    private static final int SEEDS = 60;
    private static final int TALLY = -1;
    private static final LinkFaults BAD = new LinkFaults(20, 2, 60, 40, 4, 5);
    private static final RequestType PLACE = new RequestType("place", SCHEMA, 10, 4);

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);

    private static PluginSketch builder() {
        return PluginSketch.named("builder", SCHEMA).onHost(host -> host.request(PLACE, (seat, buffer, offset, length, version, tick) -> {
            final int number = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            return number % 3 == 0 ? Verdict.rejected("no threes: " + number) : Verdict.approved(() -> {
                final World world = host.world();
                world.spawn(new Position(number % 50, 1, 0), new Score(number));
                world.spawn(new Position(-(number % 50), 1, 0), new Score(number));
                count(world);
            });
        }));
    }

    private static void count(final World world) {
        final ComponentType<Score> type = world.type(Score.class);
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            final int entity = world.entityAt(slot);
            if (entity != NetworkId.NONE && type.on(entity) && type.get(entity).number < 0) {
                type.get(entity).number--;
                type.markDirty(entity);
                return;
            }
        }
        world.spawn(new Position(0, 0, 0), new Score(TALLY - 1));
    }

    private static SimulatedPeers game(final long seed, final SimulatedDisk disk) {
        return game(seed, disk, Fsync.TICK);
    }

    private static SimulatedPeers game(final long seed, final SimulatedDisk disk, final Fsync fsync) {
        return new SimulatedPeers(seed).plugin(builder()).store(disk, fsync).start();
    }

    private int ask(final SimulatedPeers peers, final int player, final int number) {
        message.putInt(0, number, ByteOrder.LITTLE_ENDIAN);
        return peers.client(player).requests().send(PLACE, message, 0, 4);
    }

    private static void repeat(final SimulatedPeers peers, final int player, final int request, final int number) {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
        new RequestEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).requestId(Integer.toUnsignedLong(request));
        final int at = SessionProtocol.HEADER + RequestEncoder.BLOCK_LENGTH;
        new MessageHeaderEncoder().wrap(record, at).blockLength(4).templateId(PLACE.templateId()).schemaId(SCHEMA).version(1);
        record.putInt(at + SessionProtocol.HEADER, number, ByteOrder.LITTLE_ENDIAN);
        peers.client(player).connection().lane().offer(record, 0, at + SessionProtocol.HEADER + 4);
    }

    /** How many entities of each number there are; the tally under {@link #TALLY}. */
    private static Map<Integer, Integer> placed(final World world) {
        final Map<Integer, Integer> placed = new HashMap<>();
        final ComponentType<Score> type = world.type(Score.class);
        for (int slot = 0; slot < world.slotLimit(); slot++) {
            final int entity = world.entityAt(slot);
            if (entity != NetworkId.NONE && type.on(entity)) {
                final int number = type.get(entity).number;
                placed.merge(number < 0 ? TALLY : number, number < 0 ? TALLY - number : 1, Integer::sum);
            }
        }
        return placed;
    }

    private static void assertWhole(final World world, final String when) {
        final Map<Integer, Integer> placed = placed(world);
        final int tally = placed.getOrDefault(TALLY, 0);
        placed.remove(TALLY);
        placed.forEach((number, count) -> assertEquals(2, count, () -> "entities of request " + number + ", " + when));
        assertEquals(placed.size(), tally, "the tally, " + when);
    }

    /** What the clients know: their requests, and what they were told of them. */
    private static final class Log {
        private final Map<Integer, Integer> numbers = new LinkedHashMap<>();
        private final Map<Integer, SimulatedPeers.Answer> answers = new HashMap<>();

        private void take(final List<SimulatedPeers.Answer> heard, final String when) {
            for (final SimulatedPeers.Answer answer : heard) {
                final SimulatedPeers.Answer before = answers.put(answer.request(), answer);
                assertTrue(before == null || before.equals(answer), () -> "the verdict on " + answer + " was " + before + ", " + when);
            }
        }
    }

    private void play(final long seed, final Fsync fsync) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Log> logs = List.of(new Log(), new Log());
        SimulatedDisk disk = new SimulatedDisk();
        int number = 1;
        for (int life = 0; life < 4; life++) {
            final String when = "life " + life + " of seed " + seed;
            // Another seed for chance: clients begin their numbers by it, and no player uses one twice.
            final SimulatedPeers peers = game(seed * 8 + life, disk, fsync).faults(life % 2 == 0 ? BAD : LinkFaults.NONE);
            assertWhole(peers.host().world(), when);
            for (int p = 0; p < 2; p++) {
                final int player = peers.join(new PlayerId(seed, p), "player " + p);
                peers.tickUntil(() -> peers.client(player).state() == ClientState.PLAYING, 200, "player " + p + " should join in " + when);
            }
            for (int p = 0; p < 2; p++) {
                final int player = p;
                final List<Integer> asked = new ArrayList<>(logs.get(p).numbers.keySet());
                asked.subList(Math.max(0, asked.size() - 12), asked.size())
                    .forEach(request -> repeat(peers, player, request, logs.get(player).numbers.get(request)));
            }
            final int ticks = random.nextInt(1, 40);
            for (int tick = 0; tick < ticks; tick++) {
                for (int p = 0; p < 2; p++) {
                    for (int n = random.nextInt(3); n > 0; n--) {
                        logs.get(p).numbers.put(ask(peers, p, number), number);
                        number++;
                    }
                }
                peers.tick(1);
                if (random.nextInt(4) == 0) {
                    // The disk was quick: the frame is written before the next tick asks for it.
                    peers.store().journal().work();
                }
                if (random.nextInt(25) == 0) {
                    peers.host().saveInStore();
                }
            }
            for (int p = 0; p < 2; p++) {
                logs.get(p).take(peers.player(p).verdicts, when);
            }
            disk = random.nextBoolean() ? disk.crash(random) : disk.copy();
            check(seed, disk, logs, when);
        }
    }

    private static void check(final long seed, final SimulatedDisk disk, final List<Log> logs, final String when) {
        final World world = game(seed, disk.copy()).host().world();
        assertWhole(world, when);
        final Map<Integer, Integer> placed = placed(world);
        for (final Log log : logs) {
            log.answers.forEach((request, answer) -> {
                final int number = log.numbers.get(request);
                assertEquals(answer.approved() ? 2 : 0, placed.getOrDefault(number, 0),
                    () -> "entities of " + answer + ", number " + number + ", after " + when);
            });
        }
    }

    @Test
    void shouldLoseNothingThatWasToldWhenTheHostDiesAtAnyMoment() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            play(seed, Fsync.TICK);
        }
    }

    @Test
    void shouldNoticeWhatIsLostWhereNothingIsForced() {
        assertThrows(AssertionError.class, () -> {
            for (long seed = 1; seed <= SEEDS; seed++) {
                play(seed, Fsync.OFF);
            }
        });
    }

    @Test
    void shouldTakeOverAWorldThatAnOlderBuildSaved(@TempDir final Path folder) {
        final SimulatedPeers before = new SimulatedPeers(6).plugin(builder()).start().joined(1);
        ask(before, 0, 1);
        before.tick(4);
        final WorldFolder old = WorldFolder.begin(folder.resolve("world"));
        before.host().save(old);
        old.commit();
        final FolderDisk disk = new FolderDisk(folder.resolve("world"));
        final SimulatedPeers after = new SimulatedPeers(6).plugin(builder()).saved(WorldFolder.open(folder.resolve("world"))).store(disk).start();
        assertEquals(Map.of(1, 2, TALLY, 1), placed(after.host().world()));
        assertTrue(Files.notExists(folder.resolve("world").resolve("entities.section")), "the old form is gone once the new one is whole");
        assertEquals(Map.of(1, 2, TALLY, 1), placed(new SimulatedPeers(6).plugin(builder()).store(disk).start().host().world()));
    }

    /** A world with a save and some frames behind it. */
    private SimulatedDisk played() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedPeers peers = game(1, disk).joined(1);
        for (int number = 1; number <= 6; number++) {
            ask(peers, 0, number);
            peers.tick(2);
            if (number == 3) {
                peers.host().saveInStore();
            }
        }
        peers.tickUntil(() -> peers.player(0).verdicts.size() == 6, 100, "all should be answered");
        return disk;
    }

    /** Opens a disk that somebody damaged: the same world, or a part of it and a word about it, or a refusal that names the file. */
    private static void assertNeverSilentlyWrong(final SimulatedDisk disk, final String file, final Map<Integer, Integer> whole, final String what) {
        final SimulatedPeers peers;
        try {
            peers = game(1, disk);
        } catch (final JournalException e) {
            assertTrue(e.getMessage().contains(file), () -> what + ": " + e.getMessage());
            return;
        }
        assertWhole(peers.host().world(), what);
        final Map<Integer, Integer> placed = placed(peers.host().world());
        if (!placed.equals(whole) && !file.isEmpty()) {
            assertTrue(peers.store().notes().stream().anyMatch(note -> note.contains(file)), () -> what + ": " + placed + " " + peers.store().notes());
        }
        assertTrue(whole.keySet().containsAll(placed.keySet()), what);
        final Map<Integer, Integer> again = placed(game(1, disk.copy()).host().world());
        assertEquals(placed, again, () -> what + ": opened once more");
    }

    @Test
    void shouldNeverOpenAWorldSilentlyWrongAfterAnyByteOfItFlipped() {
        final SimulatedDisk disk = played();
        final Map<Integer, Integer> whole = placed(game(1, disk.copy()).host().world());
        assertEquals(5, whole.size(), "four numbers and the tally");
        final SplittableRandom random = new SplittableRandom(1);
        for (final String file : disk.list()) {
            for (int at = 0; at < disk.bytes(file).length; at++) {
                final SimulatedDisk damaged = disk.copy();
                final byte[] bytes = disk.bytes(file);
                bytes[at] ^= (byte)(1 << random.nextInt(8));
                damaged.put(file, bytes);
                assertNeverSilentlyWrong(damaged, file, whole, "byte " + at + " of " + file + " flipped");
            }
        }
    }

    @Test
    void shouldNeverOpenAWorldSilentlyWrongAfterAFileWasCutOrTakenAway() {
        final SimulatedDisk disk = played();
        final Map<Integer, Integer> whole = placed(game(1, disk.copy()).host().world());
        for (final String file : disk.list()) {
            final SimulatedDisk without = disk.copy();
            without.delete(file);
            without.force();
            assertNeverSilentlyWrong(without, file.startsWith("manifest") ? "" : file, whole, file + " missing");
            final byte[] bytes = disk.bytes(file);
            for (int length = 0; length < bytes.length; length++) {
                final SimulatedDisk cut = disk.copy();
                cut.put(file, java.util.Arrays.copyOf(bytes, length));
                // At the end of a frame the newest file may end: nothing can tell a shorter journal from this one.
                assertNeverSilentlyWrong(cut, isNewestJournal(disk, file) ? "" : file, whole, file + " cut to " + length + " bytes");
            }
        }
    }

    private static boolean isNewestJournal(final SimulatedDisk disk, final String file) {
        return file.equals(disk.list().stream().filter(name -> name.startsWith("journal-")).reduce((a, b) -> b).orElseThrow());
    }

    @Test
    void shouldStopWithASentenceAndLoseNothingThatWasToldWhenTheDiskIsFull() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedPeers peers = game(2, disk).joined(1);
        for (int room = 0; room < 400; room += 37) {
            ask(peers, 0, 1 + 3 * room);
            peers.tick(3);
        }
        final int told = (int)peers.player(0).verdicts.stream().filter(SimulatedPeers.Answer::approved).count();
        disk.room(20);
        ask(peers, 0, 5_000);
        final JournalException full = assertThrows(JournalException.class, () -> peers.tick(10));
        assertTrue(full.getMessage().contains("journal-1 cannot be written (No space left on device); saved is all that players were told"),
            full::getMessage);
        // It was told once; closing what is left says nothing more.
        peers.store().close();
        final World world = game(2, disk.copy()).host().world();
        assertWhole(world, "after the disk was full");
        assertTrue(placed(world).size() - 1 >= told, "all that was told");
    }

    @Test
    void shouldPlayOnWhenOnlyTheSaveFindsNoRoom() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedPeers peers = game(3, disk).joined(1);
        ask(peers, 0, 1);
        peers.tick(3);
        // Room for the head of a journal file and a few frames, not for a save.
        disk.room(220);
        peers.host().saveInStore();
        final String sentence = peers.host().pollSaved().orElseThrow().sentence().orElseThrow();
        assertTrue(sentence.contains("cannot be written (No space left on device); kept are the save of tick"), sentence);
        disk.room(SimulatedDisk.ENDLESS);
        ask(peers, 0, 2);
        peers.tick(4);
        peers.host().saveInStore();
        assertTrue(peers.host().pollSaved().orElseThrow().sentence().isEmpty());
        assertEquals(Map.of(1, 2, 2, 2, TALLY, 2), placed(game(3, disk.copy()).host().world()));
    }

    @Test
    void shouldGiveAPlayerTheSameSeatAfterARestart() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedPeers before = game(4, disk).joined(3);
        before.tick(2);
        final int seat = before.client(2).seat();
        assertEquals(before.player(2).id, before.seat(2).player());
        final SimulatedPeers after = game(4, disk.copy());
        after.join(before.player(2).id, "again");
        after.tickUntil(() -> after.client(0).state() == ClientState.PLAYING, 100, "the third player should be back first");
        assertEquals(seat, after.client(0).seat());
    }

    @Test
    void shouldKeepOnlyTheFilesOfTheLastTwoSaves() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedPeers peers = game(5, disk).joined(1);
        for (int save = 0; save < 5; save++) {
            ask(peers, 0, 1 + 3 * save);
            peers.tick(3);
            peers.host().saveInStore();
            assertTrue(peers.host().pollSaved().orElseThrow().sentence().isEmpty());
        }
        assertEquals(2, disk.list().stream().filter(name -> name.startsWith("manifest-")).count(), disk::toString);
        assertEquals(2, disk.list().stream().filter(name -> name.startsWith("journal-")).count(), disk::toString);
        assertEquals(1, disk.list().stream().filter(name -> name.startsWith("contents.")).count(), "what did not change is not written again");
    }
}
