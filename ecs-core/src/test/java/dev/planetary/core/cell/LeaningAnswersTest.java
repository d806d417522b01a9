package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Entities move, change, come and go; a plain encoder tells of them with records of all kinds that lean on whatever tick the client has whole; and the
 * datagrams arrive late, doubled, in any order or never. The reader must know what a model of a few maps knows, and doubt where that lacks something.
 */
class LeaningAnswersTest {
    private static final int SEEDS = 120;
    private static final int ENTITIES = 7;
    private static final int TICKS = 140;
    private static final int RATE = 20;
    private static final byte[] GAP = new byte[0];
    private static final CellGrid GRID = new CellGrid(25);
    private static final long[] CELLS = {CellKey.spatial(3, -2), CellKey.spatial(4, -2)};

    private final World world = new World(new ColumnStore());
    private final ComponentTable table;
    private int unsure;
    private int leant;
    private int stale;

    LeaningAnswersTest() {
        new CoreComponents(world);
        table = ComponentTable.ofHost(world, Map.of());
    }

    /** An entity at the host. */
    private static final class Subject {
        int slot;
        int generation = 1;
        int cell = -1;
        int name;
        int enteredTick;
        long composition;
        int composedTick;
        /** By wire index: values by the tick in which they changed. */
        List<TreeMap<Integer, byte[]>> images = new ArrayList<>();
    }

    /** What the client ought to know of an entity. */
    private static final class Known {
        int generation;
        List<TreeMap<Integer, byte[]>> values = new ArrayList<>();
        List<Integer> fulls = new ArrayList<>();
        int placedTick = Integer.MIN_VALUE;
        int place = -1;
        int leftTick = Integer.MIN_VALUE;
        int fullTick = Integer.MIN_VALUE;
        long composition;
    }

    /** A record as the model applies it. */
    private static final class Told {
        int cell;
        int slot;
        int generation;
        boolean leaver;
        boolean full;
        int leftTick;
        /** Name that it says, or by which it goes. */
        int name = -1;
        boolean shortName;
        boolean leaning;
        long set;
        byte[][] values;
        long leansOn;
    }

    private static final class Datagram {
        int tick;
        int leanTick;
        int arrives;
        byte[] bytes;
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        List<Boolean> plain = new ArrayList<>();
        List<List<Told>> told = new ArrayList<>();
    }

