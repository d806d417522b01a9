package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.plugin.terrain.sbe.CompareEncoder;
import dev.planetary.plugin.terrain.sbe.EditEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the host judges edits beside what other plugins know, and what it answers from outside's bytes. */
class EditJudgingTest {
    private final FakeGame host = new FakeGame(GameOptions.seeded(42));
    private final Map<PlayerId, Long> dug = new HashMap<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[128]);
    private int surface;

    /** A player who stands still. */
    private static final class Standing implements Seat {
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
        public double anchorX() {
            return 16;
        }

        @Override
        public double anchorZ() {
            return 16;
        }

        @Override
        public void anchor(final double x, final double y, final double z) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void registerBesideBuilding() {
        host.provide(OccupancyQuery.class, (x, y, z) -> x == 20 && z == 20 ? 77 : OccupancyQuery.NOTHING);
        host.provide(Contributions.class, new Contributions() {
            @Override
            public void add(final PlayerId player, final Kind kind, final long amount) {
                assertEquals(Kind.DUG, kind);
                dug.merge(player, amount, Long::sum);
            }

            @Override
            public long of(final PlayerId player, final Kind kind) {
                return dug.getOrDefault(player, 0L);
            }
        });
        new TerrainPlugin().host(host);
        surface = world().surface(16, 16);
    }

    private TerrainWorld world() {
        return (TerrainWorld)host.capability(VoxelQuery.class).orElseThrow();
    }

    private Verdict judge(final Brush brush, final int base) {
        new EditEncoder().wrap(message, 0).kind((short)brush.kind).x(brush.x).y(brush.y).z(brush.z).size(brush.size).material(brush.material)
            .base(Integer.toUnsignedLong(base));
        return host.judge(new Standing(), new FakeGame.Sent(TerrainRequests.EDIT, message), 1);
    }

    @Test
    void shouldCountWhatIsDugAndTellWhoListensOnTheHost() {
        final int[] heard = new int[1];
        host.capability(VoxelChanges.class).orElseThrow().listen((x, y, z, a, b, c, d, e, f) -> heard[0]++);
        final Brush dig = new Brush().ball(Brush.DIG, 16, surface - 3, 16, 2, Materials.AIR);
        assertInstanceOf(Verdict.Approved.class, judge(dig, dig.base(world()))).effect().apply();
        assertEquals(33, dug.get(new PlayerId(0, 1)));
        assertTrue(heard[0] > 0);
        assertEquals(1, host.parts.size(), "what the effect did to one column is one part");
    }

    @Test
    void shouldFillNothingWhereAStructureStands() {
        final Brush fill = new Brush().ball(Brush.FILL, 19, world().surface(20, 20) + 1, 19, 2, Materials.STONE);
        assertEquals("a structure stands there: entity 77", assertInstanceOf(Verdict.Rejected.class, judge(fill, Brush.ANY_BASE)).reason());
        final Brush beside = new Brush().ball(Brush.FILL, 12, world().surface(12, 12), 12, 1, Materials.STONE);
        assertInstanceOf(Verdict.Approved.class, judge(beside, Brush.ANY_BASE));
    }

    @Test
    void shouldApproveOnANewerVersionAndTellTheTruthWhereSomebodyWasFirst() {
        final Brush dig = new Brush().ball(Brush.DIG, 16, surface - 1, 16, 3, Materials.AIR);
        final Brush far = new Brush().ball(Brush.DIG, 22, world().surface(22, 16) - 1, 16, 1, Materials.AIR);
        final int base = dig.base(world());
        world().edit(far);
        assertInstanceOf(Verdict.Approved.class, judge(dig, base), "what does not overlap does not matter");
        world().edit(new Brush().ball(Brush.DIG, 17, surface - 1, 16, 1, Materials.AIR));
        final Verdict.Rejected lost = assertInstanceOf(Verdict.Rejected.class, judge(dig, base));
        assertEquals("somebody else changed the ground there first", lost.reason());
        assertTrue(lost.detail().length <= TrueVoxels.LENGTH_MAX && lost.detail().length > 1, "detail of " + lost.detail().length + " B");
        final Brush large = new Brush().ball(Brush.DIG, 16, surface - 1, 16, 8, Materials.AIR);
        assertEquals(9, assertInstanceOf(Verdict.Rejected.class, judge(large, 1)).detail().length, "hash and version where the runs are long");
    }

    @Test
    void shouldJudgeAnyRequestWithoutHarm() {
        final Random random = new Random(5);
        int approved = 0;
        for (int i = 0; i < 30_000; i++) {
            final byte[] bytes = new byte[EditEncoder.BLOCK_LENGTH];
            random.nextBytes(bytes);
            message.putBytes(0, bytes);
            if (random.nextBoolean()) {
                new EditEncoder().wrap(message, 0).kind((short)random.nextInt(9)).x(16 + random.nextInt(30)).y(surface - random.nextInt(9))
                    .z(16 - random.nextInt(30)).size(random.nextInt(1 + random.nextInt(4_200)))
                    .material(random.nextBoolean() ? Materials.AIR : Materials.SAND).base(0);
            }
            if (host.judge(new Standing(), new FakeGame.Sent(TerrainRequests.EDIT, message), i) instanceof Verdict.Approved yes) {
                yes.effect().apply();
                approved++;
            }
            random.nextBytes(bytes);
            message.setMemory(0, CompareEncoder.BLOCK_LENGTH, (byte)0);
            message.putBytes(0, bytes);
            assertInstanceOf(Verdict.Rejected.class, host.judge(new Standing(), new FakeGame.Sent(TerrainRequests.COMPARE, message), i));
        }
        assertTrue(approved > 0, "approved " + approved);
    }

    @Test
    void shouldReadAnyTruthWithoutHarm() {
        final Random random = new Random(6);
        final TerrainView view = new TerrainView();
        final Brush brush = new Brush().ball(Brush.DIG, 16, surface, 16, 3, Materials.AIR);
        for (int i = 0; i < 50_000; i++) {
            final byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte)(1 + random.nextInt(2));
            }
            TrueVoxels.agrees(bytes, brush, view);
        }
    }

    @Test
    void shouldAnswerWithEditsOrTheChunkWhicheverIsShorter() {
        final Random random = new Random(8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64_000]);
        final long cell = CellKey.spatial(0, 0);
        final int handle = host.source.watch(cell);
        int asEdits = 0;
        int whole = 0;
        for (int round = 0; round < 30; round++) {
            final CellTrack track = new CellTrack();
            track.forget();
            serve(handle, track, buffer, 1_000 + round);
            final int edits = 1 + random.nextInt(120);
            final long[] touched = new long[1];
            world().listen((x, y, z, a, b, c, d, e, f) -> touched[0] += x == 0 && z == 0 ? 1 : 0);
            for (int i = 0; i < edits; i++) {
                final int x = 8 + random.nextInt(16);
                final int z = 8 + random.nextInt(16);
                world().edit(new Brush().ball(Brush.DIG, x, world().surface(x, z) - 1, z, 1, Materials.AIR));
            }
            final int answered = serve(handle, track, buffer, 1_000 + round);
            final CellTrack fresh = new CellTrack();
            final int chunks = serve(handle, fresh, buffer, 1_000 + round);
            final long asEditsBytes = touched[0] * TerrainRecord.EDIT_LENGTH;
            assertTrue(
                answered <= 1.1 * Math.min(asEditsBytes, chunks) + TerrainRecord.PART_HEADER_MOST * Column.CHUNKS,
                "round " + round + ": answered " + answered + " B, " + asEditsBytes + " B of edits, chunks " + chunks + " B");
            asEdits += answered == asEditsBytes ? 1 : 0;
            whole += answered < asEditsBytes ? 1 : 0;
        }
        assertTrue(asEdits > 3 && whole > 3, "as edits " + asEdits + ", whole " + whole);
    }

    private int serve(final int handle, final CellTrack track, final UnsafeBuffer buffer, final int tick) {
        int bytes = 0;
        for (int i = 0; i < 100 && host.source.hasNews(handle, track); i++) {
            bytes += host.source.answer(handle, track, tick + 100 * i, buffer, 0, buffer.capacity());
        }
        return bytes;
    }
}
