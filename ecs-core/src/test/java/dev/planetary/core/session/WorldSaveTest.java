package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RequestEncoder;
import dev.planetary.core.world.NetworkId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds that are saved and go on, in memory and on disk. */
class WorldSaveTest {
    @TempDir
    private Path temporary;

    private final int[] weather = new int[1];

    /** Sections in memory. */
    private static final class Memory implements SavedWorld {
        private final Map<String, byte[]> sections = new HashMap<>();

        @Override
        public void write(final String section, final Writer writer) throws IOException {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writer.write(new DataOutputStream(bytes));
            sections.put(section, bytes.toByteArray());
        }

        @Override
        public boolean read(final String section, final Reader reader) throws IOException {
            final byte[] bytes = sections.get(section);
            if (bytes != null) {
                reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
            }
            return bytes != null;
        }
    }

    private SimulatedPeers peers() {
        return new SimulatedPeers(1).plugin(PluginSketch.named("weather", 930).onHost(this::weather));
    }

    private void weather(final HostContext host) {
        host.save(new SaveSection() {
            @Override
            public String name() {
                return "weather";
            }

            @Override
            public void write(final DataOutputStream out) throws IOException {
                out.writeInt(weather[0]);
            }

            @Override
            public void read(final DataInputStream in) throws IOException {
                weather[0] = in.readInt();
            }
        });
        host.neverSave(host.core().owner());
    }

