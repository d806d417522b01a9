package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.component.Rotation;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What effects did, written for a window and read by a client: equal values behind it, and of what is damaged a clean no. */
class EffectTest {
    private static final CellGrid GRID = new CellGrid(25);
    private static final int RATE = 20;
    private static final int SEAT = 1;
    private static final int SLOTS = 1 << 12;
    private static final int MOST = 600;
    private static final Map<Integer, Integer> VERSIONS = Map.of(CoreComponents.SCHEMA_ID, PositionComponentDecoder.SCHEMA_VERSION);

    private final Random random = new Random(5);
    private final IntArrayList touched = new IntArrayList();
    private final World world = new World(new ColumnStore(), SLOTS, 0);
    private final CoreComponents core = new CoreComponents(world);
    private final Stamp stamp = new Stamp();
    private final ComponentTable table = ComponentTable.ofHost(world, VERSIONS);
    private final Mirror mirror = new Mirror(world, table, RATE);
    private final EntityCells cells = new EntityCells(core, mirror, GRID, stamp, 128, RATE, Repairs.ALL, new Tally(3, table.size()));
    private final Window window = new Window(new Watchers[]{new Watchers(cells), new Watchers(new Blank())}, 60, 4, Bands.NONE, Repairs.ALL);
    private final EffectWriter writer = new EffectWriter(cells, 200, Repairs.ALL);
    private final EffectParts parts = new EffectParts(Repairs.ALL);
    private final BitWriter bits = new BitWriter();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final List<Integer> alive = new ArrayList<>();
    private final Client client = new Client();
    private int tick;

    EffectTest() {
        window.open(SEAT, 0b11, 0);
        window.follow(0, 0, 0);
    }

    /** A source of which nothing is ever told in answers. */
    private static final class Blank implements CellSource {
        @Override
        public int sourceId() {
            return 1;
        }

        @Override
        public int schemaId() {
            return 9;
        }

        @Override
        public String name() {
            return "blank";
        }

        @Override
        public CellGrid grid() {
            return GRID;
        }

        @Override
        public double weight() {
            return 1;
        }

        @Override
        public void news(final CellNews to) {
            // There is none.
        }

        @Override
        public int watch(final long cell) {
            return 0;
        }

        @Override
        public void unwatch(final int handle) {
            // Nothing is kept.
        }

        @Override
        public long head(final int handle) {
            return Stamp.NEVER;
        }

        @Override
        public int answer(
            final int handle, final CellTrack track, final int tick, final org.agrona.MutableDirectBuffer to, final int offset, final int limit) {
            return 0;
        }

        @Override
        public void digest(final long cell, final CellDigest digest) {
            // Nothing to compare.
        }
    }

    /** Notes the parts that it is told. */
    private static final class Client implements CellReader, EffectReader.Sources, EntityListener {
        final World world = new World(new ColumnStore(), SLOTS, 0);
        final EntityReader reader;
        final EffectReader effects = new EffectReader();
        final List<String> heard = new ArrayList<>();
        int changes;

        Client() {
            world.adoptOnly();
            new CoreComponents(world);
            reader = new EntityReader(world, ComponentTable.ofHost(world, VERSIONS), GRID, RATE, cell -> true, Repairs.ALL);
            reader.listen(this);
        }

        @Override
        public CellReader reader(final int source) {
            return source == 1 ? this : null;
        }

        @Override
        public boolean admits(final int source, final long cell, final int stay, final int tick) {
            heard.add(source + " " + CellKey.describe(cell) + " stay " + stay);
            return true;
        }

        @Override
        public void left(final int source, final long cell, final int tick) {
            heard.add(source + " " + CellKey.describe(cell) + " left");
        }

        @Override
        public boolean canReadEffect(final long cell, final DirectBuffer from, final int offset, final int length) {
            return length > 0 && from.getByte(offset) == length;
        }

        @Override
        public void applyEffect(final long cell, final int tick, final DirectBuffer from, final int offset, final int length) {
            assertEquals(length, from.getByte(offset), "checked before");
            heard.add("part of " + length);
        }

        @Override
        public int sourceId() {
            return 1;
        }

        @Override
        public int schemaId() {
            return 9;
        }

        @Override
        public boolean apply(final long cell, final int tick, final DirectBuffer from, final int offset, final int length) {
            throw new AssertionError("no answers here");
        }

        @Override
        public void evict(final long cell) {
            throw new AssertionError("the window does that");
        }

        @Override
        public void digest(final long cell, final CellDigest digest) {
            // Nothing to compare.
        }

        @Override
        public void onEntered(final int entity) {
            changes++;
        }

        @Override
        public void onChanged(final int entity, final long components) {
            changes++;
        }

