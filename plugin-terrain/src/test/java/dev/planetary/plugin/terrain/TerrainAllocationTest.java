package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import java.lang.reflect.Method;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TerrainAllocationTest {
    private static final long TOLERANCE_BYTES = 4_096;
    private static final int ROUNDS = 2_000;
    private static final int CELLS = 64;

    private final TerrainWorld world = TestWorlds.seeded(42);
    private final TerrainSource source = new TerrainSource(world, TestWorlds.counters(), TestWorlds.SCHEMA_ID, 1_000);
    private final TerrainView view = new TerrainView();
    private final TerrainReader reader = new TerrainReader(view, TestWorlds.counters(), TestWorlds.SCHEMA_ID);
    private final CellTrack[] tracks = new CellTrack[CELLS];
    private final int[] handles = new int[CELLS];
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_400]);
    private final TerrainGeneration generation = new TerrainGeneration(view, reader, SeedGenerator::new);
    private final Brush hole = new Brush();
    private int tick = 1;
    private int side;
    private long bytes;

    private static long cell(final int i) {
        return CellKey.spatial(i & 7, i >> 3);
    }

    private void serve() {
        tick++;
        for (int i = 0; i < CELLS; i++) {
            while (source.hasNews(handles[i], tracks[i])) {
                final int length = source.answer(handles[i], tracks[i], tick, buffer, 0, buffer.capacity());
                reader.apply(cell(i), tick, buffer, 0, length);
                bytes += length;
            }
        }
        generation.run(null, tick);
    }

    private void enterAll() {
        for (int i = 0; i < CELLS; i++) {
            tracks[i] = new CellTrack();
            handles[i] = source.watch(cell(i));
        }
        for (int i = 0; i <= CELLS / TerrainGeneration.COLUMNS_A_TICK; i++) {
            serve();
        }
        bytes = 0;
    }

    /** Opens and closes the same hole, so that palettes stay as they are. */
    private void editAndServe() {
        side ^= 1;
        world.edit(hole.ball(side == 0 ? Brush.FILL : Brush.DIG, 70, 40, 70, 2, side == 0 ? Materials.STONE : Materials.AIR));
        serve();
    }

    @Test
    void shouldAllocateNothingInATickWithoutChanges() {
        enterAll();
        assertAllocatesNothing(this::serve);
    }

    @Test
    void shouldAllocateNothingForEditsOnEitherSide() {
        enterAll();
        assertAllocatesNothing(this::editAndServe);
        assertTrue(bytes > ROUNDS * TerrainRecord.EDIT_LENGTH, "edits should have been served: " + bytes + " B");
    }

    @Test
    void shouldAllocateNothingForEncodingAndDecoding() {
        final ChunkEncoder encoder = new ChunkEncoder();
        final ChunkDecoder decoder = new ChunkDecoder();
        final char[] flat = TestWorlds.flat(world.column(0, 0).voxels(3));
        assertAllocatesNothing(() -> {
            side = side + 1 & 7;
            flat[side * 100] = (char)(1 + side);
            final int length = encoder.encode(flat, 1 + side);
            decoder.decode(encoder.out, 0, length);
        });
    }

    @Test
    void shouldAllocateNothingForQuestions() {
        enterAll();
        final long[] sum = new long[1];
        assertAllocatesNothing(() -> {
            side = side * 1_103_515_245 + 12_345;
            final int x = side >>> 8 & 255;
            final int z = side >>> 16 & 255;
            sum[0] += world.surface(x, z) + world.surfaceBelow(x, 60, z) + world.materialAt(x, 50, z) + view.surface(x, z);
        });
        assertTrue(sum[0] != 0);
        final long start = System.nanoTime();
        for (int i = 0; i < 1_000_000; i++) {
            side = side * 1_103_515_245 + 12_345;
            sum[0] += world.surface(side >>> 8 & 255, side >>> 16 & 255);
        }
        System.out.println("surface of a place: " + (System.nanoTime() - start) / 1_000_000 + " ns, scattered over 64 columns");
    }

    private static void assertAllocatesNothing(final Runnable work) {
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        long allocated = Long.MAX_VALUE;
        // The compiler's own work now and then counts as this thread's: the best of three tells what the code does.
        for (int round = 0; round < 3; round++) {
            final long before = allocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                work.run();
            }
            allocated = Math.min(allocated, allocatedBytes() - before);
        }
        assertTrue(allocated < TOLERANCE_BYTES, ROUNDS + " rounds allocated " + allocated + " B");
    }

    static long allocatedBytes() {
        try {
            final Object bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
            final Method method = Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
            return (Long)method.invoke(bean, Thread.currentThread().getId());
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not count allocated bytes", e);
        }
    }
}
