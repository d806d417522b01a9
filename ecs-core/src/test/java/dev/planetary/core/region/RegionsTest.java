package dev.planetary.core.region;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.counter.Counters;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionsTest {
    private final Counters counters = Counters.inMemory();
    private final Regions regions = new Regions(counters);

    @Test
    void shouldNameEveryRegionByItsIndices() {
        final Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            final int x = random.nextInt(-1 << 20, 1 << 20);
            final int y = random.nextInt(-1 << 20, 1 << 20);
            final int z = random.nextInt(-1 << 20, 1 << 20);
            final long region = Region.of(x, y, z);
            assertEquals(x + "," + y + "," + z, Region.describe(region));
        }
        assertEquals("-1,0,1", Region.describe(Region.at(-0.5, 1_023.9, 1_024)));
    }

    @Test
    void shouldMoveAPlayerFromOneRegionToTheNext() {
        count(10, 500);
        assertEquals(1, regions.players(Region.at(10, 0, 0)), "players in the first region");
        assertEquals(500, regions.bytes(Region.at(10, 0, 0)), "bytes to the first region");
        count(1_500, 70);
        assertEquals(0, regions.players(Region.at(10, 0, 0)), "players in the first region after the move");
        assertEquals(1, regions.players(Region.at(1_500, 0, 0)), "players in the second region");
        assertEquals(70, regions.bytes(Region.at(1_500, 0, 0)), "bytes to the second region");
        assertEquals(1, regions.size(), "an empty region is counted no more");
    }

    @Test
    void shouldFreeTheCountersOfEmptyRegions() {
        count(10, 1);
        final int[] before = new int[1];
        counters.reader().forEach((id, label) -> before[0]++);
        for (int i = 0; i < 1_000; i++) {
            count(i * 1_024, 1);
        }
        final int[] after = new int[1];
        counters.reader().forEach((id, label) -> after[0]++);
        assertEquals(before[0], after[0], "counters in use after a long journey");
    }

    private void count(final double x, final long bytes) {
        regions.begin();
        regions.player(Region.at(x, 0, 0), bytes);
        regions.cell(Region.at(x, 0, 0));
        regions.end();
    }
}
