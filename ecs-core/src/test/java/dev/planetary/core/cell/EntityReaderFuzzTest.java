package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.World;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Answers that no host writes: nothing is thrown, nothing is read beyond the end, and memory stays within bounds. */
class EntityReaderFuzzTest {
    private static final int ROUNDS = 100_000;
    private static final int SLOTS = 1 << 12;
    private static final CellGrid GRID = new CellGrid(25);

    private final Random random = new Random(11);
    private final World world = new World(new ColumnStore(), SLOTS, 0);
    private final ComponentTable table;
    private final EntityReader reader;
    private final AnswerBits writer;
    private final BitReader bits = new BitReader();
    private final EffectReader effects = new EffectReader();
    private int tick;

    EntityReaderFuzzTest() {
        new CoreComponents(world);
        table = ComponentTable.ofHost(world, Map.of());
        reader = new EntityReader(world, table, GRID, 20, cell -> (cell & 3) != 0, Repairs.ALL);
        writer = new AnswerBits(table, GRID, 20);
    }

    @Test
    void shouldSurviveAnyBits() {
        final int[] results = new int[3];
        for (int i = 0; i < ROUNDS; i++) {
            final UnsafeBuffer exact = new UnsafeBuffer(new byte[random.nextInt(i % 3 == 0 ? 200 : 24)]);
            for (int at = 0; at < exact.capacity(); at++) {
                exact.putByte(at, (byte)(random.nextInt(3) == 0 ? 0xFF : random.nextInt()));
            }
            results[read(exact, i)]++;
        }
        assertTrue(results[EntityReader.READ] > 1_000 && results[EntityReader.UNREADABLE] > 1_000 && results[EntityReader.UNSURE] > 1_000,
            results[0] + " read, " + results[1] + " unreadable, " + results[2] + " unsure");
        bounded();
    }

