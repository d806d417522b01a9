package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.lane.AllocatedBytes;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Entities that only move and change cost the client no memory, however long it goes on. */
class EntityReaderAllocationTest {
    private static final int ENTITIES = 200;
    private static final int TICKS = 2_000;
    private static final long CELL = CellKey.spatial(1, 1);
    private static final CellGrid GRID = new CellGrid(25);

    private final World world = new World(new ColumnStore());
    private final BitReader bits = new BitReader();
    private EntityReader reader;
    private UnsafeBuffer steady;
    private int tick;

    @Test
    void shouldAllocateNothingForSteadyRecords() {
        new CoreComponents(world);
        final ComponentTable table = ComponentTable.ofHost(world, Map.of());
        reader = new EntityReader(world, table, GRID, 20, cell -> true, Repairs.ALL);
        final AnswerBits writer = new AnswerBits(table, GRID, 20);
        final byte[][] blocks = {{0, 100, 0, 0, 0, 0, 0, 0, 0, 100, 0, 0}, {10, 0, 20, 0, -30, -1}};
        writer.begin(CELL, 0).absolute();
        for (int i = 0; i < ENTITIES; i++) {
            writer.kind(EntityBits.FULL).id(i * 31, 1).name(i).set(3).values(3, blocks);
        }
        writer.end();
        bits.wrap(writer.buffer, 0, writer.bits.endByte());
        assertEquals(EntityReader.READ, reader.read(CELL, ++tick, bits, false, true));
        writer.begin(CELL, 0).plain(8);
        for (int i = 0; i < ENTITIES; i++) {
            writer.leaningKind(EntityBits.PARTIAL_SHORT).shortName(i, 8).changedSet(i % 3 == 0 ? 3 : 1);
            if (i % 3 == 0) {
                writer.difference(1, blocks[1], blocks[1]);
            }
            writer.leaningPosition(blocks[0], blocks[0], blocks[1], i % 4);
        }
        writer.end();
        steady = new UnsafeBuffer(new byte[writer.bits.endByte()]);
        steady.putBytes(0, writer.buffer, 0, steady.capacity());
        final long allocated = new AllocatedBytes().of(5, this::play);
        assertTrue(allocated <= AllocatedBytes.TOLERANCE, allocated / (double)TICKS + " bytes a tick");
        assertEquals(ENTITIES, world.count());
    }

    private void play() {
        for (int i = 0; i < TICKS; i++) {
            bits.wrap(steady, 0, steady.capacity());
            if (reader.read(CELL, ++tick, bits, true, true) != EntityReader.READ) {
                throw new AssertionError("tick " + tick);
            }
            reader.settle();
        }
    }
}
