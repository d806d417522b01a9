package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The client's side of a cell: late, doubled and missing words of the host, one by one. */
class EntityReaderTest {
    private static final long HERE = CellKey.spatial(0, 0);
    private static final long THERE = CellKey.spatial(1, 0);
    private static final int SLOT = 20;
    private static final int ENTITY = NetworkId.of(SLOT, 1);

    private static final int NAME = 9;

    /** Bits of something else before the answer. */
    private static final int BEHIND = 5;
    private static final byte[][] ORIGIN = {new byte[12]};
    private static final CellGrid GRID = new CellGrid(25);
    private static final int RATE = 20;

    private final BitReader bits = new BitReader();
    private AnswerBits answer;
    private World world;
    private ComponentTable table;
    private EntityReader reader;

    private void begin(final Repairs repairs) {
        world = new World(new ColumnStore());
        new CoreComponents(world);
        table = ComponentTable.ofHost(world, Map.of());
        answer = new AnswerBits(table, GRID, RATE);
        reader = new EntityReader(world, table, GRID, RATE, cell -> true, repairs);
    }

    @Test
    void shouldShowAfterAllWhatALaterPartOfTheRollCallNames() {
        begin(Repairs.ALL);
        moveBelowTheFloor();
        assertFalse(world.isAlive(ENTITY), "it came before the roll call began, and the part that would name it has not come");
        rollCall(THERE, 1, 10, 0, SLOT);
        apply(THERE, 6);
        assertTrue(world.isAlive(ENTITY), "the second part names it");
        assertEquals(THERE, reader.cellOf(ENTITY));
    }

    @Test
    void shouldLoseItWithoutWaitingForThatPart() {
        begin(Repairs.without(Repair.ROLL_CALL_AWAITED));
        moveBelowTheFloor();
        rollCall(THERE, 1, 10, 0, SLOT);
        apply(THERE, 6);
        assertFalse(world.isAlive(ENTITY), "what the repair guards");
    }

    /** It is shown here; over there a roll call begins at tick 5 with the slots below 10; its own late word from there is of tick 4. */
    private void moveBelowTheFloor() {
        full(HERE, 1);
        assertTrue(world.isAlive(ENTITY));
        rollCall(THERE, 0, 0, 10);
        apply(THERE, 5);
        partial(THERE, 4);
    }

    @Test
    void shouldShowNobodyByALateRecordWhomTheRollCallDidNotName() {
        begin(Repairs.ALL);
        rollCall(HERE, 0, 0, 0);
        apply(HERE, 5);
        full(HERE, 3);
        assertFalse(world.isAlive(ENTITY), "it went before the roll call began");
        full(HERE, 6);
        assertTrue(world.isAlive(ENTITY), "it came after that");
    }

    @Test
    void shouldShowAGhostWithoutTheFloorOfTheRollCall() {
        begin(Repairs.without(Repair.ROLL_CALL_FLOOR));
        rollCall(HERE, 0, 0, 0);
        apply(HERE, 5);
        full(HERE, 3);
        assertTrue(world.isAlive(ENTITY), "what the repair guards");
    }

    @Test
    void shouldKeepTheNewestRollCallThatNamedAnEntity() {
        begin(Repairs.ALL);
        rollCall(THERE, 0, 0, 0, SLOT);
        apply(THERE, 9);
        rollCall(HERE, 0, 0, 0, SLOT);
        apply(HERE, 5);
        full(THERE, 7);
        assertTrue(world.isAlive(ENTITY), "the roll call of tick 9 vouches for its record of tick 7, whatever an older one says of another cell");
    }

