package dev.planetary.launcher.demo;

import dev.planetary.launcher.Console;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a demo, in a person's words. */
final class DemoReport {
    private static final double BYTES_PER_KB = 1_000;
    private static final int MOST_REASONS = 6;

    private DemoReport() {
    }

    /** Says it. */
    static void print(final DemoResult result, final Console console) {
        console.print(String.format(Locale.ROOT, "%d bots for %.0f s: tick %s ms; of CPU %s ms; %.1f KB/s a player; joined after %s ms",
            result.bots(), result.seconds(), words(result.tickMs()), words(result.tickCpuMs()), result.bytesPerPlayerPerSec() / BYTES_PER_KB,
            words(result.joinMs())));
        printRequests(result.requests(), console);
        if (result.mendedChunks() > 0) {
            console.print(result.mendedChunks() + " chunks of views were sent again while they played, " + result.driftedChunks() + " of them had drifted");
        }
        if (result.link() != null) {
            console.print(String.format(Locale.ROOT, "the link passed on %d datagrams and lost %d, %.1f %%", result.link().passed(), result.link().lost(),
                result.link().lossPercent()));
        }
        result.memory().forEach((name, trend) -> console.print(memory(name, trend)));
        if (result.audit() != null) {
            console.print("items: " + result.audit().items().entrySet().stream()
                .map(item -> item.getKey() + " " + item.getValue().get("issued") + " = " + item.getValue().get("held") + " held + "
                    + item.getValue().get("built") + " built + " + item.getValue().get("lost") + " lost").collect(Collectors.joining("; "))
                + (result.audit().ok() ? "" : "; WRONG: " + result.audit().findings()));
        }
        console.print(String.format(Locale.ROOT, "%d edits; %d killed, %d came back; compared %d cells, %d entities, %d voxels: %s",
            result.edits(), result.killed(), result.rejoined(), result.cellsCompared(), result.entitiesCompared(), result.voxelsCompared(),
            result.differences() == 0 ? "no difference" : result.differences() + " cells differ"));
        console.print(result.ok() ? "ok" : "FAILED");
    }

    private static void printRequests(final Requests requests, final Console console) {
        if (requests.byDeed().isEmpty()) {
            return;
        }
        console.print("approved of asked: " + requests.byDeed().entrySet().stream()
            .map(deed -> deed.getKey() + " " + deed.getValue().approved() + "/" + (deed.getValue().approved() + deed.getValue().rejected()))
            .collect(Collectors.joining(", ")));
        if (requests.contested() > 0) {
            console.print(requests.contested() + " times somebody wanted what another might want at that moment; " + requests.conflicts() + " times in vain");
        }
        if (requests.rejected() > 0) {
            console.print("most rejected: " + requests.reasons().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(MOST_REASONS)
                .map(reason -> reason.getValue() + " \"" + reason.getKey() + "\"").collect(Collectors.joining(", ")));
        }
    }

    private static String words(final Map<String, Double> figures) {
        return figures.entrySet().stream().map(figure -> String.format(Locale.ROOT, "%s %.1f", figure.getKey(), figure.getValue()))
            .collect(Collectors.joining(", "));
    }

    private static String memory(final String name, final MemoryTrend.Report trend) {
        final String judged = trend.flat() == null ? "too short to say whether it grows"
            : String.format(Locale.ROOT, "%+.1f MB an hour: %s", trend.mbPerHour(), trend.flat() ? "flat" : "it grows");
        return String.format(Locale.ROOT, "memory of %s: live %.1f, half way %.1f, at the end %.1f MB; resident %.0f, at the end %.0f MB; %s", name,
            trend.liveMbFirst(), trend.liveMbHalf(), trend.liveMbLast(), trend.residentMbFirst(), trend.residentMbLast(), judged);
    }
}