    @Test
    void shouldSurviveFlippedBits() {
        final int[] results = new int[3];
        for (int i = 0; i < ROUNDS; i++) {
            final int end = write(i);
            final UnsafeBuffer exact = new UnsafeBuffer(new byte[end + 7 >>> 3]);
            exact.putBytes(0, writer.buffer, 0, exact.capacity());
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                final int bit = random.nextInt(end);
                exact.putByte(bit >>> 3, (byte)(exact.getByte(bit >>> 3) ^ 1 << (bit & 7)));
            }
            results[read(exact, i)]++;
        }
        assertTrue(results[EntityReader.READ] > 1_000 && results[EntityReader.UNREADABLE] > 1_000 && results[EntityReader.UNSURE] > 1_000,
            results[0] + " read, " + results[1] + " unreadable, " + results[2] + " unsure");
        bounded();
    }

    @Test
    void shouldSurviveAnyTableThatAHostCanTell() {
        int read = 0;
        for (int i = 0; i < 300; i++) {
            final ComponentTable told = table(random.nextInt(World.MAX_TYPES + 1));
            final World view = new World(new ColumnStore(), SLOTS, 0);
            new CoreComponents(view);
            final EntityReader other = new EntityReader(view, rename(told, view), GRID, 1 + random.nextInt(240), cell -> true, Repairs.ALL);
            for (int round = 0; round < 200; round++) {
                final UnsafeBuffer exact = new UnsafeBuffer(new byte[random.nextInt(300)]);
                for (int at = 0; at < exact.capacity(); at++) {
                    exact.putByte(at, (byte)(random.nextInt(3) == 0 ? 0xFF : random.nextInt(random.nextBoolean() ? 4 : 256)));
                }
                bits.wrap(exact, 0, exact.capacity());
                read += other.read(CellKey.global(0), round, bits, random.nextBoolean(), true) == EntityReader.UNREADABLE ? 0 : 1;
                other.settle();
            }
        }
        assertTrue(read > 1_000, read + " read");
    }

    /** Some of the shared components among others that this side lacks; each longer or shorter, with or without fields. */
    private ComponentTable table(final int size) {
        final ComponentType<?>[] types = new ComponentType<?>[size];
        final int[] lengths = new int[size];
        final FieldLayout[] fields = new FieldLayout[size];
        int next = 0;
        for (int wire = 0; wire < size; wire++) {
            final int[] widths = new int[random.nextInt(FieldLayout.MOST_FIELDS + 1)];
            Arrays.setAll(widths, i -> 1 << random.nextInt(3));
            fields[wire] = FieldLayout.of(widths);
            lengths[wire] = widths.length == 0 ? random.nextInt(40) : fields[wire].length();
            if (random.nextInt(4) == 0 && next < table.size()) {
                types[wire] = table.type(next);
                final boolean asItIs = random.nextBoolean();
                lengths[wire] = asItIs ? table.length(next) : Math.max(lengths[wire], table.length(next));
                fields[wire] = asItIs ? table.fields(next) : FieldLayout.RAW;
                next++;
            }
        }
        return new ComponentTable(types, lengths, new int[size], fields);
    }

    private static ComponentTable rename(final ComponentTable told, final World view) {
        final ComponentType<?>[] types = new ComponentType<?>[told.size()];
        final int[] lengths = new int[told.size()];
        final FieldLayout[] fields = new FieldLayout[told.size()];
        for (int wire = 0; wire < told.size(); wire++) {
            types[wire] = told.type(wire) == null ? null : view.types().get(told.type(wire).index());
            lengths[wire] = told.length(wire);
            fields[wire] = told.fields(wire);
        }
        return new ComponentTable(types, lengths, new int[told.size()], fields);
    }

    private int read(final UnsafeBuffer exact, final int round) {
        final long cell = CellKey.spatial(random.nextInt(4), random.nextInt(4));
        tick += random.nextInt(50) == 0 ? random.nextInt() : random.nextInt(3) - 1;
        if (round % 5 == 0) {
            effects.apply(reader, new NoSources(), tick, exact, 0, exact.capacity());
        }
        if (round % 16 == 0) {
            reader.settle();
        }
        if (random.nextInt(300) == 0) {
            reader.evict(cell);
        }
        bits.wrap(exact, 0, exact.capacity());
        final boolean plain = random.nextBoolean();
        final int passed = reader.read(cell, tick, bits, plain, false);
        final int behind = bits.position();
        bits.wrap(exact, 0, exact.capacity());
        final int read = reader.read(cell, tick, bits, plain, true);
        assertEquals(behind, bits.position(), "passed over and applied to the same end");
        assertEquals(passed == EntityReader.UNREADABLE, read == EntityReader.UNREADABLE);
        assertTrue(bits.position() <= exact.capacity() << 3);
        return read;
    }

    private int write(final int round) {
        writer.begin(CellKey.spatial(1, 1), 0);
        final byte[][] blocks = new byte[table.size()][];
        for (int wire = 0; wire < table.size(); wire++) {
            blocks[wire] = new byte[table.length(wire)];
            random.nextBytes(blocks[wire]);
        }
        if (round % 4 == 0) {
            writer.rollCall(random.nextInt(5), 3, random.nextInt(2) * 500, 4, 9, 9 + random.nextInt(400), 480);
        } else if (round % 4 == 1) {
            writer.absolute();
        } else {
            writer.leaning(1 + random.nextInt(4), 4);
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            final long set = 1 | random.nextInt(1 << table.size());
            final int slot = random.nextInt(500);
            if (round % 4 < 2) {
                writer.kind(EntityBits.FULL).id(slot, 1).name(random.nextInt(16)).set(set).values(set, blocks);
            } else if (random.nextBoolean()) {
                writer.leaningKind(EntityBits.PARTIAL_SHORT).shortName(random.nextInt(16), 4).changedSet(1)
                    .leaningPosition(blocks[0], blocks[0], blocks[1], random.nextInt(9));
            } else {
                writer.leaningKind(EntityBits.FULL_LEANING).id(slot, 1).name(random.nextInt(16)).set(1).bits.writeBit(true);
            }
        }
        return writer.end();
    }

    private void bounded() {
        assertTrue(reader.bytesHeld() < SLOTS * 2L * 700, reader.bytesHeld() + " bytes");
        assertTrue(world.count() <= SLOTS);
    }
}
