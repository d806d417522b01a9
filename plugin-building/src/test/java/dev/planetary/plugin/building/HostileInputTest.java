package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.planetary.plugin.building.schematic.SchematicFiles;
import dev.planetary.plugin.building.schematic.SchematicFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.kyori.adventure.nbt.BinaryTagIO.Compression;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import org.junit.jupiter.api.Test;

/**
 * Bytes that are damaged on purpose, for each parser of the plugin: flipped bits, cut ends, further bytes. Nothing but the parser's own exception may come of
 * them, and to refuse them takes at most 64 KB. What that takes of time is bounded by what the parsers look at: see their bounds and those tests.
 */
class HostileInputTest {
    private static final int MUTATIONS = 4_000;
    private static final long MOST_ALLOCATED = 64 * 1_024;
    private static final PartCatalogue CATALOGUE = PartCatalogue.standard();

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private long most;
    private int refused;
    private int accepted;

    /** Reads bytes; throws what it throws. */
    @FunctionalInterface
    private interface Parser {
        void parse(byte[] bytes);
    }

    private void damage(
        final long seed, final int mutations, final Class<? extends Exception> expected, final Parser parser, final byte[]... samples) {
        final Random random = new Random(seed);
        refused = 0;
        accepted = 0;
        most = 0;
        for (int kind = 0; kind < 3; kind++) {
            for (int i = 0; i < mutations; i++) {
                final byte[] sample = samples[random.nextInt(samples.length)];
                attempt(expected, parser, switch (kind) {
                    case 0 -> flipped(sample, random);
                    case 1 -> Arrays.copyOf(sample, random.nextInt(sample.length));
                    default -> extended(sample, random);
                });
            }
        }
        System.out.printf(
            "%s, seed %d: %d refused, %d accepted, at most %d bytes to refuse one%n", expected.getSimpleName(), seed, refused, accepted, most);
        assertTrue(refused > mutations, "seed " + seed + ": refused " + refused);
    }

