package dev.planetary.benchmarks.join;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.planetary.benchmarks.replication.BenchProcess;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The host of a run: the command {@code host} in a process of its own, asked over its standard input. */
final class JoinHost implements AutoCloseable {
    private static final String MAIN = "dev.planetary.launcher/dev.planetary.launcher.Main";
    private static final int START_SECONDS = 900;
    private static final int ANSWER_SECONDS = 20;
    /** Cells that the host is asked for at once. */
    static final int CELLS_AT_ONCE = 8;

    private final BenchProcess process;
    private final BooleanSupplier stopping;
    private final int port;
    private final int terrain;

    /**
     * What ticks took, microseconds.
     *
     * @param wall by the clock.
     * @param cpu  of the tick's thread.
     */
    record Ticks(List<Integer> wall, List<Integer> cpu) {
    }

    /** Starts a host with these words behind those that every run has, and returns when players may come. */
    JoinHost(final List<String> words, final PrintStream progress, final BooleanSupplier stopping) {
        this.stopping = stopping;
        this.process = BenchProcess.start("host", MAIN, List.of("-Xmx1g"), words, progress);
        try {
            final JsonObject ready = await("ready", START_SECONDS);
            port = ready.get("port").getAsInt();
            terrain = source(ready.get("sources").getAsJsonArray());
        } catch (final IllegalStateException e) {
            process.close();
            throw e;
        }
    }

    private static int source(final JsonArray names) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).getAsString().equals("terrain")) {
                return i;
            }
        }
        throw new IllegalStateException("the host has no terrain");
    }

    private JsonObject await(final String event, final int seconds) {
        final String begin = "{\"event\":\"" + event + "\"";
        final String line = process.await(event, said -> said.startsWith(begin), seconds, stopping);
        if (line == null) {
            throw new StoppedException();
        }
        return JsonParser.parseString(line).getAsJsonObject();
    }

    /** The user wants to stop. */
    static final class StoppedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("stopped");
        }
    }

    int port() {
        return port;
    }

    /** Number of the terrain among the sources. */
    int terrain() {
        return terrain;
    }

    /** From now on ticks are counted anew. */
    void measure() {
        process.say("measure");
    }

    /** What the ticks took since then. */
    Ticks ticks() {
        process.say("ticks");
        final JsonObject answer = await("ticks", ANSWER_SECONDS);
        return new Ticks(numbers(answer.get("wallUs")), numbers(answer.get("cpuUs")));
    }

    private static List<Integer> numbers(final JsonElement array) {
        return array.getAsJsonArray().asList().stream().map(JsonElement::getAsInt).toList();
    }

    /**
     * What the host holds of the ground in some cells: for each, the items and their hashes as hexadecimal texts. It looks at all of them in one tick, and
     * players must not wait for it too long: ask for {@link #CELLS_AT_ONCE} at most.
     */
    List<Map<String, String>> held(final List<Long> cells) {
        for (final long cell : cells) {
            process.say("items " + terrain + " " + Long.toHexString(cell));
        }
        final List<Map<String, String>> held = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            final Map<String, String> items = new TreeMap<>();
            await("items", ANSWER_SECONDS).get("items").getAsJsonObject().entrySet().forEach(item -> items.put(item.getKey(), item.getValue().getAsString()));
            held.add(items);
        }
        return held;
    }

    @Override
    public void close() {
        process.close();
    }
}