    @Test
    void shouldShowNothingFromAFullRecordOfAStayThatIsOver() {
        begin(Repairs.ALL);
        rollCall(HERE, 0, 0, 10);
        apply(HERE, 5);
        full(HERE, 3);
        assertFalse(world.isAlive(ENTITY), "it waits for the part of the roll call that names it");
        reader.evict(HERE);
        rollCall(HERE, 0, 0, 0, SLOT);
        apply(HERE, 9);
        assertFalse(world.isAlive(ENTITY), "the cell came back, and nobody told what became of the entity meanwhile");
        full(HERE, 9);
        assertTrue(world.isAlive(ENTITY));
    }

    @Test
    void shouldHideWhatLeftAndRefuseTheLateRecordBeforeThat() {
        begin(Repairs.ALL);
        full(HERE, 1);
        leaver(HERE, 5, 1);
        reader.settle();
        assertFalse(world.isAlive(ENTITY), "it left at tick 4");
        full(HERE, 3);
        assertFalse(world.isAlive(ENTITY), "a ghost");
        full(HERE, 6);
        assertTrue(world.isAlive(ENTITY), "it came back");
    }

    @Test
    void shouldLetARecordBeatALeaverOfTheSameTick() {
        begin(Repairs.ALL);
        full(HERE, 1);
        full(THERE, 5);
        leaver(HERE, 5, 0);
        assertTrue(world.isAlive(ENTITY), "it went from one cell to the other in tick 5");
        assertEquals(THERE, reader.cellOf(ENTITY));
    }

    @Test
    void shouldTellAReusedSlotByItsGeneration() {
        begin(Repairs.ALL);
        full(HERE, 1);
        full(HERE, 5, 2);
        full(HERE, 4, 1);
        assertFalse(world.isAlive(ENTITY));
        assertTrue(world.isAlive(NetworkId.of(SLOT, 2)));
        assertEquals(1, reader.staleRecords());
    }

    @Test
    void shouldDoubtANameThatItHasNotHeard() {
        begin(Repairs.ALL);
        full(HERE, 1);
        assertEquals(EntityReader.UNSURE, partialShort(THERE, NAME, 2, true), "a name of another cell");
        assertEquals(EntityReader.UNSURE, partialShort(HERE, NAME + 1, 2, true));
        assertEquals(EntityReader.READ, partialShort(HERE, NAME, 2, true));
        assertEquals(2, reader.tickOf(ENTITY, table.type(0)));
        reader.evict(HERE);
        assertEquals(EntityReader.UNSURE, partialShort(HERE, NAME, 3, true), "names are of one stay");
        assertEquals(EntityReader.READ, partialShort(HERE, NAME, 3, false), "passed over");
    }

    @Test
    void shouldReadOnBehindARecordThatItDoubts() {
        begin(Repairs.ALL);
        answer.begin(HERE, BEHIND).leaning(1, 4);
        answer.leaningKind(EntityBits.PARTIAL_SHORT).shortName(NAME, 4).changedSet(1).bits.writeBit(false);
        answer.leaningKind(EntityBits.FULL).id(SLOT, 1).name(NAME).set(1).values(1, ORIGIN);
        answer.end();
        assertEquals(EntityReader.UNSURE, read(HERE, 5, true));
        assertTrue(world.isAlive(ENTITY), "the record behind it is applied");
    }

    @Test
    void shouldNotKnowByALaterNameWhoWasMeantBefore() {
        begin(Repairs.ALL);
        full(HERE, 50);
        assertEquals(EntityReader.UNSURE, partialShort(HERE, NAME, 49, true), "the number was another's at that time");
        full(HERE, 48);
        assertEquals(EntityReader.READ, partialShort(HERE, NAME, 49, true));
    }

    @Test
    void shouldKnowByNameWhoWasOverBeforeItWasHeardOf() {
        begin(Repairs.ALL);
        full(THERE, 5, 2);
        full(HERE, 3, 1);
        assertEquals(EntityReader.READ, partialShort(HERE, NAME, 4, true), "of one who is over, nothing is missing");
        assertTrue(world.isAlive(NetworkId.of(SLOT, 2)));
    }

