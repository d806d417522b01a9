package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.BlueprintSeries;
import dev.planetary.plugin.building.schematic.Block;
import dev.planetary.plugin.building.schematic.SchematicFiles;
import dev.planetary.plugin.building.schematic.SchematicFormatException;
import java.util.Arrays;
import java.util.Random;
import net.kyori.adventure.nbt.BinaryTagIO.Compression;
import net.kyori.adventure.nbt.CompoundBinaryTag;
import org.junit.jupiter.api.Test;

class SchematicImportTest {
    private static final PartCatalogue CATALOGUE = PartCatalogue.standard();
    private static final String[] SIDES = {"south", "east", "north", "west"};

    private final BlockMapping mapping = BlockMapping.standard(CATALOGUE);
    private final SchematicImport schematics = new SchematicImport(CATALOGUE);

    private BlueprintSeries read(final CompoundBinaryTag root, final int quarters) {
        return schematics.read(SchematicFiles.bytes(root, Compression.GZIP), quarters);
    }

    private static Blueprint blueprint(final BlueprintSeries series, final int step) {
        return Blueprint.decode(CATALOGUE, series.steps().get(step).blueprint());
    }

    private static String describe(final Blueprint blueprint) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < blueprint.parts(); i++) {
            text.append(blueprint.kind(i).name()).append('/').append(blueprint.turn(i)).append('@').append(blueprint.x(i)).append(',')
                .append(blueprint.y(i)).append(',').append(blueprint.z(i)).append(' ');
        }
        return text.toString().trim();
    }

    private BlockMapping.Look look(final String block) {
        return mapping.look(Block.parse(block).orElseThrow());
    }

    // ---- blocks ----

    @Test
    void shouldTurnFrontsToTheSideThatTheyLookTo() {
        final int[][] directions = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
        for (int side = 0; side < SIDES.length; side++) {
            for (final String half : new String[] {"bottom", "top"}) {
                final int turn = look("minecraft:oak_stairs[facing=" + SIDES[side] + ",half=" + half + ",shape=straight]").turn();
                assertEquals(directions[side][0], Turns.apply(turn, 0, 0, 0, 1), SIDES[side]);
                assertEquals(directions[side][1], Turns.apply(turn, 2, 0, 0, 1), SIDES[side]);
                assertEquals(half.equals("top") ? -1 : 1, Turns.apply(turn, 1, 0, 1, 0), half);
            }
        }
        assertEquals(-1, Turns.apply(look("stone_slab[type=top]").turn(), 1, 0, 1, 0));
        assertEquals(0, look("stone_slab[type=bottom]").turn());
    }

    @Test
    void shouldLayLogsAlongTheirAxis() {
        assertEquals(0, look("oak_log[axis=y]").turn());
        assertEquals(1, Math.abs(Turns.apply(look("oak_log[axis=x]").turn(), 0, 0, 1, 0)));
        assertEquals(1, Math.abs(Turns.apply(look("oak_log[axis=z]").turn(), 2, 0, 1, 0)));
    }

    @Test
    void shouldKnowWhatPartABlockIsLike() {
        assertEquals("stairs", look("spruce_stairs").part().name());
        assertEquals("stone-stairs", look("stone_brick_stairs").part().name());
        assertEquals("stone-slab", look("mossy_cobblestone_slab").part().name());
        assertEquals("slab", look("crimson_slab").part().name());
        assertEquals("fence", look("oak_fence").part().name());
        assertEquals("stone-fence", look("red_nether_brick_wall").part().name());
        assertEquals("window", look("white_stained_glass_pane").part().name());
        assertEquals("glass-block", look("white_stained_glass").part().name());
        assertEquals("door", look("iron_door[half=lower,facing=east]").part().name());
        assertEquals("stone-block", look("polished_andesite").part().name());
        assertEquals("wood-block", look("stripped_dark_oak_log").part().name());
        assertEquals(BlockMapping.Kind.NOTHING, look("iron_door[half=upper,facing=east]").kind());
        assertEquals(BlockMapping.Kind.NOTHING, look("cave_air").kind());
        assertEquals(BlockMapping.Kind.GROUND, look("andesite").kind());
        assertEquals(BlockMapping.Kind.GROUND, look("deepslate_iron_ore").kind());
        assertEquals(BlockMapping.Kind.UNKNOWN, look("white_wall_banner").kind());
        assertEquals(BlockMapping.Kind.UNKNOWN, look("create:cogwheel").kind());
    }

    @Test
    void shouldNameFileLineAndMendOfAWrongLine() {
        assertWrong("line 2: \"parts\" begins no line: begin with nothing, ground or part", "nothing air # remark\nparts x door");
        assertWrong("line 1: write part PATTERN KIND, then front or axis", "part door");
        assertWrong("line 1: write ground PATTERN", "ground a b");
        assertWrong("line 1: \"a[b]\" is no pattern: write a name such as *_door[half=upper]", "ground a[b]");
        assertWrong("line 1: no part is called gate: name one of parts.txt", "part a gate");
        assertWrong("line 1: \"up\" says nothing of turning: write front or axis", "part a door up");
    }

    private static void assertWrong(final String sentence, final String text) {
        final String said = assertThrows(PartsFormatException.class, () -> BlockMapping.read(CATALOGUE, "b.txt", text)).getMessage();
        assertTrue(said.contains("b.txt") && said.endsWith(sentence), said);
    }

    // ---- what becomes of a build ----

    @Test
    void shouldMakeABlueprintAndSayWhatItLeftOut() {
        final BlueprintSeries series = read(
            SchematicFiles.sponge(2, 3, 2, 1,
                "oak_planks", "oak_door[half=lower,facing=east]", "dirt",
                "cake", "oak_door[half=upper,facing=east]", "dirt"),
            0);
        assertEquals("wood-block/0@0,0,0 door/1@1,0,0", describe(blueprint(series, 0)));
        assertEquals(
            "2 parts, 2 x 2 x 1 m, in 1 blueprint; left out: 2 of ground and plants, 1 that no part is like (1 cake)", series.summary());
        assertEquals("2 2 1", series.sizeX() + " " + series.sizeY() + " " + series.sizeZ());
    }

    @Test
    void shouldTurnTheWholeByQuarters() {
        final CompoundBinaryTag file = SchematicFiles.sponge(2, 2, 1, 3,
            "oak_planks", "stone_bricks", "air", "oak_stairs[facing=south]", "air", "glass");
        final Blueprint straight = blueprint(read(file, 0), 0);
        for (int quarters = 0; quarters < 4; quarters++) {
            assertEquals(describe(straight.turned(quarters)), describe(blueprint(read(file, quarters), 0)));
        }
    }

    @Test
    void shouldLeaveOutWhatWouldFloatOrLieInTheGround() {
        // Two columns: a pair of blocks in the ground, and a house of three on it that a second, hanging one does not touch.
        final BlueprintSeries series = read(
            SchematicFiles.sponge(2, 5, 3, 1,
                "bricks", "air", "dirt", "air", "dirt",
                "air", "air", "bricks", "bricks", "bricks",
                "glass", "air", "air", "lantern", "air"),
            0);
        assertEquals(
            "stone-block/0@0,0,0 stone-block/0@1,0,0 stone-block/0@2,0,0 lamp/0@1,1,0", describe(blueprint(series, 0)));
        assertTrue(series.summary().endsWith("left out: 2 of ground and plants, 2 that nothing would hold on flat ground"), series.summary());
    }

    @Test
    void shouldCutWhatIsLargeSoThatEachBlueprintRestsOnThoseBefore() {
        final Random random = new Random(5);
        final String[] blocks = new String[20 * 20 * 20];
        final String[] names = {"air", "air", "air", "oak_planks", "stone_bricks", "torch", "oak_stairs[facing=west,half=top]"};
        Arrays.setAll(blocks, i -> names[random.nextInt(names.length)]);
        final BlueprintSeries series = read(SchematicFiles.sponge(3, 20, 20, 20, blocks), 1);
        assertTrue(series.steps().size() >= 4, series.summary());
        final PartIndex index = new PartIndex();
        final Ground ground = (x, y, z) -> y < 70;
        final PlacementRules rules = new PlacementRules(ground, index, new Support(index, ground), part -> "a part");
        final Plan plan = new Plan();
        int placed = 0;
        for (final BlueprintSeries.Step step : series.steps()) {
            final Blueprint blueprint = Blueprint.decode(CATALOGUE, step.blueprint());
            plan.blueprint(blueprint, 100 + step.x(), 70 + step.y(), -50 + step.z());
            assertEquals(step.parts(), plan.parts);
            assertNull(rules.blocked(plan, 0));
            assertNull(rules.unsupported(plan, 0));
            for (int i = 0; i < plan.parts; i++) {
                index.add(new PlacedPart(++placed, plan.kinds[i], plan.turns[i], plan.x[i], plan.y[i], plan.z[i]));
            }
        }
        assertEquals(placed + " parts, 20 x 20 x 20 m, in " + series.steps().size() + " blueprints", series.summary().split(";")[0]);
    }

    @Test
    void shouldCutWhatIsLong() {
        final String[] blocks = new String[300];
        Arrays.fill(blocks, "stone_bricks");
        final BlueprintSeries series = read(SchematicFiles.sponge(2, 300, 1, 1, blocks), 0);
        assertEquals("300 parts, 300 x 1 x 1 m, in 3 blueprints", series.summary());
        assertEquals(256, series.steps().get(2).x());
        assertEquals(44, series.steps().get(2).parts());
    }

    @Test
    void shouldLetTheFirstOfTwoThingsInOnePlaceStay() {
        final int[] corner = {0, 0, 0};
        final int[] size = {1, 1, 1};
        final BlueprintSeries series = read(
            SchematicFiles.litematic(SchematicFiles.region(corner, size, "glass"), SchematicFiles.region(corner, size, "glass")), 0);
        assertEquals("1 part, 1 x 1 x 1 m, in 1 blueprint; left out: 1 that others are in the way of", series.summary());
    }

    @Test
    void shouldRefuseWhatCannotBeBuiltInOneSentence() {
        assertEquals(
            "nothing in the schematic can be built: left out is all of it: 1 of ground and plants",
            said(SchematicFiles.sponge(2, 2, 1, 1, "dirt", "air"), 0));
        final String[] blocks = new String[32 * 32 * 32];
        Arrays.fill(blocks, "bricks");
        assertEquals(
            "the schematic has 32768 parts: at most 32000 are built of one", said(SchematicFiles.sponge(2, 32, 32, 32, blocks), 0));
        assertEquals("4 quarter turns: expected 0 to 3", said(SchematicFiles.sponge(2, 1, 1, 1, "bricks"), 4));
    }

    private String said(final CompoundBinaryTag root, final int quarters) {
        return assertThrows(SchematicFormatException.class, () -> read(root, quarters)).getMessage();
    }
}
