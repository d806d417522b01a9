package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class WorkloadSceneTest {
    @ParameterizedTest
    @CsvSource({"100,0", "100,900", "0,0", "700,300"})
    void shouldFindTheSameViewersThroughTheGridAsByAskingEachClient(final int radius, final int clientSpeed) {
        final Shape shape = Shape.workload(500, 64, 200, radius, 1_000, 1, clientSpeed);
        final Scene scene = Scene.of(shape);
        final int[] viewers = new int[shape.clients()];
        int seen = 0;
        for (int tick = 0; tick < 40; tick++) {
            scene.step();
            for (int m = 0; m < scene.movedCount(); m++) {
                final int i = scene.moved(m);
                final BitSet found = new BitSet();
                final int count = scene.viewers(i, viewers);
                for (int v = 0; v < count; v++) {
                    found.set(viewers[v]);
                }
                final BitSet asked = new BitSet();
                for (int c = 0; c < shape.clients(); c++) {
                    asked.set(c, scene.isInView(i, c));
                }
                assertEquals(asked, found, "viewers of entity " + i + " at tick " + tick);
                assertEquals(count, found.cardinality(), "nobody twice");
                seen += count;
            }
        }
        assertTrue(seen > 0, "somebody saw something");
    }

    @Test
    void shouldMoveOnlyThoseThatMayMove() {
        final Shape shape = new Shape(Shape.Kind.WORKLOAD, 1_000, 100, 1, 1_000, 0, 500, 1, 0, 20);
        final Scene scene = Scene.of(shape);
        scene.step();
        assertEquals(100, scene.movedCount());
        for (int m = 0; m < 100; m++) {
            assertEquals(m, scene.moved(m));
        }
    }

    @Test
    void shouldMoveClientsThatHaveASpeed() {
        final Scene scene = Scene.of(Shape.workload(10, 4, 0, 100, 1_000, 1, 400));
        final double before = scene.anchorX(0);
        scene.step();
        assertNotEquals(before, scene.anchorX(0));
    }
}
