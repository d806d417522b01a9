package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PartCatalogueTest {
    @Test
    void shouldReadTheFileThatComesWithThePlugin() {
        final PartCatalogue catalogue = PartCatalogue.standard();
        final PartKind wall = catalogue.kind("wall");
        assertEquals(wall, catalogue.kind(2));
        assertEquals(12, wall.volume());
        assertEquals("wood", catalogue.itemName(wall.items()[0]));
        assertEquals(12, wall.counts()[0]);
        assertTrue(wall.needsSupport() && wall.givesSupport());
        assertFalse(catalogue.kind("door").givesSupport());
        assertEquals(32, catalogue.kind("chest").storeSlots());
        assertEquals(0, wall.storeSlots());
        assertNull(catalogue.kind(0));
        assertNull(catalogue.kind(-1));
        assertNull(catalogue.kind(65_535));
        assertNull(catalogue.kind("wal"));
        assertEquals(PartCatalogue.NONE, catalogue.item("gold"));
    }

    @Test
    void shouldReadEverythingThatALineCanSay() {
        final PartCatalogue catalogue = PartCatalogue.read("my.txt", "item 7 tin # soft\r\n\n  part 9 buoy size=1x2x3 cost=tin:4 health=5 stands-alone"
            + " holds-nothing store=6\npart 10 air-block size=1x1x1 health=1 cost=free");
        final PartKind buoy = catalogue.kind("buoy");
        assertEquals("1x2x3", buoy.sizeX() + "x" + buoy.sizeY() + "x" + buoy.sizeZ());
        assertEquals(7, buoy.items()[0]);
        assertFalse(buoy.needsSupport() || buoy.givesSupport());
        assertEquals(6, buoy.storeSlots());
        assertEquals(0, catalogue.kind("air-block").items().length);
    }

    @Test
    void shouldNameFileLineAndMendOfAWrongLine() {
        final String wood = "item 1 wood\n";
        final String part = "part 1 wall size=1x1x1 health=1 cost=";
        assertWrong("thing 1 x", "line 1: \"thing\" begins no line: begin with item or part");
        assertWrong("item 1", "line 1: an item has a number and a name: item 1 wood");
        assertWrong("item 70000 wood", "line 1: the item's number is \"70000\": expected 1 to 65535");
        assertWrong("item 1 Wood", "line 1: \"Wood\" is no name: use a to z, 0 to 9 and hyphens, at most 32");
        assertWrong(wood + "item 1 stone", "line 2: item 1 is there already: give it another number");
        assertWrong(wood + "item 2 wood", "line 2: item wood is there already: give it another name");
        assertWrong("part 1 wall", "line 1: the part has no size: add size=4x3x1");
        assertWrong("part 1 wall size=4x3x1 cost=free", "line 1: the part has no health: add health=100");
        assertWrong("part 1 wall size=4x3x1 health=9", "line 1: the part has no cost: add cost=free");
        assertWrong("part 1 wall size=4x3 health=1 cost=free", "line 1: size=4x3: write three numbers, as size=4x3x1");
        assertWrong("part 1 wall size=9x1x1 health=1 cost=free", "line 1: size is \"9\": expected 1 to 8");
        assertWrong(wood + part + "stone:1", "line 2: no item is called stone: name one of [wood], or add an item line above");
        assertWrong(wood + part + "wood", "line 2: cost=wood: write items with their counts, as cost=wood:4+iron:1");
        assertWrong(wood + part + "wood:1+wood:2", "line 2: cost=wood:1+wood:2: wood is said twice: add its counts up");
        assertWrong(part + "free colour=red", "line 1: \"colour\" is nothing that a part has: take it out");
        assertWrong(part + "free stands-alone=yes", "line 1: \"stands-alone=yes\": write stands-alone without a value");
        assertWrong(part + "free store", "line 1: \"store\": write store=VALUE");
        assertWrong(part + "free health=2", "line 1: health is said twice: take one out");
        assertWrong(
            part + "free\npart 1 door", "line 2: part 1 wall is there already: give this one another number and name");
        assertWrong("", "line 1: there is no part in the file: add a line that begins with part");
    }

    @Test
    void shouldBeWorthLessWhenDamaged() {
        final PartKind wall = PartCatalogue.standard().kind("wall");
        assertEquals(12, wall.worth(0, 300));
        assertEquals(11, wall.worth(0, 299));
        assertEquals(0, wall.worth(0, 24));
        assertEquals(0, wall.worth(0, 0));
    }

    private static void assertWrong(final String text, final String message) {
        assertEquals("my.txt, " + message, assertThrows(PartsFormatException.class, () -> PartCatalogue.read("my.txt", text)).getMessage());
    }
}
