package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SupportTest {
    private final Set<Long> holes = new HashSet<>();
    private final Standing standing = new Standing();
    private final PartIndex index = standing.index;
    private final Support support = new Support(index, (x, y, z) -> y < 0 && !holes.contains(PartIndex.key(x, y, z)));

    @Test
    void shouldLetFallWhatRestedOnWhatWent() {
        final PlacedPart lower = standing.add("pillar", 0, 0, 0);
        standing.add("pillar", 0, 3, 0);
        standing.add("beam", 1, 5, 0);
        standing.add("lamp", 4, 4, 0);
        standing.add("pillar", 9, 0, 0);
        assertEquals(List.of("pillar", "beam", "lamp"), removed(lower));
        assertEquals(1, index.size());
    }

    @Test
    void shouldKeepWhatIsHeldFromAnotherSide() {
        final PlacedPart left = standing.add("pillar", 0, 0, 0);
        standing.add("pillar", 3, 0, 0);
        standing.add("beam", 0, 3, 0);
        standing.add("beam", 1, 4, 0);
        assertEquals(List.of(), removed(left));
    }

    @Test
    void shouldHoldNothingByWhatHoldsNothing() {
        final PlacedPart below = standing.add("wood-block", 0, 0, 0);
        standing.add("door", 1, 0, 0);
        standing.add("wood-block", 0, 1, 0);
        assertEquals(List.of("wood-block"), removed(below), "a door holds itself by the ground and nothing else");
    }

    @Test
    void shouldHangALampOnEitherOfTwoPillars() {
        final PlacedPart left = standing.add("pillar", 0, 0, 0);
        final PlacedPart right = standing.add("pillar", 2, 0, 0);
        standing.add("lamp", 1, 2, 0);
        assertEquals(List.of(), removed(left));
        assertEquals(List.of("lamp"), removed(right));
    }

    @Test
    void shouldFallWhenTheGroundGoes() {
        final PlacedPart part = standing.add("wood-block", 5, 0, 5);
        standing.add("wood-block", 5, 1, 5);
        holes.add(PartIndex.key(5, -1, 5));
        assertEquals(List.of(1, 2), support.fall(List.of(part)).stream().map(fallen -> fallen.entity).toList());
        assertEquals(0, index.size());
    }

    @Test
    void shouldLetVeryLargeStructuresStandByThemselves() {
        for (int i = 0; i <= Support.MOST_TOGETHER; i++) {
            standing.add("wood-block", i % 80, 5 + i / 80, 0);
        }
        assertEquals(0, support.fall(List.of(index.part(1))).size());
        index.remove(index.part(40));
        assertEquals(Support.MOST_TOGETHER, support.fall(List.of(index.part(1))).size());
    }

    @Test
    void shouldLeaveForLaterWhatExceedsTheBoundOfASearch() {
        final List<PlacedPart> suspects = new ArrayList<>();
        for (int column = 0; column < 100; column++) {
            suspects.add(standing.add("wood-block", 3 * column, 1, 0));
            for (int y = 2; y < 202; y++) {
                standing.add("wood-block", 3 * column, y, 0);
            }
        }
        int rounds = 0;
        List<PlacedPart> left = suspects;
        while (!left.isEmpty()) {
            support.fall(left);
            left = List.copyOf(support.unseen());
            rounds++;
        }
        assertEquals(0, index.size());
        assertTrue(rounds > 1 && rounds < 5, "rounds: " + rounds);
    }

    @Test
    void shouldAgreeWithASlowSearchOfEverything() {
        final Random random = new Random(5);
        for (int game = 0; game < 60; game++) {
            final Standing parts = new Standing();
            final Support search = new Support(parts.index, (x, y, z) -> y < 0 && x < 8);
            final String[] kinds = {"wood-block", "pillar", "beam", "lamp", "wall"};
            for (int i = 0; i < 120; i++) {
                final PartKind kind = parts.catalogue.kind(kinds[random.nextInt(kinds.length)]);
                final int turn = random.nextInt(Turns.COUNT);
                final PlacedPart part = new PlacedPart(1_000 + i, kind, turn, random.nextInt(14), random.nextInt(9), random.nextInt(6));
                final List<PlacedPart> found = new ArrayList<>();
                parts.index.collect(
                    part.x, part.y, part.z, part.x + part.sizeX - 1, part.y + part.sizeY - 1, part.z + part.sizeZ - 1, found);
                if (found.isEmpty()) {
                    parts.index.add(part);
                }
            }
            final List<PlacedPart> all = new ArrayList<>();
            parts.index.all().forEach(all::add);
            final Set<Integer> expected = slow(all);
            search.fall(all);
            final Set<Integer> stand = new HashSet<>();
            parts.index.all().forEach(part -> stand.add(part.entity));
            assertEquals(expected, stand, "game " + game);
        }
    }

    /** Spreads from what touches the ground until nothing more is reached. */
    private static Set<Integer> slow(final List<PlacedPart> all) {
        final Set<Integer> held = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (final PlacedPart part : all) {
                final boolean onGround = part.y == 0 && part.x < 8;
                if (!held.contains(part.entity) && (onGround || all.stream().anyMatch(other ->
                    held.contains(other.entity) && other.kind.givesSupport() && touch(part, other)))) {
                    held.add(part.entity);
                    more = true;
                }
            }
        }
        return held;
    }

    private static boolean touch(final PlacedPart a, final PlacedPart b) {
        return gap(a.x, a.sizeX, b.x, b.sizeX) + gap(a.y, a.sizeY, b.y, b.sizeY) + gap(a.z, a.sizeZ, b.z, b.sizeZ) == 1;
    }

    /** 0 where the stretches share something, 1 where they are neighbours, else many. */
    private static int gap(final int a, final int sizeA, final int b, final int sizeB) {
        return a < b + sizeB && b < a + sizeA ? 0 : a == b + sizeB || b == a + sizeA ? 1 : 100;
    }

    private List<String> removed(final PlacedPart part) {
        final List<PlacedPart> suspects = new ArrayList<>();
        support.touching(part, suspects);
        index.remove(part);
        return support.fall(suspects).stream().map(fallen -> fallen.kind.name()).toList();
    }
}
