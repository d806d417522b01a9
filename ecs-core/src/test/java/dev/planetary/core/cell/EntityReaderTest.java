package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The client's side of a cell: late, doubled and missing words of the host, one by one. */
class EntityReaderTest {
    private static final long HERE = CellKey.spatial(0, 0);
    private static final long THERE = CellKey.spatial(1, 0);
    private static final int SLOT = 20;
    private static final int ENTITY = NetworkId.of(SLOT, 1);

    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[512]);
    private int end;

    private World world;
    private ComponentTable table;
    private EntityReader reader;

    private void begin(final Repairs repairs) {
        world = new World(new ColumnStore());
        new CoreComponents(world);
        table = ComponentTable.ofHost(world, Map.of());
        reader = new EntityReader(world, table, cell -> true, repairs);
    }

    @Test
    void shouldShowAfterAllWhatALaterPartOfTheRollCallNames() {
        begin(Repairs.ALL);
        moveBelowTheFloor();
        assertFalse(world.isAlive(ENTITY), "it came before the roll call began, and the part that would name it has not come");
        apply(THERE, 6, rollCall(1, 10, 0, SLOT));
        assertTrue(world.isAlive(ENTITY), "the second part names it");
        assertEquals(THERE, reader.cellOf(ENTITY));
    }

    @Test
    void shouldLoseItWithoutWaitingForThatPart() {
        begin(Repairs.without(Repair.ROLL_CALL_AWAITED));
        moveBelowTheFloor();
        apply(THERE, 6, rollCall(1, 10, 0, SLOT));
        assertFalse(world.isAlive(ENTITY), "what the repair guards");
    }

    /** It is shown here; over there a roll call begins at tick 5 with the slots below 10; its own late word from there is of tick 4. */
    private void moveBelowTheFloor() {
        apply(HERE, 1, record(EntityAnswer.FULL));
        assertTrue(world.isAlive(ENTITY));
        apply(THERE, 5, rollCall(0, 0, 10));
        apply(THERE, 4, record(EntityAnswer.PARTIAL));
    }

    @Test
    void shouldKeepTheNewestRollCallThatNamedAnEntity() {
        begin(Repairs.ALL);
        apply(THERE, 9, rollCall(0, 0, 0, SLOT));
        apply(HERE, 5, rollCall(0, 0, 0, SLOT));
        apply(THERE, 7, record(EntityAnswer.FULL));
        assertTrue(world.isAlive(ENTITY), "the roll call of tick 9 vouches for its record of tick 7, whatever an older one says of another cell");
    }

    @Test
    void shouldShowNothingFromAFullRecordOfAStayThatIsOver() {
        begin(Repairs.ALL);
        apply(HERE, 5, rollCall(0, 0, 10));
        apply(HERE, 3, record(EntityAnswer.FULL));
        assertFalse(world.isAlive(ENTITY), "it waits for the part of the roll call that names it");
        reader.evict(HERE);
        apply(HERE, 9, rollCall(0, 0, 0, SLOT));
        assertFalse(world.isAlive(ENTITY), "the cell came back, and nobody told what became of the entity meanwhile");
        apply(HERE, 9, record(EntityAnswer.FULL));
        assertTrue(world.isAlive(ENTITY));
    }

    @Test
    void shouldHideWhatLeftAndRefuseTheLateRecordBeforeThat() {
        begin(Repairs.ALL);
        apply(HERE, 1, record(EntityAnswer.FULL));
        apply(HERE, 5, leaver(1));
        reader.settle();
        assertFalse(world.isAlive(ENTITY), "it left at tick 4");
        apply(HERE, 3, record(EntityAnswer.FULL));
        assertFalse(world.isAlive(ENTITY), "a ghost");
        apply(HERE, 6, record(EntityAnswer.FULL));
        assertTrue(world.isAlive(ENTITY), "it came back");
    }

    @Test
    void shouldLetARecordBeatALeaverOfTheSameTick() {
        begin(Repairs.ALL);
        apply(HERE, 1, record(EntityAnswer.FULL));
        apply(THERE, 5, record(EntityAnswer.FULL));
        apply(HERE, 5, leaver(0));
        assertTrue(world.isAlive(ENTITY), "it went from one cell to the other in tick 5");
        assertEquals(THERE, reader.cellOf(ENTITY));
    }

    @Test
    void shouldTellAReusedSlotByItsGeneration() {
        begin(Repairs.ALL);
        apply(HERE, 1, record(EntityAnswer.FULL));
        apply(HERE, 5, record(EntityAnswer.FULL, 2));
        apply(HERE, 4, record(EntityAnswer.FULL, 1));
        assertFalse(world.isAlive(ENTITY));
        assertTrue(world.isAlive(NetworkId.of(SLOT, 2)));
        assertEquals(1, reader.staleRecords());
    }

    // ---- answers, as EntityAnswer writes them ----

    private void apply(final long cell, final int tick, final int length) {
        assertTrue(reader.apply(cell, tick, answer, 0, length), "the answer can be read");
    }

    private int rollCall(final int ticksAgo, final int from, final int to, final int... slots) {
        answer.putByte(0, (byte)EntityAnswer.ROLL_CALL);
        end = Varint.write(answer, 1, ticksAgo);
        end = Varint.write(answer, end, from);
        end = Varint.write(answer, end, to);
        end = Varint.write(answer, end, slots.length);
        int previous = from;
        for (final int slot : slots) {
            end = Varint.write(answer, end, slot - previous);
            putGeneration(1);
            previous = slot;
        }
        return end;
    }

    private int record(final int kind) {
        return record(kind, 1);
    }

    private int record(final int kind, final int generation) {
        head(kind, generation);
        end = Varint.writeLong(answer, end, 1);
        answer.setMemory(end, table.length(0), (byte)0);
        end += table.length(0);
        return end;
    }

    private int leaver(final int ticksAgo) {
        head(EntityAnswer.LEAVER, 1);
        end = Varint.write(answer, end, ticksAgo);
        return end;
    }

    private void head(final int kind, final int generation) {
        answer.putByte(0, (byte)0);
        end = Varint.write(answer, 1, SLOT << 1 << EntityAnswer.KIND_BITS | kind);
        putGeneration(generation);
    }

    private void putGeneration(final int generation) {
        answer.putShort(end, (short)generation, ByteOrder.LITTLE_ENDIAN);
        end += Short.BYTES;
    }
}
