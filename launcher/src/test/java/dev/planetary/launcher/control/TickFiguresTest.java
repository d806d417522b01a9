package dev.planetary.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TickFiguresTest {
    private final TickFigures figures = new TickFigures();

    @Test
    void shouldGivePercentilesInMilliseconds() {
        for (int i = 100; i >= 1; i--) {
            figures.add(i * 1_000_000L, i * 100_000L);
        }

        assertEquals(Map.of("p50", 50.0, "p99", 99.0, "max", 100.0), figures.wallMs());
        assertEquals(Map.of("p50", 5.0, "p99", 9.9), figures.cpuMs());
    }

    @Test
    void shouldTellEachTickTheOldestFirst() {
        for (int i = 0; i < (1 << 17) + 2; i++) {
            figures.add(i * 1_000L, i * 2_000L);
        }

        assertEquals(1 << 17, figures.wallUs().length);
        assertEquals(2, figures.wallUs()[0]);
        assertEquals((1 << 17) + 1, figures.wallUs()[(1 << 17) - 1]);
        assertEquals(4, figures.cpuUs()[0]);
    }

    @Test
    void shouldForgetWhatCameBeforeTheReset() {
        figures.add(9_000_000, 9_000_000);
        figures.reset();
        assertEquals(Map.of("p50", 0.0, "p99", 0.0, "max", 0.0), figures.wallMs());

        figures.add(2_000_000, 1_000_000);
        assertEquals(Map.of("p50", 2.0, "p99", 2.0, "max", 2.0), figures.wallMs());
    }

    @Test
    void shouldKeepTheNewestWhereThereAreMoreThanFit() {
        for (int i = 0; i < 1 << 17; i++) {
            figures.add(1_000_000, 0);
        }
        for (int i = 0; i < 1 << 17; i++) {
            figures.add(3_000_000, 0);
        }

        assertEquals(3.0, figures.wallMs().get("p50"));
    }
}