    @Test
    void shouldKnowWhatWasToldInWhateverOrder() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Run(seed, Repairs.ALL).play();
        }
        assertTrue(unsure > SEEDS && leant > 100 * SEEDS && stale > 10, unsure + " unsure, " + leant + " values leaned on, " + stale + " stale");
    }

    @Test
    void shouldLeanOnOtherValuesWhereTheyAreNotFiledByTick() {
        final Repairs repairs = Repairs.without(Repair.FILE_BY_TICK);
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            final Run run = new Run(seed, repairs);
            found += assertThrows(AssertionError.class, run::play).getMessage().contains("leaned on another value") ? 1 : 0;
        }
        assertTrue(found > 10, "what the repair guards: " + found);
    }

    private final class Run {
        private final int seed;
        private final Random random;
        private final World view = new World(new ColumnStore());
        private final ComponentTable viewTable;
        private final EntityReader reader;
        private final AnswerBits writer = new AnswerBits(table, GRID, RATE);
        private final List<Subject> subjects = new ArrayList<>();
        private final Map<Integer, Known> known = new HashMap<>();
        private final Map<Integer, int[]> names = new HashMap<>();
        private final List<Datagram> underWay = new ArrayList<>();
        private final Map<Long, Subject> all = new HashMap<>();
        private int freshName;

        Run(final int seed, final Repairs repairs) {
            this.seed = seed;
            this.random = new Random(seed);
            new CoreComponents(view);
            viewTable = ComponentTable.ofHost(view, Map.of());
            reader = new EntityReader(view, viewTable, GRID, RATE, cell -> true, repairs);
            reader.probe(this::compare);
            for (int i = 0; i < ENTITIES; i++) {
                final Subject subject = new Subject();
                subject.slot = random.nextInt(i % 2 == 0 ? 40_000 : 60) * ENTITIES + i;
                begin(subject, 0);
                subjects.add(subject);
            }
        }

        private void compare(
            final int slot, final int generation, final int wire, final int leanTick, final DirectBuffer block, final int offset,
            final int length) {
            leant++;
            final byte[] bytes = new byte[length];
            block.getBytes(offset, bytes);
            final Subject subject = all.get(key(slot, generation));
            assertArrayEquals(subject.images.get(wire).floorEntry(leanTick).getValue(), bytes, () -> "seed " + seed + ": leaned on another value");
        }

        private static long key(final int slot, final int generation) {
            return (long)slot << 32 | generation;
        }

        private void begin(final Subject subject, final int tick) {
            subject.images = new ArrayList<>();
            for (int wire = 0; wire < table.size(); wire++) {
                subject.images.add(new TreeMap<>());
            }
            subject.composition = 1L << table.position() | random.nextInt(1 << table.size());
            subject.composedTick = tick;
            for (int wire = 0; wire < table.size(); wire++) {
                subject.images.get(wire).put(tick, has(subject, wire) ? fresh(wire) : GAP);
            }
            final Subject frozen = new Subject();
            frozen.images = subject.images;
            all.put(key(subject.slot, subject.generation), frozen);
        }

        private static boolean has(final Subject subject, final int wire) {
            return (subject.composition & 1L << wire) != 0;
        }

        private byte[] fresh(final int wire) {
            final UnsafeBuffer block = new UnsafeBuffer(new byte[table.length(wire)]);
            for (int i = 0; i < block.capacity(); i++) {
                block.putByte(i, (byte)random.nextInt());
            }
            if (wire == table.position()) {
                block.putInt(0, 3 * 25_600 + random.nextInt(25_600), ByteOrder.LITTLE_ENDIAN);
                block.putInt(4, random.nextInt(), ByteOrder.LITTLE_ENDIAN);
                block.putInt(8, -random.nextInt(25_600), ByteOrder.LITTLE_ENDIAN);
            }
            return block.byteArray();
        }

        void play() {
            for (int tick = 1; tick <= TICKS; tick++) {
                final Datagram datagram = write(tick);
                if (random.nextInt(10) > 0) {
                    datagram.arrives = tick + (random.nextInt(3) == 0 ? random.nextInt(14) : 0);
                    underWay.add(random.nextInt(underWay.size() + 1), datagram);
                    if (random.nextInt(15) == 0) {
                        final Datagram twice = copy(datagram);
                        twice.arrives = tick + random.nextInt(14);
                        underWay.add(random.nextInt(underWay.size() + 1), twice);
                    }
                }
                for (int i = underWay.size() - 1; i >= 0; i--) {
                    if (underWay.get(i).arrives <= tick) {
                        deliver(underWay.remove(i));
                    }
                }
                reader.settle();
                check(tick);
            }
        }

        private static Datagram copy(final Datagram from) {
            final Datagram copy = new Datagram();
            copy.tick = from.tick;
            copy.leanTick = from.leanTick;
            copy.bytes = from.bytes;
            copy.starts = from.starts;
            copy.ends = from.ends;
            copy.plain = from.plain;
            copy.told = from.told;
            return copy;
        }

        // ---- the host ----

        private Datagram write(final int tick) {
            final Datagram datagram = new Datagram();
            datagram.tick = tick;
            datagram.leanTick = tick - 1 - (random.nextBoolean() ? 0 : random.nextInt(Math.min(8, tick)));
            final List<List<Told>> told = List.of(new ArrayList<>(), new ArrayList<>());
            for (final Subject subject : subjects) {
                live(subject, tick, told);
            }
            writer.begin(CELLS[0], 0);
            int from = random.nextInt(40);
            writer.bits.write(-1, from);
            for (int cell = 0; cell < CELLS.length; cell++) {
                writer.goOn(CELLS[cell]);
                final boolean leaning = random.nextInt(5) > 0;
                final boolean plain = leaning && datagram.leanTick == tick - 1;
                final int nameBits = 32 - Integer.numberOfLeadingZeros(freshName) + random.nextInt(2);
                if (plain) {
                    writer.plain(nameBits);
                } else if (leaning) {
                    writer.leaning(tick - datagram.leanTick, nameBits);
                } else {
                    writer.absolute();
                }
                for (final Told record : told.get(cell)) {
                    encode(record, leaning, nameBits, tick, datagram.leanTick);
                }
                datagram.starts.add(from);
                from = writer.end();
                datagram.ends.add(from);
                datagram.plain.add(plain);
                datagram.told.add(told.get(cell));
            }
            datagram.bytes = new byte[writer.bits.endByte()];
            writer.buffer.getBytes(0, datagram.bytes);
            return datagram;
        }

        private void live(final Subject subject, final int tick, final List<List<Told>> told) {
            if (subject.cell >= 0 && random.nextInt(25) == 0) {
                told.get(subject.cell).add(leaver(subject, tick));
                subject.cell = -1;
                if (random.nextInt(3) == 0) {
                    subject.generation++;
                    begin(subject, tick);
                }
            }
            boolean full = random.nextInt(20) == 0;
            if (random.nextInt(20) == 0) {
                recompose(subject, tick);
                full = true;
            }
            if (subject.cell < 0 || random.nextInt(30) == 0) {
                if (subject.cell < 0 && random.nextInt(5) > 0) {
                    return;
                }
                if (subject.cell >= 0) {
                    told.get(subject.cell).add(leaver(subject, tick));
                }
                subject.cell = subject.cell == 0 ? 1 : 0;
                subject.enteredTick = tick;
                subject.name = freshName++;
                full = true;
            }
            long changed = 0;
            for (int wire = 0; wire < table.size(); wire++) {
                if (has(subject, wire) && random.nextInt(3) == 0) {
                    change(subject, wire, tick);
                    changed |= 1L << wire;
                }
            }
            if (changed != 0 || full) {
                told.get(subject.cell).add(record(subject, full, full ? subject.composition : changed, tick));
            }
        }

        private void recompose(final Subject subject, final int tick) {
            subject.composition ^= 1L << 1 + random.nextInt(table.size() - 1);
            subject.composition |= 1L << table.position();
            subject.composedTick = tick;
            for (int wire = 0; wire < table.size(); wire++) {
                final boolean had = subject.images.get(wire).lastEntry().getValue() != GAP;
                if (had != has(subject, wire)) {
                    subject.images.get(wire).put(tick, had ? GAP : fresh(wire));
                }
            }
        }

        private void change(final Subject subject, final int wire, final int tick) {
            final byte[] before = subject.images.get(wire).lastEntry().getValue();
            final byte[] now = before.clone();
            if (random.nextInt(6) == 0) {
                subject.images.get(wire).put(tick, fresh(wire));
                return;
            }
            final UnsafeBuffer block = new UnsafeBuffer(now);
            if (wire == table.position()) {
                final byte[] speed = subject.images.get(table.velocity()).lastEntry().getValue();
                for (int axis = 0; axis < 3; axis++) {
                    final double perTick = speed == GAP ? 0 : AnswerBits.field(speed, 2 * axis, 2) / (double)RATE;
                    final int noise = random.nextInt(3) == 0 ? random.nextInt(1 << random.nextInt(18)) - 20 : 0;
                    final int to = AnswerBits.field(before, 4 * axis, 4) + (int)Math.floor(perTick + 0.5) + noise;
                    block.putInt(4 * axis, to, ByteOrder.LITTLE_ENDIAN);
                }
            } else {
                block.putByte(random.nextInt(now.length), (byte)random.nextInt());
            }
            subject.images.get(wire).put(tick, now);
        }

        private Told leaver(final Subject subject, final int tick) {
            final Told told = about(subject);
            told.leaver = true;
            told.leftTick = tick - (random.nextInt(4) == 0 ? random.nextInt(3) : 0);
            return told;
        }

        private Told about(final Subject subject) {
            final Told told = new Told();
            told.cell = subject.cell;
            told.slot = subject.slot;
            told.generation = subject.generation;
            told.name = subject.name;
            return told;
        }

        private Told record(final Subject subject, final boolean full, final long set, final int tick) {
            final Told told = about(subject);
            told.full = full;
            told.set = set;
            told.values = new byte[table.size()][];
            for (int wire = 0; wire < table.size(); wire++) {
                told.values[wire] = (set & 1L << wire) != 0 ? subject.images.get(wire).floorEntry(tick).getValue() : null;
            }
            return told;
        }

        private void encode(final Told told, final boolean leaning, final int nameBits, final int tick, final int leanTick) {
            final boolean leans = leaning && mayLean(told, leanTick);
            if (told.leaver) {
                told.shortName = leaning && random.nextBoolean();
                if (told.shortName) {
                    writer.leaningKind(EntityBits.LEAVER_SHORT).shortName(told.name, nameBits);
                } else {
                    kind(leaning, EntityBits.LEAVER_LONG).id(told.slot, told.generation);
                }
                writer.ago(tick - told.leftTick);
            } else if (leans && told.full) {
                told.leaning = true;
                writer.leaningKind(EntityBits.FULL_LEANING).id(told.slot, told.generation).name(told.name).set(told.set);
                encodeLeaning(told, leanTick, true);
            } else if (leans && random.nextInt(8) > 0) {
                told.leaning = true;
                told.shortName = true;
                writer.leaningKind(EntityBits.PARTIAL_SHORT).shortName(told.name, nameBits).changedSet(told.set);
                encodeLeaning(told, leanTick, false);
            } else if (told.full) {
                kind(leaning, EntityBits.FULL).id(told.slot, told.generation).name(told.name).set(told.set).values(told.set, told.values);
            } else {
                kind(leaning, EntityBits.PARTIAL_LONG).id(told.slot, told.generation).set(told.set).values(told.set, told.values);
            }
        }

        private AnswerBits kind(final boolean leaning, final int kind) {
            return leaning ? writer.leaningKind(kind) : writer.kind(kind);
        }

        /** Whether the client has now all that the entity was at that tick, so that nothing that is still under way can change it. */
        private boolean mayLean(final Told told, final int leanTick) {
            final Known model = known.get(told.slot);
            final Subject subject = all.get(key(told.slot, told.generation));
            if (model == null || model.generation != told.generation || told.leaver) {
                return false;
            }
            final Integer composed = lastComposed(subject, leanTick);
            if (composed == null || model.fulls.stream().noneMatch(full -> full >= composed && full <= leanTick)) {
                return false;
            }
            for (int wire = 0; wire < table.size(); wire++) {
                final Map.Entry<Integer, byte[]> there = subject.images.get(wire).floorEntry(leanTick);
                final Map.Entry<Integer, byte[]> here = model.values.get(wire).floorEntry(leanTick);
                if (table.fields(wire).count() > 0 && there.getValue() != GAP && (here == null || here.getKey() < there.getKey())) {
                    return false;
                }
            }
            return true;
        }

        private Integer lastComposed(final Subject subject, final int tick) {
            Integer newest = null;
            for (final TreeMap<Integer, byte[]> images : subject.images) {
                Map.Entry<Integer, byte[]> at = images.floorEntry(tick);
                if (at == null) {
                    return null;
                }
                // Back to where it came or went.
                while (images.lowerEntry(at.getKey()) != null && images.lowerEntry(at.getKey()).getValue() == GAP == (at.getValue() == GAP)) {
                    at = images.lowerEntry(at.getKey());
                }
                newest = newest == null ? at.getKey() : Math.max(newest, at.getKey());
            }
            return newest;
        }

        private void encodeLeaning(final Told told, final int leanTick, final boolean orSame) {
            final Subject subject = all.get(key(told.slot, told.generation));
            for (int wire = 0; wire < table.size(); wire++) {
                if ((told.set & 1L << wire) == 0 || wire == table.position()) {
                    continue;
                }
                if (table.fields(wire).count() == 0) {
                    writer.block(told.values[wire]);
                    continue;
                }
                final byte[] before = subject.images.get(wire).floorEntry(leanTick).getValue();
                final boolean same = before != GAP && Arrays.equals(before, told.values[wire]);
                if (orSame) {
                    writer.bits.writeBit(same);
                }
                if (orSame && same) {
                    told.leansOn |= 1L << wire;
                } else if (before == GAP || random.nextInt(6) == 0) {
                    writer.bits.writeBit(false);
                    writer.block(told.values[wire]);
                } else if (writer.difference(wire, told.values[wire], before)) {
                    told.leansOn |= 1L << wire;
                }
            }
            if ((told.set & 1L << table.position()) != 0) {
                encodePosition(told, subject, leanTick, orSame);
            }
        }

        private void encodePosition(final Told told, final Subject subject, final int leanTick, final boolean orSame) {
            final int wire = table.position();
            final byte[] before = subject.images.get(wire).floorEntry(leanTick).getValue();
            final boolean same = Arrays.equals(before, told.values[wire]);
            if (orSame) {
                writer.bits.writeBit(same);
                if (same) {
                    told.leansOn |= 1L << wire;
                    return;
                }
            }
            if (random.nextInt(9) == 0) {
                writer.absoluteInLeaning(told.values[wire]);
                return;
            }
            final boolean said = (told.set & 1L << table.velocity()) != 0;
            final byte[] speed = said ? told.values[table.velocity()] : subject.images.get(table.velocity()).floorEntry(leanTick).getValue();
            if (writer.leaningPosition(told.values[wire], before, speed == GAP ? null : speed, random.nextInt(4) == 0 ? random.nextInt(12) : 1)) {
                told.leansOn |= 1L << wire;
                told.leansOn |= said ? 0 : 1L << table.velocity();
            }
        }

        // ---- the client ----

        private void deliver(final Datagram datagram) {
            final UnsafeBuffer exact = new UnsafeBuffer(datagram.bytes);
            final BitReader bits = new BitReader();
            for (int cell = 0; cell < CELLS.length; cell++) {
                final int from = datagram.starts.get(cell);
                final boolean plain = datagram.plain.get(cell);
                bits.wrap(exact, 0, exact.capacity());
                skip(bits, from);
                assertEquals(EntityReader.READ, reader.read(CELLS[cell], datagram.tick, bits, plain, false), "passed over");
                assertEquals(datagram.ends.get(cell), bits.position(), () -> "seed " + seed + ": passed over to its end");
                bits.wrap(exact, 0, exact.capacity());
                skip(bits, from);
                final int read = reader.read(CELLS[cell], datagram.tick, bits, plain, true);
                assertEquals(datagram.ends.get(cell), bits.position(), () -> "seed " + seed + ": read to its end");
                boolean sure = true;
                for (final Told told : datagram.told.get(cell)) {
                    sure &= apply(told, datagram.tick, datagram.leanTick);
                }
                assertEquals(sure ? EntityReader.READ : EntityReader.UNSURE, read, () -> "seed " + seed + " tick " + datagram.tick);
                unsure += sure ? 0 : 1;
            }
        }

        private void skip(final BitReader bits, final int count) {
            int left = count;
            while (left > 0) {
                bits.read(Math.min(left, 50));
                left -= Math.min(left, 50);
            }
        }

        /** The model; false where it cannot tell. */
        private boolean apply(final Told told, final int tick, final int leanTick) {
            Known model = known.get(told.slot);
            if (told.shortName) {
                final int[] owner = names.get(told.cell << 20 | told.name);
                if (owner == null || owner[2] > tick) {
                    return false;
                }
            }
            if (model != null && model.generation > told.generation) {
                stale++;
                if (told.full) {
                    note(told, tick);
                }
                return true;
            }
            if (told.leaning && lacks(model, told, leanTick)) {
                return false;
            }
            if (model == null || model.generation < told.generation) {
                model = new Known();
                model.generation = told.generation;
                for (int wire = 0; wire < table.size(); wire++) {
                    model.values.add(new TreeMap<>());
                }
                known.put(told.slot, model);
            }
            if (told.leaver) {
                if (told.leftTick > model.placedTick) {
                    model.placedTick = told.leftTick;
                    model.place = -1;
                    model.leftTick = told.leftTick;
                }
                return true;
            }
            if (tick >= model.placedTick) {
                model.placedTick = tick;
                model.place = told.cell;
            }
            file(model, told, tick);
            return true;
        }

        private void file(final Known model, final Told told, final int tick) {
            for (int wire = 0; wire < table.size(); wire++) {
                if ((told.set & 1L << wire) != 0) {
                    put(model, wire, tick, told.values[wire]);
                } else if (told.full && table.fields(wire).count() > 0 && (wire == table.velocity() || !model.values.get(wire).isEmpty())) {
                    put(model, wire, tick, GAP);
                }
            }
            if (told.full) {
                model.fulls.add(tick);
                note(told, tick);
                if (tick >= model.fullTick) {
                    model.fullTick = tick;
                    model.composition = told.set;
                }
            }
        }

        private void note(final Told told, final int tick) {
            names.merge(told.cell << 20 | told.name, new int[]{told.slot, told.generation, tick}, (old, now) -> old[2] < now[2] ? old : now);
        }

        private void put(final Known model, final int wire, final int tick, final byte[] value) {
            final TreeMap<Integer, byte[]> values = model.values.get(wire);
            values.put(tick, value);
            if (values.size() > depth(wire)) {
                values.pollFirstEntry();
            }
        }

        private int depth(final int wire) {
            return table.fields(wire).count() > 0 ? 8 : 1;
        }

        private boolean lacks(final Known model, final Told told, final int leanTick) {
            if (model == null || model.generation != told.generation) {
                return true;
            }
            for (int wire = 0; wire < table.size(); wire++) {
                if ((told.leansOn & 1L << wire) != 0) {
                    final TreeMap<Integer, byte[]> values = model.values.get(wire);
                    final Map.Entry<Integer, byte[]> at = values.floorEntry(leanTick);
                    final boolean absent = at == null ? values.size() < 8 : at.getValue() == GAP;
                    if (at == null && !absent || absent && wire != table.velocity()) {
                        return true;
                    }
                }
            }
            return false;
        }

        private void check(final int tick) {
            for (final Map.Entry<Integer, Known> entry : known.entrySet()) {
                final Known model = entry.getValue();
                final int id = NetworkId.of(entry.getKey(), model.generation);
                final String what = "seed " + seed + " tick " + tick + " entity " + NetworkId.describe(id);
                final boolean shown = model.place >= 0 && model.fullTick > Integer.MIN_VALUE && model.leftTick <= model.fullTick;
                assertEquals(shown, view.isAlive(id), what);
                if (!shown) {
                    continue;
                }
                assertEquals(CELLS[model.place], reader.cellOf(id), what);
                for (int wire = 0; wire < table.size(); wire++) {
                    final ComponentType<?> type = viewTable.type(wire);
                    final boolean wanted = (model.composition & 1L << wire) != 0;
                    assertEquals(wanted, type.on(id), what);
                    if (wanted) {
                        final Map.Entry<Integer, byte[]> newest = model.values.get(wire).lastEntry();
                        assertEquals(newest.getKey(), reader.tickOf(id, type), what);
                        assertArrayEquals(settled(type, newest.getValue(), wire), encoded(type, id, wire), what + " " + type.name());
                    }
                }
            }
        }

        private <T> byte[] settled(final ComponentType<T> type, final byte[] block, final int wire) {
            final T value = type.create();
            type.codec().decode(value, new UnsafeBuffer(block), 0, block.length, table.version(wire));
            final byte[] bytes = new byte[block.length];
            type.codec().encode(value, new UnsafeBuffer(bytes), 0);
            return bytes;
        }

        private <T> byte[] encoded(final ComponentType<T> type, final int id, final int wire) {
            final byte[] bytes = new byte[table.length(wire)];
            type.codec().encode(type.get(id), new UnsafeBuffer(bytes), 0);
            return bytes;
        }
    }
}
