package dev.planetary.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTrendTest {
    private static final long MB = 1_000_000;

    private static MemoryTrend.Report report(final double seconds, final double everySeconds, final double bytesPerSecond) {
        final MemoryTrend trend = new MemoryTrend();
        final Random random = new Random(5);
        for (double at = 0; at < seconds; at += everySeconds) {
            // Fills up over the first third, and wavers.
            final double filling = 10 * MB * Math.min(1, at / seconds * 3);
            trend.add(at, (long)(20 * MB + filling + random.nextDouble() * MB / 4 + bytesPerSecond * at), 100 * MB);
        }
        return trend.report();
    }

    @Test
    void shouldCallMemoryFlatThatFillsUpAndWavers() {
        final MemoryTrend.Report report = report(600, 30, 0);

        assertEquals(Boolean.TRUE, report.flat(), report.toString());
        assertEquals(20, report.samples());
        assertTrue(report.liveMbLast() - report.liveMbFirst() > 9, report.toString());
    }

    @Test
    void shouldNoticeALeak() {
        final MemoryTrend.Report report = report(600, 30, 10_000);

        assertFalse(report.flat(), report.toString());
        assertEquals(36, report.mbPerHour(), 8);
    }

    @Test
    void shouldNotJudgeAShortPlay() {
        assertNull(report(60, 5, 20_000).flat());
        assertNull(report(600, 200, 20_000).flat(), "too few samples");
        assertNull(new MemoryTrend().report().flat());
    }

    @Test
    void shouldJudgeAPlayOfFourMinutes() {
        assertFalse(report(240, 12, 100_000).flat());
        assertTrue(report(240, 12, 0).flat());
    }
}