    @Test
    void shouldForgetEntitiesThatAreOutOfSightForLong() {
        begin(Repairs.ALL);
        long held = 0;
        for (int tick = 0; tick < 40_000; tick += 12) {
            if (tick == 6_000) {
                held = reader.bytesHeld();
            }
            comeAndGo(tick / 12 * 977, tick);
        }
        assertEquals(held, reader.bytesHeld(), "the same rows, used again and again");
        assertTrue(held < 200_000, held + " bytes for those of the last 2,400 ticks, 200 of them");
    }

    private void comeAndGo(final int slot, final int tick) {
        answer.begin(HERE, BEHIND).absolute().kind(EntityBits.FULL).id(slot, 1).name(1).set(1).values(1, ORIGIN);
        apply(HERE, tick);
        answer.begin(HERE, BEHIND).absolute().kind(EntityBits.LEAVER_LONG).id(slot, 1).ago(0);
        apply(HERE, tick + 1);
        reader.settle();
        assertEquals(0, world.count());
    }

    @Test
    void shouldTakeLessThanAKilobyteForAnEntityOfFiveComponents() {
        begin(Repairs.ALL);
        final long set = table.allBits() & ~(1L << table.size() - 1);
        final byte[][] blocks = new byte[table.size()][];
        for (int wire = 0; wire < table.size(); wire++) {
            blocks[wire] = new byte[table.length(wire)];
        }
        for (int tick = 1; tick < 20; tick++) {
            for (int i = 0; i < 100; i++) {
                answer.begin(HERE, BEHIND).absolute().kind(EntityBits.FULL).id(i * 4_001 + 7, 1).name(i).set(set).values(set, blocks).end();
                assertEquals(EntityReader.READ, read(HERE, tick, true));
            }
        }
        assertEquals(100, world.count());
        assertEquals(5, Long.bitCount(set));
        assertTrue(reader.bytesHeld() < 100_000, reader.bytesHeld() + " bytes");
    }

    // ---- answers ----

    /** Reads what was written last, whole. */
    private int read(final long cell, final int tick, final boolean apply) {
        bits.wrap(answer.buffer, 0, answer.bits.endByte());
        bits.read(BEHIND);
        final int read = reader.read(cell, tick, bits, false, apply);
        assertEquals(answer.bits.position(), bits.position(), "read to its end");
        return read;
    }

    private void apply(final long cell, final int tick) {
        answer.end();
        assertEquals(EntityReader.READ, read(cell, tick, true), "the answer can be read");
    }

    private AnswerBits rollCall(final long cell, final int ticksAgo, final int from, final int to, final int... slots) {
        return answer.begin(cell, BEHIND).rollCall(ticksAgo, from, to, slots);
    }

    private void full(final long cell, final int tick) {
        full(cell, tick, 1);
    }

    private void full(final long cell, final int tick, final int generation) {
        answer.begin(cell, BEHIND).absolute().kind(EntityBits.FULL).id(SLOT, generation).name(NAME).set(1).values(1, ORIGIN);
        apply(cell, tick);
    }

    private void partial(final long cell, final int tick) {
        answer.begin(cell, BEHIND).absolute().kind(EntityBits.PARTIAL_LONG).id(SLOT, 1).set(1).values(1, ORIGIN);
        apply(cell, tick);
    }

    private void leaver(final long cell, final int tick, final int ticksAgo) {
        answer.begin(cell, BEHIND).absolute().kind(EntityBits.LEAVER_LONG).id(SLOT, 1).ago(ticksAgo);
        apply(cell, tick);
    }

    /** An answer that says that the one with this name is where it was the tick before. */
    private int partialShort(final long cell, final int name, final int tick, final boolean apply) {
        answer.begin(cell, BEHIND).leaning(1, 5).leaningKind(EntityBits.PARTIAL_SHORT).shortName(name, 5).changedSet(1).bits.writeBit(false);
        answer.end();
        return read(cell, tick, apply);
    }
}
