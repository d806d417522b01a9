package dev.planetary.benchmarks.join;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.planetary.benchmarks.replication.BenchProcess;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The host of a run: the command {@code host} in a process of its own, asked over its standard input. */
final class JoinHost implements AutoCloseable {
    private static final String MAIN = "dev.planetary.launcher/dev.planetary.launcher.Main";
    private static final int START_SECONDS = 900;
    private static final int ANSWER_SECONDS = 20;
    private static final int HEX = 16;

    private final BenchProcess process;
    private final BooleanSupplier stopping;
    private final int port;
    private final int terrain;

    /**
     * What a side holds of a cell.
     *
     * @param hash over every item.
     * @param size voxels that are not air.
     */
    record Held(long hash, long size) {
    }

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

    /** What the host holds of the ground in the window of a seat, by cell. */
    Map<Long, Held> held(final int seat) {
        process.say("digest");
        final JsonElement cells = await("digest", ANSWER_SECONDS).get("seats").getAsJsonObject().get("" + seat);
        final Map<Long, Held> held = new HashMap<>();
        if (cells != null) {
            for (final JsonElement one : cells.getAsJsonArray()) {
                final JsonArray cell = one.getAsJsonArray();
                if (cell.get(0).getAsInt() == terrain) {
                    held.put(hex(cell.get(1)), new Held(hex(cell.get(2)), cell.get(3).getAsLong()));
                }
            }
        }
        return held;
    }

    private static long hex(final JsonElement text) {
        return Long.parseUnsignedLong(text.getAsString(), HEX);
    }

    @Override
    public void close() {
        process.close();
    }
}