    private SimulatedPeers played(final int seed) {
        final SimulatedPeers peers = peers().start();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            final int entity = i % 10 == 0
                ? peers.spawn(new Score(i))
                : peers.spawn(new Position(place(random), 3, place(random)), new Score(i));
            if (i % 7 == 0) {
                peers.tick(1);
                peers.host().world().despawn(entity);
            }
        }
        peers.tick(3);
        return peers;
    }

    /** A coordinate that the encoding keeps exactly, so that nothing near a border changes its cell by being saved. */
    private static double place(final SplittableRandom random) {
        return random.nextInt(-80 * 256, 80 * 256) / 256.0;
    }

    private static Map<Long, Long> digests(final HostGame host) {
        final Map<Long, Long> all = new HashMap<>();
        for (int x = -8; x < 8; x++) {
            for (int z = -8; z < 8; z++) {
                all.put(CellKey.spatial(x, z), digest(host, CellKey.spatial(x, z)));
            }
        }
        for (int page = 0; page < 16; page++) {
            all.put(CellKey.global(page), digest(host, CellKey.global(page)));
        }
        return all;
    }

    private static long digest(final HostGame host, final long cell) {
        final CellDigest digest = new CellDigest();
        host.sources().get(0).digest(cell, digest);
        return digest.hash();
    }

    private static void assertContinues(final SimulatedPeers before, final SimulatedPeers after) {
        assertEquals(before.host().tickNumber(), after.host().tickNumber(), "the clock goes on");
        after.tick(1);
        assertEquals(before.host().world().count(), after.host().world().count(), "entities");
        assertEquals(digests(before.host()), digests(after.host()), "fingerprint of every cell");
    }

    @Test
    void shouldGoOnFromASaveInMemory() {
        final Memory memory = new Memory();
        final SimulatedPeers before = played(1);
        weather[0] = 17;
        before.host().save(memory);
        weather[0] = 0;
        final SimulatedPeers after = peers().saved(memory).start();
        assertEquals(17, weather[0], "the plugin's section");
        assertContinues(before, after);
    }

    @Test
    void shouldGoOnFromAFolder() {
        final Path folder = temporary.resolve("my world");
        assertFalse(WorldFolder.exists(folder));
        final SimulatedPeers before = played(2);
        save(before, folder);
        save(before, folder);
        assertTrue(WorldFolder.exists(folder));
        assertContinues(before, peers().saved(WorldFolder.open(folder)).start());
        assertFalse(Files.exists(temporary.resolve("my world.saving")) || Files.exists(temporary.resolve("my world.former")), "nothing is left over");
    }

    private static void save(final SimulatedPeers peers, final Path folder) {
        final WorldFolder aside = WorldFolder.begin(folder);
        peers.host().save(aside);
        aside.commit();
    }

    @Test
    void shouldRepeatAVerdictWithItsDetailAfterARestart() {
        final RequestType ask = new RequestType("ask", 931, 10, 4);
        final byte[] detail = {3, 1, 4, 1, 5};
        final int[] judged = new int[1];
        final Supplier<SimulatedPeers> game = () -> peers().plugin(PluginSketch.named("rules", 931).onHost(host -> host.request(
            ask, (seat, buffer, offset, length, version, tick) -> {
                judged[0]++;
                return Verdict.rejected("no", judged[0] == 1 ? detail : new byte[] {9});
            })));
        final SimulatedPeers before = game.get().start();
        before.joined(1);
        final int request = before.client(0).requests().send(ask, new UnsafeBuffer(new byte[4]), 0, 4);
        before.tickUntil(() -> !before.player(0).verdicts.isEmpty(), 50, "it should be answered");
        final Memory memory = new Memory();
        before.host().save(memory);

        final SimulatedPeers after = game.get().saved(memory).start();
        final int again = after.join(before.player(0).id, "Ada");
        final List<byte[]> details = new ArrayList<>();
        after.client(again).requests().onVerdict((number, approved, reason, told) -> details.add(told.clone()));
        after.tickUntil(() -> after.client(again).state() == ClientState.PLAYING, 50, "the player should be back");
        final UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
        new RequestEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).requestId(Integer.toUnsignedLong(request));
        final int at = SessionProtocol.HEADER + RequestEncoder.BLOCK_LENGTH;
        new MessageHeaderEncoder().wrap(record, at).blockLength(4).templateId(10).schemaId(931).version(1);
        after.client(again).connection().lane().offer(record, 0, at + SessionProtocol.HEADER + 4);
        after.tickUntil(() -> !details.isEmpty(), 50, "the repeat should be answered");
        assertArrayEquals(detail, details.get(0), "the verdict of then");
        assertEquals(1, judged[0], "judged once");
    }

    @Test
    void shouldNotSaveWhatIsNeverSaved() {
        final Memory memory = new Memory();
        final SimulatedPeers before = peers().start();
        before.spawn(new Position(1, 0, 1), new Owner(3));
        before.spawn(new Position(2, 0, 2));
        before.tick(1);
        before.host().save(memory);
        assertEquals(1, peers().saved(memory).start().host().world().count());
    }

    @Test
    void shouldNameTheDamagedFile() throws IOException {
        final Path folder = temporary.resolve("world");
        save(played(3), folder);
        final Path file = folder.resolve("entities.section");
        final byte[] whole = Files.readAllBytes(file);
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 40; i++) {
            final byte[] damaged = i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (i % 4 != 0) {
                // The length in the trailer is not looked at; anything before it is.
                damaged[random.nextInt(damaged.length - Long.BYTES)] ^= (byte)(1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            final WorldSaveException refused = assertThrows(
                WorldSaveException.class, () -> peers().saved(WorldFolder.open(folder)).start());
            assertTrue(refused.getMessage().contains("entities.section"), refused::getMessage);
        }
    }

    @Test
    void shouldNameTheSectionThatHoldsNonsense() {
        final SplittableRandom random = new SplittableRandom(4);
        final Memory memory = new Memory();
        played(4).host().save(memory);
        final byte[] whole = memory.sections.get("entities");
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            final byte[] damaged = whole.clone();
            for (int flips = 0; flips < 4; flips++) {
                damaged[random.nextInt(Math.min(400, damaged.length))] ^= (byte)(1 << random.nextInt(8));
            }
            memory.sections.put("entities", damaged);
            final SimulatedPeers next = peers().saved(memory);
            try {
                next.start();
            } catch (final WorldSaveException e) {
                refused++;
            }
        }
        assertTrue(refused > 50, "only the exception of a save that cannot be read is thrown; it was so " + refused + " times");
    }

    @Test
    void shouldLeaveOneWholeWorldWhenItCrashesBetweenTheRenames() throws IOException {
        final Path folder = temporary.resolve("world");
        final SimulatedPeers first = played(5);
        save(first, folder);
        final SimulatedPeers second = played(6);
        final WorldFolder aside = WorldFolder.begin(folder);
        second.host().save(aside);
        // The first rename is done, the second is not.
        Files.move(folder, temporary.resolve("world.former"));
        assertTrue(WorldFolder.exists(folder), "the former world counts");
        assertContinues(first, peers().saved(WorldFolder.open(folder)).start());
        save(second, folder);
        assertContinues(second, peers().saved(WorldFolder.open(folder)).start());
    }

    @Test
    void shouldLeaveTheFormerWorldWhenItCrashesWhileWriting() throws IOException {
        final Path folder = temporary.resolve("world");
        final SimulatedPeers first = played(7);
        save(first, folder);
        final WorldFolder aside = WorldFolder.begin(folder);
        aside.write("entities", out -> out.writeInt(NetworkId.NONE));
        assertContinues(first, peers().saved(WorldFolder.open(folder)).start());
    }

    /** A part that was taken away went unnoticed, and the next save kept an empty one in its place. */
    @Test
    void shouldRefuseAWorldOfWhichAPartIsMissing() {
        final Memory memory = new Memory();
        played(3).host().save(memory);
        memory.sections.remove("weather");
        final WorldSaveException refused = assertThrows(WorldSaveException.class, () -> peers().saved(memory).start());
        assertTrue(refused.getMessage().contains("\"weather\" is missing"), refused.getMessage());
    }

    /** Without its plugin the next save would have left the part out. */
    @Test
    void shouldRefuseAWorldWithAPartThatNoChosenPluginReads() {
        final Memory memory = new Memory();
        played(3).host().save(memory);
        final WorldSaveException refused = assertThrows(WorldSaveException.class, () -> new SimulatedPeers(1).saved(memory).start());
        assertTrue(refused.getMessage().contains("\"weather\" belongs to a plugin"), refused.getMessage());
    }
}
