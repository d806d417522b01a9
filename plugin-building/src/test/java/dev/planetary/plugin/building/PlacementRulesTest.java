package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PlacementRulesTest {
    private final Standing standing = new Standing();
    private final PartCatalogue catalogue = standing.catalogue;
    private final Ground ground = (x, y, z) -> y < 0 || x == 50 && y == 0;
    private final PlacementRules rules =
        new PlacementRules(ground, standing.index, new Support(standing.index, ground), part -> "a " + part.kind.name() + " of Ada");
    private final Plan plan = new Plan();

    @Test
    void shouldSayHowFarAndHowFarOneReaches() {
        plan.single(catalogue.kind("wall"), 10, 0, 0, 0);
        assertNull(PlacementRules.tooFar(plan, 0, 0.5, 10));
        assertNull(PlacementRules.tooFar(plan, 14, 0.5, 1), "from the far end of it");
        assertEquals("too far: 10 m, reach is 9 m", PlacementRules.tooFar(plan, 0, 0.5, 9));
        assertEquals("too far: 12 m, reach is 11 m", PlacementRules.tooFar(standing.add("lamp", 8, 0, 8), 0, 0, 11));
    }

    @Test
    void shouldEndWithTheWorld() {
        final PartKind wall = catalogue.kind("wall");
        assertNull(PlacementRules.outsideWorld(plan.single(wall, 0, 1_021, 0, 0)));
        assertEquals("the world ends before the wall at 0, 1022, 0", PlacementRules.outsideWorld(plan.single(wall, 0, 1_022, 0, 0)));
        assertEquals(
            "the world ends before the wall at 2147483647, 0, 0", PlacementRules.outsideWorld(plan.single(wall, Integer.MAX_VALUE, 0, 0, 0)));
        assertNull(PlacementRules.outsideWorld(plan.single(catalogue.kind("lamp"), -2_000_000, -1_024, 1_999_999, 0)));
    }

    @Test
    void shouldNameWhatBlocks() {
        final PartKind kind = catalogue.kind("wall");
        assertNull(rules.blocked(plan.single(kind, 0, 0, 0, 0), 0));
        assertEquals("blocked by the ground at 0, -1, 0", rules.blocked(plan.single(kind, 0, -1, 0, 0), 0));
        assertEquals("blocked by the ground at 50, 0, 0", rules.blocked(plan.single(kind, 47, 0, 0, 0), 0));
        final PlacedPart wall = standing.add("wall", 3, 0, 0, 1);
        assertEquals("blocked by a wall of Ada at 3, 0, 0", rules.blocked(plan.single(kind, 0, 0, 0, 0), 0));
        assertNull(rules.blocked(plan.single(kind, 3, 0, 0, 0), wall.entity), "a part does not block its own turning");
        final Blueprint twisted = new BlueprintBuilder().add(kind, 0, 0, 0, 0).add(kind, 2, 0, 0, 0).build();
        assertEquals("two parts of it would be at 22, 0, 0", rules.blocked(plan.blueprint(twisted, 20, 0, 0), 0));
    }

    @Test
    void shouldAskForAHold() {
        assertNull(unsupported(plan.single(catalogue.kind("pillar"), 0, 0, 0, 0), 0));
        assertEquals("nothing holds the pillar at 0, 1, 0", unsupported(plan.single(catalogue.kind("pillar"), 0, 1, 0, 0), 0));
        assertNull(unsupported(plan.single(catalogue.kind("lamp"), 49, 0, 0, 0), 0), "the side of a rock holds too");
        standing.add("pillar", 5, 0, 0);
        standing.add("lamp", 6, 0, 0);
        assertNull(unsupported(plan.single(catalogue.kind("beam"), 5, 3, 0, 0), 0));
        assertEquals(
            "nothing holds the lamp at 6, 1, 1", unsupported(plan.single(catalogue.kind("lamp"), 6, 1, 1, 0), 0), "edges do not hold");
        assertEquals(
            "nothing holds the wood-block at 6, 1, 0", unsupported(plan.single(catalogue.kind("wood-block"), 6, 1, 0, 0), 1),
            "neither what is left out nor a lamp");
    }

    @Test
    void shouldHoldTheirOwnInABlueprint() {
        final Blueprint tower = Buildings.tower(catalogue);
        assertNull(unsupported(plan.blueprint(tower, 0, 0, 0), 0));
        assertEquals("nothing holds the stone-block at 0, 1, 0", unsupported(plan.blueprint(tower, 0, 1, 0), 0));
        final PartKind lamp = catalogue.kind("lamp");
        final Blueprint lampOnLamp = new BlueprintBuilder().add(lamp, 0, 0, 0, 0).add(lamp, 0, 1, 0, 0).build();
        assertEquals("nothing holds the lamp at 0, 1, 0", unsupported(plan.blueprint(lampOnLamp, 0, 0, 0), 0));
        assertNull(unsupported(plan.blueprint(Buildings.hut(catalogue), 0, 0, 20), 0));
        assertNull(unsupported(plan.blueprint(Buildings.cottage(catalogue).turned(1), 0, 0, 20), 0));
    }

    private String unsupported(final Plan what, final int except) {
        assertNull(rules.blocked(what, except));
        return rules.unsupported(what, except);
    }
}