        @Override
        public void onLeft(final int entity) {
            changes++;
        }
    }

    private static String digest(final CellView view, final long cell) {
        return items(digest -> view.digest(cell, digest));
    }

    private static String items(final Consumer<CellDigest> of) {
        final CellDigest digest = new CellDigest();
        of.accept(digest);
        return digest.items().toString();
    }

    /** What the transaction of this tick did, as the client is told it. */
    private UnsafeBuffer effect() {
        mirror.encode(tick);
        cells.record(tick);
        writer.select(touched);
        touched.clear();
        bits.wrap(buffer, 0, BitWriter.MOST_BYTES);
        writer.write(window, bits);
        parts.write(window, bits);
        parts.clear();
        final UnsafeBuffer exact = new UnsafeBuffer(new byte[bits.endByte()]);
        exact.putBytes(0, buffer, 0, exact.capacity());
        return exact;
    }

    private boolean apply(final UnsafeBuffer effect) {
        final boolean read = client.effects.apply(client.reader, client, tick, effect, 0, effect.capacity());
        client.reader.settle();
        return read;
    }

    // ---- what happens ----

    private void something() {
        tick++;
        world.tick(tick);
        world.recordTouched(touched);
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> row(1 + random.nextInt(30));
                case 1, 2 -> alive.add(spawn());
                case 3 -> remove();
                default -> change();
            }
        }
        world.recordTouched(null);
    }

    /** Things of one kind beside each other. */
    private void row(final int length) {
        final int x = random.nextInt(30) - 15;
        final int z = random.nextInt(30) - 15;
        for (int i = 0; i < length; i++) {
            alive.add(world.spawn(new Position(x + i, i % 5, z), new Owner(random.nextInt(3)), rotation(random.nextInt(20))));
        }
        while (alive.size() > MOST) {
            remove();
        }
    }

    private static Rotation rotation(final int turn) {
        final Rotation rotation = new Rotation();
        rotation.rotateY(turn);
        return rotation;
    }

    private int spawn() {
        return switch (random.nextInt(5)) {
            case 0 -> world.spawn(new Owner(random.nextInt(70_000) & 0xFFFF));
            case 1 -> world.spawn(new PrivateTo(SEAT), new Owner(3));
            case 2 -> world.spawn(place(), new Velocity(random.nextInt(9), 0, random.nextFloat()));
            default -> world.spawn(place());
        };
    }

    private Position place() {
        return random.nextBoolean() ? new Position(random.nextInt(80) - 40, random.nextInt(9), random.nextInt(80) - 40)
            : new Position(random.nextDouble() * 80 - 40, random.nextDouble() * 3_000 - 1_500, random.nextDouble() * 80 - 40);
    }

    private void remove() {
        if (!alive.isEmpty()) {
            world.despawn(alive.remove(random.nextInt(alive.size())));
        }
    }

    private void change() {
        if (alive.isEmpty()) {
            return;
        }
        final int entity = alive.get(random.nextInt(alive.size()));
        if (core.owner().on(entity)) {
            core.owner().get(entity).seat = random.nextInt(9);
            core.owner().markDirty(entity);
        } else if (core.position().on(entity)) {
            final Position to = place();
            core.position().get(entity).x = to.x;
            core.position().get(entity).y = to.y;
            core.position().get(entity).z = to.z;
            core.position().markDirty(entity);
        }
        if (random.nextInt(6) == 0 && !core.owner().on(entity)) {
            world.add(entity, new Owner(7));
        }
    }

    private void parts() {
        for (int i = random.nextInt(4); i > 0; i--) {
            final byte[] part = new byte[1 + random.nextInt(40)];
            random.nextBytes(part);
            part[0] = (byte)part.length;
            final long cell = random.nextInt(5) == 0 ? CellKey.global(random.nextInt(16)) : CellKey.spatial(random.nextInt(4) - 2, random.nextInt(4) - 2);
            parts.add(1, cell, new UnsafeBuffer(part), 0, part.length);
        }
    }

    // ---- tests ----

    @Test
    void shouldGiveTheClientWhatTheHostHas() {
        for (int round = 0; round < 600; round++) {
            something();
            assertTrue(apply(effect()), "round " + round);
            for (int t = 0; t < window.size(); t++) {
                if (window.track(t).source == EntityCells.SOURCE_ID) {
                    final long cell = window.track(t).cell;
                    assertEquals(
                        items(digest -> cells.digest(cell, digest)), digest(client.reader, cell), "round " + round + ", cell " + CellKey.describe(cell));
                }
            }
        }
        assertTrue(client.world.count() > 100, client.world.count() + " entities");
    }

    @Test
    void shouldTellPartsAndCellsThatWereLeft() {
        final UnsafeBuffer part = new UnsafeBuffer(new byte[]{3, 7, 7});
        parts.add(1, CellKey.spatial(1, -1), part, 0, 3);
        parts.add(1, CellKey.spatial(40, 0), part, 0, 3);
        parts.add(1, CellKey.global(2), part, 0, 3);
        final int stay = window.track(1, CellKey.spatial(1, -1)).residency;
        final int page = window.track(1, CellKey.global(2)).residency;
        tick++;
        assertTrue(apply(effect()));
        assertEquals(List.of("1 1,-1 stay " + stay, "part of 3", "1 global 2 stay " + page, "part of 3"), client.heard, "of cells in the window alone");
        client.heard.clear();
        tick++;
        window.follow(80, 0, tick);
        parts.add(1, CellKey.spatial(-1, -1), part, 0, 3);
        window.track(1, CellKey.spatial(2, 0)).stayHeard = true;
        parts.add(1, CellKey.spatial(2, 0), part, 0, 3);
        assertTrue(apply(effect()));
        assertEquals(List.of("1 -1,-1 left", "1 2,0 stay -1", "part of 3"), client.heard, "the player has not heard that the first was left");
    }

    @Test
    void shouldSurviveDamage() {
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 300; round++) {
            something();
            parts();
            final UnsafeBuffer whole = effect();
            for (int i = 0; i < 20; i++) {
                final UnsafeBuffer damaged = damage(whole);
                final int before = client.changes + client.heard.size();
                if (apply(damaged)) {
                    read++;
                } else {
                    refused++;
                    assertEquals(before, client.changes + client.heard.size(), "what is refused changes nothing");
                }
            }
            client.heard.clear();
        }
        assertTrue(refused > 2_000 && read > 500, refused + " refused, " + read + " read");
        assertTrue(client.reader.bytesHeld() < SLOTS * 2L * 700, client.reader.bytesHeld() + " bytes");
        for (int slot = 0; slot < client.world.slotLimit(); slot++) {
            assertTrue(client.world.entityAt(slot) == NetworkId.NONE || NetworkId.slot(client.world.entityAt(slot)) == slot);
        }
    }

    private UnsafeBuffer damage(final UnsafeBuffer whole) {
        final int length = whole.capacity();
        final byte[] bytes = new byte[switch (random.nextInt(4)) {
            case 0 -> random.nextInt(length + 1);
            case 1 -> length + 1 + random.nextInt(9);
            default -> length;
        }];
        whole.getBytes(0, bytes, 0, Math.min(length, bytes.length));
        if (bytes.length > length) {
            final byte[] more = new byte[bytes.length - length];
            random.nextBytes(more);
            System.arraycopy(more, 0, bytes, length, more.length);
        }
        for (int flips = bytes.length == 0 ? 0 : random.nextInt(4); flips > 0; flips--) {
            final int bit = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 8) : bytes.length) * 8 + random.nextInt(8);
            bytes[bit >>> 3] ^= (byte)(1 << (bit & 7));
        }
        return new UnsafeBuffer(bytes);
    }

    @Test
    void shouldRefuseNumbersThatNoHostHas() {
        assertTrue(written(() -> cell(3)), "a cell in which nothing happened");
        assertFalse(written(() -> cell(ChangeBits.MOST_COLUMN)), "a column");
        assertTrue(written(() -> gone(SLOTS - 1)), "one that is gone");
        assertFalse(written(() -> gone(SLOTS)), "a slot");
        assertFalse(written(() -> gone(-1)), "a slot below 0");
        final byte[] ones = new byte[2_000];
        Arrays.fill(ones, (byte)0xFF);
        assertFalse(apply(new UnsafeBuffer(ones)), "without an end");
    }

    private void cell(final int column) {
        bits.write(0b01, 2);
        bits.writeSignedGolomb(column, ChangeBits.COLUMN_ORDER);
        bits.writeSignedGolomb(0, ChangeBits.COLUMN_ORDER);
    }

    private void gone(final int slot) {
        cell(0);
        bits.write(0b11_1001, 6);
        bits.writeSignedGolomb(slot, ChangeBits.SLOT_ORDER);
        bits.writeBit(true);
    }

    private boolean written(final Runnable changes) {
        bits.wrap(buffer, 0, BitWriter.MOST_BYTES);
        changes.run();
        // No more of the cell, no more cells, no parts.
        bits.write(0, 3);
        final UnsafeBuffer exact = new UnsafeBuffer(new byte[bits.endByte()]);
        exact.putBytes(0, buffer, 0, exact.capacity());
        return apply(exact);
    }
}
