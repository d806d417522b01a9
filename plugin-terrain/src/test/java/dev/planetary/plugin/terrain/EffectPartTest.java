package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EffectPartTest {
    private static final long CELL = CellKey.spatial(0, 0);
    private final Random random = new Random(11);

    /** A part as an effect stated it. */
    private record Part(long cell, UnsafeBuffer bytes) {
    }

    private static List<Part> recordParts(final TerrainWorld world) {
        final List<Part> parts = new ArrayList<>();
        world.parts((cell, part, length) -> {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, part, 0, length);
            parts.add(new Part(cell, copy));
        });
        return parts;
    }

    private Brush anyBrush(final TerrainWorld world) {
        final int x = random.nextInt(64) - 16;
        final int z = random.nextInt(64) - 16;
        final int y = world.surface(x, z) - random.nextInt(6);
        final int action = 1 + random.nextInt(3);
        final char material = action == Brush.DIG ? Materials.AIR : Materials.GRAVEL;
        return random.nextBoolean() ? new Brush().ball(action, x, y, z, random.nextInt(9), material)
            : new Brush().box(action, x, y, z, 1 + random.nextInt(16), 1 + random.nextInt(16), 1 + random.nextInt(16), material);
    }

    private static CellDigest digest(final TerrainWorld world) {
        final CellDigest digest = new CellDigest();
        for (int x = -2; x < 4; x++) {
            for (int z = -2; z < 4; z++) {
                ChunkDigest.add(world.column(x, z), world.tools, digest);
            }
        }
        return digest;
    }

    @Test
    void shouldDoAgainWhatWasDoneAndNothingTwice() {
        final TerrainWorld world = TestWorlds.seeded(42);
        final TerrainWorld again = TestWorlds.seeded(42);
        final List<Part> parts = recordParts(world);
        for (int i = 0; i < 300; i++) {
            world.edit(anyBrush(world));
        }
        assertTrue(parts.size() > 300, "parts " + parts.size());
        for (final Part part : parts) {
            again.redo(part.cell, part.bytes, 0, part.bytes.capacity());
            if (random.nextInt(4) == 0) {
                again.redo(part.cell, part.bytes, 0, part.bytes.capacity());
            }
        }
        assertEquals(digest(world).items(), digest(again).items());
        final long stamps = again.column(0, 0).head;
        parts.forEach(part -> again.redo(part.cell, part.bytes, 0, part.bytes.capacity()));
        assertEquals(stamps, again.column(0, 0).head, "doing all again should change nothing");
        assertEquals(digest(world).items(), digest(again).items());
    }

    @Test
    void shouldSayWhichPartDoesNotLeadOn() {
        final TerrainWorld world = TestWorlds.seeded(42);
        final List<Part> parts = recordParts(world);
        final int surface = world.surface(16, 16);
        world.edit(new Brush().ball(Brush.DIG, 16, surface - 1, 16, 1, Materials.AIR));
        world.edit(new Brush().ball(Brush.DIG, 16, surface - 3, 16, 1, Materials.AIR));
        final TerrainWorld other = TestWorlds.seeded(42);
        final Part second = parts.get(1);
        final String message = assertThrows(
            IllegalArgumentException.class, () -> other.redo(second.cell, second.bytes, 0, second.bytes.capacity())).getMessage();
        assertTrue(message.endsWith("leads on from version 2, and the world has version 1"), message);
    }

    @Test
    void shouldRefuseBytesThatAreNoPart() {
        final TerrainWorld world = TestWorlds.seeded(42);
        final TerrainView view = new TerrainView();
        final TerrainReader reader = new TerrainReader(view, TestWorlds.counters(), TestWorlds.SCHEMA_ID);
        final List<Part> parts = recordParts(world);
        for (int i = 0; i < 50; i++) {
            world.edit(anyBrush(world));
        }
        int readable = 0;
        for (int i = 0; i < 200_000; i++) {
            final byte[] bytes;
            if (random.nextBoolean()) {
                bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
            } else {
                final UnsafeBuffer part = parts.get(random.nextInt(parts.size())).bytes;
                bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(part.capacity() + 4) : part.capacity()];
                part.getBytes(0, bytes, 0, Math.min(bytes.length, part.capacity()));
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= (byte)(1 << random.nextInt(8));
                }
            }
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            if (reader.canReadEffect(CELL, buffer, 0, bytes.length)) {
                readable++;
                view.enter(CELL);
                reader.applyEffect(CELL, i, buffer, 0, bytes.length);
            }
        }
        assertTrue(readable > 1_000, "some of the mutated parts are parts still: " + readable);
        assertFalse(reader.canReadEffect(CellKey.global(0), parts.get(0).bytes, 0, parts.get(0).bytes.capacity()));
    }

    @Test
    void shouldRefuseToDoAgainWhatIsNoPart() {
        final TerrainWorld world = TestWorlds.seeded(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                world.redo(CELL, new UnsafeBuffer(bytes), 0, bytes.length);
            } catch (final IllegalArgumentException e) {
                refused++;
            }
        }
        assertTrue(refused > 19_900, "refused " + refused);
    }

    @Test
    void shouldLayOutAPartAsDescribed() {
        final EffectPart part = new EffectPart();
        part.begin();
        part.add(new Brush().ball(Brush.DIG, -2, 66, 40, 3, Materials.AIR), -1, 1, 3, 5, 0xBEEF);
        part.add(new Brush().ball(Brush.DIG, -2, 66, 40, 3, Materials.AIR), -1, 1, 4, 300, 0x1234);
        assertEquals("99" + "2e2669" + "05efbe" + "ac023412", hex(part));
        part.begin();
        part.add(new Brush().box(Brush.FILL, 1, 70, 2, 8, 4, 16, Materials.GRAVEL), 0, 0, 4, 1, 1);
        assertEquals("86" + "916429" + "37" + "0f" + "0500" + "010100", hex(part));
    }

    /** Journals of before have these. */
    @Test
    void shouldReadPartsThatNameTheirChunks() {
        final EffectPart part = new EffectPart();
        final byte[] former = HexFormat.of().parseHex("191e08220305efbe04ac023412");
        assertTrue(part.canRead(-1, 1, new UnsafeBuffer(former), 0, former.length));
        assertTrue(part.wrap(-1, 1, new UnsafeBuffer(former), 0, former.length) && part.next());
        assertEquals(3, part.chunk);
        assertEquals(66, part.brush.y);
        assertTrue(part.next());
        assertEquals(4, part.chunk);
        assertEquals(300, part.fromVersion);
        assertFalse(part.next());
    }

    private static String hex(final EffectPart part) {
        final byte[] bytes = new byte[part.length];
        part.buffer.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void shouldHoldAChunkBackThatComesWithoutAnEditThatWasTold() {
        final TerrainWorld world = TestWorlds.seeded(42);
        final TerrainSource source = new TerrainSource(world, TestWorlds.counters(), TestWorlds.SCHEMA_ID, 100);
        final TerrainView view = new TerrainView();
        final TerrainReader reader = new TerrainReader(view, TestWorlds.counters(), TestWorlds.SCHEMA_ID);
        final List<Part> parts = recordParts(world);
        final int surface = world.surface(16, 16);
        world.edit(new Brush().ball(Brush.DIG, 16, surface - 1, 16, 2, Materials.AIR));
        final int handle = source.watch(CELL);
        final CellTrack track = new CellTrack();
        final UnsafeBuffer early = new UnsafeBuffer(new byte[60_000]);
        final int earlyLength = source.answer(handle, track, 1, early, 0, early.capacity());
        parts.clear();
        world.edit(new Brush().ball(Brush.DIG, 16, surface - 4, 16, 2, Materials.AIR));
        world.edit(new Brush().ball(Brush.DIG, 16, surface - 6, 16, 2, Materials.AIR));
        // The second of two effects is all that is known when the chunk comes: it is not seen before the first is there, too.
        reader.applyEffect(CELL, 2, parts.get(1).bytes, 0, parts.get(1).bytes.capacity());
        assertTrue(reader.apply(CELL, 1, early, 0, earlyLength));
        final int number = surface - 1 - Column.MIN_Y >> 5;
        assertFalse(view.column(0, 0).chunks[number].shown);
        reader.applyEffect(CELL, 3, parts.get(0).bytes, 0, parts.get(0).bytes.capacity());
        assertTrue(view.column(0, 0).chunks[number].shown);
        assertArrayEquals(TestWorlds.flat(world.column(0, 0).voxels(number)), TestWorlds.flat(view.column(0, 0).voxels(number)));
    }
}
