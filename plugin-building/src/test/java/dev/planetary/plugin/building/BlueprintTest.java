package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlueprintTest {
    private static final PartCatalogue CATALOGUE = PartCatalogue.standard();

    @Test
    void shouldComeBackFromItsBytes() {
        final Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            final Blueprint blueprint = random(random, 1 + random.nextInt(i < 290 ? 60 : 1_000));
            final byte[] bytes = blueprint.encode();
            final Blueprint again = Blueprint.decode(CATALOGUE, bytes);
            assertEquals(describe(blueprint), describe(again));
            assertArrayEquals(bytes, again.encode());
        }
    }

    @Test
    void shouldComeBackWhereARowIsAsLongAsItMayBe() {
        final PartKind block = CATALOGUE.kind("wood-block");
        for (int gap = 1; gap < Blueprint.MOST_EXTENT; gap++) {
            final Blueprint blueprint = new BlueprintBuilder().add(block, 0, 0, 0, 0).add(block, gap, 0, 0, 0).build();
            assertEquals(describe(blueprint), describe(Blueprint.decode(CATALOGUE, blueprint.encode())));
        }
    }

    @Test
    void shouldComeBackFromFourQuarterTurns() {
        final Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            final Blueprint blueprint = random(random, 1 + random.nextInt(40), PartKind.MOST_SIZE);
            Blueprint turned = blueprint;
            for (int quarter = 0; quarter < 4; quarter++) {
                assertEquals(describe(blueprint.turned(quarter)), describe(turned), "seed 2, blueprint " + i + ", quarter " + quarter);
                turned = turned.turned(1);
            }
            assertEquals(describe(blueprint), describe(turned));
        }
    }

    @Test
    void shouldTurnItsVoxelsAsAWhole() {
        final Blueprint hut = Buildings.hut(CATALOGUE);
        final Set<String> expected = new HashSet<>();
        for (final int[] voxel : voxels(hut)) {
            // A quarter takes z to x and x to -z.
            expected.add(voxel[2] + "," + voxel[1] + "," + (hut.size(0) - 1 - voxel[0]));
        }
        final Set<String> turned = new HashSet<>();
        voxels(hut.turned(1)).forEach(voxel -> turned.add(voxel[0] + "," + voxel[1] + "," + voxel[2]));
        assertEquals(expected, turned);
        assertEquals(hut.size(0), hut.turned(1).size(2));
    }

    @Test
    void shouldTakeFewBytesAPart() {
        for (final Blueprint blueprint : List.of(Buildings.tower(CATALOGUE), Buildings.cottage(CATALOGUE))) {
            final int bytes = blueprint.encode().length;
            System.out.printf("blueprint of %d parts: %d bytes, %.2f each%n", blueprint.parts(), bytes, (double)bytes / blueprint.parts());
            assertTrue(bytes <= 3 * blueprint.parts(), "bytes of " + blueprint.parts() + " parts: " + bytes);
        }
        // Few parts share the names of their kinds less well.
        final int bytes = Buildings.hut(CATALOGUE).encode().length;
        System.out.printf("blueprint of %d parts: %d bytes%n", Buildings.hut(CATALOGUE).parts(), bytes);
        assertTrue(bytes <= 4 * Buildings.hut(CATALOGUE).parts(), "bytes of the hut: " + bytes);
    }

    @Test
    void shouldRefuseWhatMakesNoBlueprint() {
        final PartKind block = CATALOGUE.kind("wood-block");
        assertMessage("a blueprint of 0 parts: expected 1 to 1000", new BlueprintBuilder());
        final BlueprintBuilder many = new BlueprintBuilder();
        for (int i = 0; i < 1_001; i++) {
            many.add(block, i % 100, i / 100, 0, 0);
        }
        assertMessage("a blueprint of 1001 parts: expected 1 to 1000", many);
        assertMessage("two parts begin at 1, 2, 3", new BlueprintBuilder().add(block, 1, 2, 3, 0).add(CATALOGUE.kind("wall"), 1, 2, 3, 0));
        assertMessage(
            "the parts lie too far apart: a blueprint measures at most 128 voxels",
            new BlueprintBuilder().add(block, Integer.MIN_VALUE, 0, 0, 0).add(block, Integer.MAX_VALUE, 0, 0, 0));
        assertThrows(BlueprintFormatException.class, () -> new BlueprintBuilder().add(block, 0, 0, 0, 24));
    }

    @Test
    void shouldRefuseHostileBytesCleanly() {
        final Random random = new Random(3);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] good = random(random, 1 + random.nextInt(30)).encode();
            final byte[] bad = switch (i % 4) {
                case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
                case 1 -> Arrays.copyOf(good, good.length + 1 + random.nextInt(3));
                case 2 -> flipped(good, random);
                default -> noise(random);
            };
            try {
                final Blueprint blueprint = Blueprint.decode(CATALOGUE, bad);
                accepted++;
                assertTrue(i % 4 > 1, "what is cut or followed by something must be refused");
                assertTrue(blueprint.parts() >= 1 && blueprint.parts() <= Blueprint.MOST_PARTS);
                assertTrue(blueprint.size(0) <= 128 && blueprint.size(1) <= 128 && blueprint.size(2) <= 128);
            } catch (final BlueprintFormatException e) {
                assertTrue(e.getMessage().startsWith("the blueprint cannot be read: "), e.getMessage());
            }
        }
        assertTrue(accepted < 5_000, "flipped bits that make another blueprint: " + accepted);
        assertThrows(BlueprintFormatException.class, () -> Blueprint.decode(CATALOGUE, new byte[0]));
        assertThrows(BlueprintFormatException.class, () -> Blueprint.decode(CATALOGUE, new byte[Blueprint.MOST_BYTES + 1]));
    }

    @Test
    void shouldFitItsBoundWhateverItHolds() {
        final Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            assertTrue(random(random, 1_000).encode().length <= Blueprint.MOST_BYTES);
        }
    }

    private static byte[] flipped(final byte[] good, final Random random) {
        good[random.nextInt(good.length)] ^= (byte)(1 << random.nextInt(8));
        return good;
    }

    private static byte[] noise(final Random random) {
        final byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        noise[0] = 1;
        return noise;
    }

    private static void assertMessage(final String message, final BlueprintBuilder builder) {
        assertEquals(message, assertThrows(BlueprintFormatException.class, builder::build).getMessage());
    }

    private static Blueprint random(final Random random, final int parts) {
        return random(random, parts, 1);
    }

    /** Parts begin at multiples of {@code apart}; from 8 on none shares a voxel with another. */
    private static Blueprint random(final Random random, final int parts, final int apart) {
        final List<PartKind> kinds = CATALOGUE.kinds();
        final BlueprintBuilder builder = new BlueprintBuilder();
        final Set<Integer> taken = new HashSet<>();
        final int side = 60 / apart;
        int left = Blueprint.MOST_VOXELS;
        while (builder.parts() < parts) {
            final int place = random.nextInt(side * side * side);
            final PartKind kind = kinds.get(random.nextInt(kinds.size()));
            if (left >= kind.volume() && taken.add(place)) {
                left -= kind.volume();
                builder.add(
                    kind, apart * (place % side) - 30, apart * (place / side % side), apart * (place / side / side) - 30, random.nextInt(Turns.COUNT));
            }
        }
        return builder.build();
    }

    private static List<int[]> voxels(final Blueprint blueprint) {
        final List<int[]> voxels = new ArrayList<>();
        for (int i = 0; i < blueprint.parts(); i++) {
            final PlacedPart part =
                new PlacedPart(1, blueprint.kind(i), blueprint.turn(i), blueprint.x(i), blueprint.y(i), blueprint.z(i));
            for (int x = 0; x < part.sizeX; x++) {
                for (int y = 0; y < part.sizeY; y++) {
                    for (int z = 0; z < part.sizeZ; z++) {
                        voxels.add(new int[] {part.x + x, part.y + y, part.z + z});
                    }
                }
            }
        }
        return voxels;
    }

    private static String describe(final Blueprint blueprint) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < blueprint.parts(); i++) {
            text.append(blueprint.kind(i).name()).append(' ').append(blueprint.x(i)).append(' ').append(blueprint.y(i)).append(' ')
                .append(blueprint.z(i)).append(' ').append(blueprint.turn(i)).append('\n');
        }
        return text.toString();
    }
}