    private static byte[] flipped(final byte[] sample, final Random random) {
        final byte[] bytes = sample.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte)(1 << random.nextInt(8));
            } else {
                bytes[random.nextInt(bytes.length)] = (byte)(random.nextInt(3) == 0 ? 0xFF : random.nextInt());
            }
        }
        return bytes;
    }

    private static byte[] extended(final byte[] sample, final Random random) {
        final byte[] more = new byte[1 + random.nextInt(100)];
        random.nextBytes(more);
        final int at = random.nextBoolean() ? sample.length : random.nextInt(sample.length + 1);
        final byte[] bytes = Arrays.copyOf(sample, sample.length + more.length);
        System.arraycopy(more, 0, bytes, at, more.length);
        System.arraycopy(sample, at, bytes, at + more.length, sample.length - at);
        return bytes;
    }

    private void attempt(final Class<? extends Exception> expected, final Parser parser, final byte[] bytes) {
        long allocated = allocatedToRefuse(expected, parser, bytes);
        if (allocated > most) {
            // What a sentence takes the first time that it is said, the machine keeps: it counts once.
            allocated = allocatedToRefuse(expected, parser, bytes);
        }
        final long taken = allocated;
        assertTrue(taken <= MOST_ALLOCATED, () -> describe(bytes) + ": " + taken + " bytes to refuse it");
        most = Math.max(most, taken);
        refused += taken < 0 ? 0 : 1;
        accepted += taken < 0 ? 1 : 0;
    }

    /** Bytes that it took to refuse these; -1 where they were accepted. */
    private long allocatedToRefuse(final Class<? extends Exception> expected, final Parser parser, final byte[] bytes) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        try {
            parser.parse(bytes);
            return -1;
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError e) {
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals(expected, e.getClass(), () -> describe(bytes) + ": " + e);
            assertTrue(e.getMessage().length() < 400, () -> describe(bytes) + ": " + e.getMessage());
            return allocated;
        }
    }

    private static String describe(final byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(2_000, bytes.length));
    }

    @Test
    void shouldRefuseDamagedSchematics() {
        final String[] blocks = {"air", "oak_stairs[facing=east]", "stone", "oak_door[half=lower]", "bricks", "air", "glass", "stone"};
        final int[] corner = {1, 2, 3};
        final int[] size = {2, -2, 2};
        final CompoundBinaryTag[] tags = {
            SchematicFiles.sponge(1, 2, 2, 2, blocks), SchematicFiles.sponge(2, 2, 2, 2, blocks), SchematicFiles.sponge(3, 2, 2, 2, blocks),
            SchematicFiles.numbered(2, 2, 2, 0, 853, 16, 1_027, 1_568, 5_000, 320, 16),
            SchematicFiles.litematic(SchematicFiles.region(corner, size, blocks), SchematicFiles.region(size, corner, "air", "bricks", "air", "air",
                "air", "air"))};
        final SchematicImport schematics = new SchematicImport(CATALOGUE);
        for (final Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.ZLIB)) {
            final byte[][] samples = Arrays.stream(tags).map(tag -> SchematicFiles.bytes(tag, compression)).toArray(byte[][]::new);
            for (final byte[] sample : samples) {
                schematics.read(sample, 0);
            }
            final int mutations = compression == Compression.NONE ? MUTATIONS : MUTATIONS / 4;
            damage(11, mutations, SchematicFormatException.class, bytes -> schematics.read(bytes, 0), samples);
        }
    }

    @Test
    void shouldRefuseDamagedBlueprints() {
        final byte[][] samples = {
            Buildings.hut(CATALOGUE).encode(), Buildings.cottage(CATALOGUE).turned(1).encode(), Buildings.tower(CATALOGUE).encode()};
        damage(12, MUTATIONS, BlueprintFormatException.class, bytes -> Blueprint.decode(CATALOGUE, bytes).turned(1), samples);
    }

    @Test
    void shouldRefuseDamagedFilesOfParts() throws IOException {
        final byte[] whole;
        try (InputStream in = HostileInputTest.class.getResourceAsStream("parts.txt")) {
            whole = in.readAllBytes();
        }
        final String text = new String(whole, StandardCharsets.UTF_8);
        final byte[] short1 = text.substring(text.indexOf("item 1 wood"), text.indexOf("part 9 ")).getBytes(StandardCharsets.UTF_8);
        final byte[] short2 =
            "item 7 tin\npart 9 buoy size=1x2x3 cost=tin:4 health=5 stands-alone holds-nothing store=6\n".getBytes(StandardCharsets.UTF_8);
        damage(
            13, MUTATIONS, PartsFormatException.class, bytes -> PartCatalogue.read("parts.txt", new String(bytes, StandardCharsets.UTF_8)), short1, short2);
    }

    /** Whatever pieces come in whatever order, the shelf takes those that follow each other, within its bounds, and gives them back as they came. */
    @Test
    void shouldKeepUploadsWithinBounds() {
        final Random random = new Random(14);
        final BlueprintShelf shelf = new BlueprintShelf();
        int kept = 0;
        int completed = 0;
        for (int i = 0; i < 3 * MUTATIONS; i++) {
            final int seat = random.nextInt(3);
            final long hash = random.nextInt(2);
            final int length = random.nextInt(4) == 0 ? random.nextInt(65_536) : 3_000;
            final int from = random.nextInt(4) == 0 ? random.nextInt(65_536) : 1_000 * random.nextInt(4);
            final byte[] piece = new byte[random.nextInt(4) == 0 ? random.nextInt(2_000) : 1_000];
            if (shelf.fits(seat, hash, length, from, piece.length)) {
                assertTrue(from + piece.length <= length && length <= Blueprint.MOST_BYTES && piece.length > 0);
                Arrays.fill(piece, (byte)(from / 1_000 + 1));
                final byte[] whole = shelf.completed(seat, length, from, piece);
                if (whole == null) {
                    shelf.keep(seat, hash, length, from, piece);
                    kept++;
                } else {
                    assertEquals(length, whole.length);
                    assertEquals(from / 1_000 + 1, whole[length - 1]);
                    completed++;
                }
            }
        }
        assertTrue(kept > 1_000 && completed > 100, kept + " kept, " + completed + " completed");
        assertEquals(0, shelf.size());
    }
}
