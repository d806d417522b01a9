package dev.planetary.launcher.demo;

import com.google.gson.JsonObject;
import dev.planetary.launcher.control.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Has the memory of some processes measured now and then while a demo is played. Each measurement stops its process for a moment, between two ticks. */
final class MemoryWatch {
    private static final int SAMPLES = 20;
    private static final double LEAST_SECONDS = 5;
    private static final double NS_PER_SECOND = 1e9;

    private final Map<Participant, MemoryTrend> trends = new LinkedHashMap<>();
    private final long everyNs;
    private long nextNs;
    private boolean isOver;

    /** Watches these in a demo that is played for so long. */
    MemoryWatch(final List<Participant> watched, final double seconds) {
        watched.forEach(one -> trends.put(one, new MemoryTrend()));
        everyNs = (long)(Math.max(LEAST_SECONDS, seconds / SAMPLES) * NS_PER_SECOND);
    }

    /** Takes what was measured, and has it measured again where it is time; {@code playedNs} since the play began. */
    void step(final long playedNs) {
        trends.forEach((one, trend) -> {
            final JsonObject use = one.take("memory");
            if (use != null) {
                trend.add(playedNs / NS_PER_SECOND, use.get("liveBytes").getAsLong(), use.get("residentBytes").getAsLong());
            }
        });
        if (!isOver && playedNs >= nextNs) {
            nextNs = playedNs + everyNs;
            trends.keySet().forEach(one -> one.ask(Command.Verb.MEMORY, "memory"));
        }
    }

    /** The play is over: nothing is measured any more. */
    void end() {
        isOver = true;
    }

    /** What is said of each, by its name. */
    Map<String, MemoryTrend.Report> reports() {
        final Map<String, MemoryTrend.Report> reports = new LinkedHashMap<>();
        trends.forEach((one, trend) -> reports.put(one.label(), trend.report()));
        return reports;
    }
}
