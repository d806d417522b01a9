package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.plugin.terrain.sbe.EditEncoder;
import dev.planetary.plugin.terrain.sbe.ResendEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerrainPluginTest {
    private static final long CELL = CellKey.spatial(0, 0);

    private final FakeGame host = new FakeGame(GameOptions.seeded(42));
    private final FakeGame client = new FakeGame(GameOptions.seeded(0));
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_400]);
    private final CellTrack track = new CellTrack();
    private final Seat seat = new StandingSeat(16, 16);
    private int handle;
    private int tick = 1;

    /** A player who stands still. */
    private record StandingSeat(double anchorX, double anchorZ) implements Seat {
        @Override
        public int number() {
            return 0;
        }

        @Override
        public PlayerId player() {
            return new PlayerId(0, 1);
        }

        @Override
        public String name() {
            return "Ada";
        }

        @Override
        public void anchor(final double x, final double y, final double z) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void registerBothSides() {
        new TerrainPlugin().host(host);
        new TerrainPlugin().client(client);
        handle = host.source.watch(CELL);
    }

    private VoxelQuery ground() {
        return host.capability(VoxelQuery.class).orElseThrow();
    }

    private VoxelQuery shown() {
        return client.capability(VoxelQuery.class).orElseThrow();
    }

    private VoxelEdits edits() {
        return client.capability(VoxelEdits.class).orElseThrow();
    }

    /** Serves the client all that it lacks. Returns the bytes. */
    private int serve() {
        int bytes = 0;
        for (int i = 0; i < 1_000 && host.source.hasNews(handle, track); i++) {
            final int length = host.source.answer(handle, track, tick++, buffer, 0, buffer.capacity());
            assertTrue(length == 0 || client.reader.apply(CELL, tick, buffer, 0, length));
            bytes += length;
        }
        assertFalse(host.source.hasNews(handle, track));
        client.tick(tick++);
        return bytes;
    }

    private Verdict judgeLast() {
        return host.judge(seat, client.sent.get(client.sent.size() - 1), tick++);
    }

    private void approveLast() {
        final Verdict verdict = judgeLast();
        assertInstanceOf(Verdict.Approved.class, verdict, verdict::toString).effect().apply();
    }

    private String rejectionOfLast() {
        return assertInstanceOf(Verdict.Rejected.class, judgeLast()).reason();
    }

    private void assertViewsEqual() {
        final CellDigest ofHost = new CellDigest();
        final CellDigest ofClient = new CellDigest();
        host.source.digest(CELL, ofHost);
        client.reader.digest(CELL, ofClient);
        assertEquals(ofHost.items(), ofClient.items());
        assertEquals(ofHost.size(), ofClient.size());
        assertTrue(ofHost.size() > 0);
    }

    @Test
    void shouldShowTheHostsGround() {
        assertTrue(serve() < 8_000, "a column should be a few kilobytes");
        assertViewsEqual();
        final Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            final int x = random.nextInt(32);
            final int z = random.nextInt(32);
            final int y = random.nextInt(400) - 80;
            assertEquals(ground().materialAt(x, y, z), shown().materialAt(x, y, z));
            assertEquals(ground().surface(x, z), shown().surface(x, z));
            assertEquals(ground().surfaceBelow(x, y, z), shown().surfaceBelow(x, y, z));
        }
        final int surface = ground().surface(16, 16);
        assertTrue(ground().isSolid(16, surface - 1, 16) && !ground().isSolid(16, surface, 16));
        assertEquals(Integer.MIN_VALUE, shown().surface(5_000, 5_000), "a client knows nothing of what is not in its window");
    }

    @Test
    void shouldSendAnEditInFewBytes() {
        serve();
        final int surface = ground().surface(16, 16);
        final List<String> changes = new ArrayList<>();
        client.capability(VoxelChanges.class).orElseThrow().listen((x, y, z, a, b, c, d, e, f) -> changes.add(x + "," + z + " " + a + "-" + d));
        edits().dig(16, surface - 1, 16, 3);
        approveLast();
        assertEquals(surface - 4, ground().surface(16, 16), "the dig should have opened the ground");
        assertTrue(serve() <= 2 * TerrainRecord.EDIT_LENGTH, "an edit is one small record for each chunk that it touches");
        assertViewsEqual();
        assertEquals("0,0 14-19", changes.get(0), "the voxels that look different");
        edits().fill(16, surface - 1, 16, 3, Materials.SAND);
        approveLast();
        serve();
        assertViewsEqual();
        assertEquals(Materials.SAND, shown().materialAt(16, surface - 3, 16));
    }

    @Test
    void shouldSendTheWholeChunkWhenTheRingHasForgotten() {
        serve();
        final int surface = ground().surface(16, 16);
        final Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            edits().dig(8 + random.nextInt(16), surface - 1 - random.nextInt(6), 8 + random.nextInt(16), 1);
            if (judgeLast() instanceof Verdict.Approved approved) {
                approved.effect().apply();
            }
        }
        final int bytes = serve();
        assertTrue(bytes > 300 && bytes < 8_000, "bytes for 200 edits: " + bytes);
        assertViewsEqual();
    }

    @Test
    void shouldCompleteAChunkThatChangesEveryTick() {
        final int surface = ground().surface(16, 16);
        int ticks = 0;
        while (shown().surface(16, 16) == Integer.MIN_VALUE || shown().materialAt(1, surface - 20, 1) == VoxelQuery.AIR) {
            edits().dig(8 + ticks % 16, surface - 1 - ticks / 16, 8 + ticks * 5 % 16, 0);
            if (judgeLast() instanceof Verdict.Approved approved) {
                approved.effect().apply();
            }
            // Room for one edit and a small part of a chunk: a chunk that began again with each edit would never be whole.
            final int length = host.source.hasNews(handle, track) ? host.source.answer(handle, track, tick, buffer, 0, 100) : 0;
            assertTrue(length == 0 || client.reader.apply(CELL, tick, buffer, 0, length));
            client.tick(tick);
            assertTrue(++ticks < 100, "the column should be complete long before");
        }
        serve();
        assertViewsEqual();
    }

    @Test
    void shouldSayWhyARequestIsRefused() {
        final int surface = ground().surface(16, 16);
        edits().dig(46, surface - 1, 16, 3);
        assertEquals("too far: 31 m, reach is 12 m", rejectionOfLast());
        edits().dig(16, 200, 16, 3);
        assertEquals("nothing to dig there", rejectionOfLast());
        edits().dig(16, 400, 16, 3);
        assertEquals("outside the world: height 400, it goes from -64 to 319", rejectionOfLast());
        edits().dig(16, Column.MIN_Y, 16, 0);
        assertEquals("nothing to dig there", rejectionOfLast(), "the lowest layer of the world stays");
        edits().fill(16, surface, 16, 2, 512);
        assertEquals("no material has number 512", rejectionOfLast());
        edits().fill(16, Column.MIN_Y, 16, 2, Materials.STONE);
        assertEquals("nothing to fill there", rejectionOfLast());
        edits().dig(Integer.MAX_VALUE, surface, Integer.MIN_VALUE, 8);
        assertTrue(rejectionOfLast().startsWith("too far: "));
        edits().dig(16, surface - 1, 16, 8);
        client.sent.get(client.sent.size() - 1).message().putShort(EditEncoder.sizeEncodingOffset(), (short)9);
        assertEquals("too large: radius 9, at most 8", rejectionOfLast());
        assertThrows(IllegalArgumentException.class, () -> edits().dig(0, 0, 0, 9));
        assertThrows(IllegalArgumentException.class, () -> edits().fill(0, 0, 0, 1, 0));
    }

    @Test
    void shouldJudgeAgainstWhatWasApprovedBefore() {
        final int surface = ground().surface(16, 16);
        edits().dig(16, surface - 1, 16, 0);
        approveLast();
        assertEquals("nothing to dig there", rejectionOfLast(), "the second of two digs finds air");
    }

    @Test
    void shouldFindAVoxelThatWasFlipped() {
        serve();
        final String item = client.capability(ViewTampering.class).orElseThrow().flipVoxel();
        final CellDigest ofHost = new CellDigest();
        final CellDigest ofClient = new CellDigest();
        host.source.digest(CELL, ofHost);
        client.reader.digest(CELL, ofClient);
        assertNotEquals(ofHost.items().get(item), ofClient.items().get(item), item);
        ofHost.items().remove(item);
        ofClient.items().remove(item);
        assertEquals(ofHost.items(), ofClient.items(), "one chunk only should differ");
    }

    @Test
    void shouldMendAChunkThatDisagreesWithAnEdit() {
        serve();
        final String item = client.capability(ViewTampering.class).orElseThrow().flipVoxel();
        final int number = Integer.parseInt(item.split(",")[1]) - Column.CHUNK_Y_MIN;
        final int y = Column.MIN_Y + number * Voxels.SIZE + 16;
        edits().dig(16, y, 16, 2);
        approveLast();
        final int length = host.source.answer(handle, track, tick, buffer, 0, buffer.capacity());
        assertFalse(client.reader.apply(CELL, tick, buffer, 0, length), "an edit whose hash disagrees should be told");
        final int asked = client.sent.size();
        client.systems.forEach(system -> system.run(null, tick));
        client.systems.forEach(system -> system.run(null, tick));
        assertEquals(asked + 1, client.sent.size(), "the client should ask for the chunk once, not every tick");
        approveLast();
        serve();
        assertViewsEqual();
        assertEquals("that chunk was sent again just now", rejectionOfLast());
        client.systems.forEach(system -> system.run(null, tick));
        assertEquals(asked + 1, client.sent.size(), "a mended chunk is not asked for again");
    }

    @Test
    void shouldNotLetOnePlayerHaveTheWorldSentAgain() {
        serve();
        final ResendEncoder resend = new ResendEncoder();
        int approved = 0;
        host.source.watch(CellKey.spatial(1, 0));
        host.source.digest(CellKey.spatial(1, 0), new CellDigest());
        for (int number = 0; number < 2 * Column.CHUNKS; number++) {
            final UnsafeBuffer message = new UnsafeBuffer(new byte[ResendEncoder.BLOCK_LENGTH]);
            resend.wrap(message, 0).x(number & 1).z(0).chunk((short)(number >> 1));
            if (host.judge(seat, new FakeGame.Sent(TerrainRequests.RESEND, message), tick) instanceof Verdict.Approved yes) {
                yes.effect().apply();
                approved++;
            }
        }
        assertEquals(16, approved);
        assertTrue(serve() < 8_000);
        assertViewsEqual();
    }

    @Test
    void shouldReadAnyBytesWithoutHarm() {
        serve();
        final Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 2) {
                final int kind = 1 + random.nextInt(11);
                final int chunk = random.nextInt(Column.CHUNKS + 1);
                bytes[0] = (byte)(kind < TerrainRecord.UNIFORM ? kind : kind | chunk << 4);
                bytes[1] = (byte)(kind < TerrainRecord.UNIFORM ? chunk : kind == TerrainRecord.PART ? random.nextInt(200) : random.nextInt(5));
            }
            final long cell = random.nextInt(20) == 0 ? CellKey.global(0) : CellKey.spatial(0, random.nextInt(4));
            client.reader.apply(cell, i, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        assertFalse(client.reader.apply(CellKey.global(0), 1, buffer, 0, 9));
        assertFalse(client.reader.apply(CELL, 1, buffer, 0, 0));
        for (int z = 0; z < 4; z++) {
            client.reader.evict(CellKey.spatial(0, z));
        }
        track.forget();
        serve();
        assertViewsEqual();
    }

    @Test
    void shouldRefuseEveryMutatedAnswerOrEndRight() {
        final Random random = new Random(9);
        int mutations = 0;
        int refused = 0;
        for (int round = 0; mutations < 5_000; round++) {
            client.reader.evict(CELL);
            track.forget();
            if (round % 20 == 0) {
                // Edits are answered one by one to who has the chunk already.
                serve();
                for (int i = 0; i < 8; i++) {
                    edits().dig(4 + random.nextInt(24), ground().surface(16, 16) - random.nextInt(8), 4 + random.nextInt(24), 1);
                    if (judgeLast() instanceof Verdict.Approved approved) {
                        approved.effect().apply();
                    }
                }
            }
            while (host.source.hasNews(handle, track)) {
                final int length = host.source.answer(handle, track, tick++, buffer, 0, 400);
                final byte[] answer = new byte[length];
                buffer.getBytes(0, answer);
                if (length > 0) {
                    final byte[] bad = Damage.values()[mutations++ % Damage.values().length].apply(answer, random);
                    refused += client.reader.apply(CELL, tick, new UnsafeBuffer(bad), 0, bad.length) ? 0 : 1;
                }
            }
        }
        assertTrue(refused > mutations / 3, "refused " + refused + " of " + mutations);
        client.reader.evict(CELL);
        track.forget();
        serve();
        assertViewsEqual();
    }

    @Test
    void shouldJudgeAnyBytesAsARequest() {
        final Random random = new Random(10);
        edits().dig(16, ground().surface(16, 16) - 1, 16, 2);
        final FakeGame.Sent sent = client.sent.get(client.sent.size() - 1);
        final byte[] good = new byte[sent.type().blockLength()];
        sent.message().getBytes(0, good);
        int rejected = 0;
        for (int i = 0; i < 5_000; i++) {
            final byte[] bad = good.clone();
            switch (i % 3) {
                case 0 -> bad[random.nextInt(bad.length)] ^= (byte)(1 << random.nextInt(8));
                case 1 -> random.nextBytes(bad);
                default -> {
                    final int at = random.nextInt(bad.length);
                    Arrays.fill(bad, at, Math.min(bad.length, at + 4), (byte)(random.nextBoolean() ? -1 : 127));
                }
            }
            sent.message().putBytes(0, bad);
            final Verdict verdict = host.judge(seat, sent, tick++);
            if (verdict instanceof Verdict.Approved approved) {
                approved.effect().apply();
            } else {
                rejected++;
            }
        }
        assertTrue(rejected > 3_000, "rejected " + rejected);
        serve();
        assertViewsEqual();
    }

    @Test
    void shouldContinueASavedWorld() throws IOException {
        serve();
        final int surface = ground().surface(16, 16);
        edits().dig(16, surface - 1, 16, 5);
        approveLast();
        edits().fill(10, surface + 40, 16, 2, Materials.GRAVEL);
        approveLast();
        final ByteArrayOutputStream saved = new ByteArrayOutputStream();
        host.section.write(new DataOutputStream(saved));
        assertTrue(saved.size() < 12_000, "only edited chunks should be saved: " + saved.size() + " B");

        final FakeGame again = new FakeGame(new GameOptions(7, Optional.empty(), Map.of()));
        new TerrainPlugin().host(again);
        again.section.read(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        final CellDigest before = new CellDigest();
        final CellDigest after = new CellDigest();
        for (int x = -1; x < 2; x++) {
            host.source.digest(CellKey.spatial(x, 1), before);
            host.source.digest(CellKey.spatial(x, 0), before);
            again.source.digest(CellKey.spatial(x, 1), after);
            again.source.digest(CellKey.spatial(x, 0), after);
        }
        assertEquals(before.items(), after.items());
        final ByteArrayOutputStream savedAgain = new ByteArrayOutputStream();
        again.section.write(new DataOutputStream(savedAgain));
        assertEquals(saved.size(), savedAgain.size(), "an untouched world should be saved the same again");
        final byte[] damaged = saved.toByteArray();
        damaged[damaged.length - 20] ^= 1;
        assertThrows(IOException.class, () -> again.section.read(new DataInputStream(new ByteArrayInputStream(damaged))));
    }

    @Test
    void shouldContinueAnImportedWorldWithoutItsFolder() throws IOException {
        final String folder = TestWorlds.real("1.21.1").toString();
        final FakeGame first = new FakeGame(new GameOptions(0, Optional.of("anvil:" + folder), Map.of()));
        new TerrainPlugin().host(first);
        final ByteArrayOutputStream saved = new ByteArrayOutputStream();
        first.section.write(new DataOutputStream(saved));
        final FakeGame again = new FakeGame(new GameOptions(7, Optional.empty(), Map.of()));
        new TerrainPlugin().host(again);
        again.section.read(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        final CellDigest before = new CellDigest();
        final CellDigest after = new CellDigest();
        for (int x = 0; x < 4; x++) {
            for (int z = 0; z < 4; z++) {
                first.source.digest(CellKey.spatial(x, z), before);
                again.source.digest(CellKey.spatial(x, z), after);
            }
        }
        assertEquals(before.items(), after.items());
        assertTrue(after.size() > 100_000);
        assertEquals(
            first.capability(VoxelQuery.class).orElseThrow().spawn()[1], again.capability(VoxelQuery.class).orElseThrow().spawn()[1]);
    }

    @Test
    void shouldRefuseNewWorldsThatCannotBe() {
        for (final String how : new String[] {"seed:many", "flat", "anvil:nowhere"}) {
            final FakeGame game = new FakeGame(new GameOptions(0, Optional.of(how), Map.of()));
            final String message = assertThrows(InvalidSettingException.class, () -> new TerrainPlugin().host(game)).getMessage();
            assertTrue(message.contains(how.replace("anvil:", "")), message);
        }
    }

    @Test
    void shouldStartNewcomersOnDryGround() {
        for (int seed = 0; seed < 20; seed++) {
            final TerrainWorld world = TestWorlds.seeded(seed);
            final double[] spawn = world.spawn();
            final int x = (int)Math.floor(spawn[0]);
            final int z = (int)Math.floor(spawn[2]);
            assertTrue(world.isSolid(x, (int)spawn[1] - 1, z), "seed " + seed);
            assertEquals(VoxelQuery.AIR, world.materialAt(x, (int)spawn[1], z), "seed " + seed);
        }
    }

    @Test
    void shouldLimitWorkInATick() {
        final CellTrack[] tracks = new CellTrack[20];
        final int[] handles = new int[tracks.length];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = new CellTrack();
            handles[i] = host.source.watch(CellKey.spatial(100 + i, 0));
        }
        int served = 0;
        for (int i = 0; i < tracks.length; i++) {
            assertTrue(host.source.hasNews(handles[i], tracks[i]));
            while (host.source.answer(handles[i], tracks[i], 1, buffer, 0, buffer.capacity()) > 0) {
                served++;
            }
        }
        final long encoded = host.counters.reader().getCounterValue(0);
        assertTrue(served > 0 && encoded <= TerrainPlugin.WORK_DEFAULT, "encoded in one tick: " + encoded);
        assertTrue(host.source.hasNews(handles[19], tracks[19]), "what did not fit into the tick is news still");
    }

    @Test
    void shouldAnswerNothingForCellsWithoutGround() {
        final int none = host.source.watch(CellKey.global(0));
        assertFalse(host.source.hasNews(none, new CellTrack()));
        assertEquals(0, host.source.answer(none, new CellTrack(), 1, buffer, 0, 100));
        host.source.unwatch(none);
        final int farAway = host.source.watch(CellKey.spatial(1 << 29, -(1 << 29)));
        final CellTrack farTrack = new CellTrack();
        assertEquals(ChunkRecord.uniformLength(1, Materials.AIR), host.source.answer(farAway, farTrack, 1, buffer, 0, 100), "beyond the world is air");
    }
}
