package dev.planetary.benchmarks.replication;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of runs in the order to print; what was not measured is null. */
final class Figures {
    private final Map<String, Object> all = new LinkedHashMap<>();

    Figures put(final String name, final Object value) {
        all.put(name, value instanceof Double number && !Double.isFinite(number) ? null : value);
        return this;
    }

    /** Takes over what a run said under these names. */
    Figures of(final Run.Outcome outcome, final String... names) {
        for (final String name : names) {
            put(name, outcome.figure(name));
        }
        return this;
    }

    /** Latency as an object of its own. */
    Figures latency(final Run.Outcome outcome) {
        return put("latencyMs", new Figures().of(outcome, "p50", "p99", "max").all());
    }

    Map<String, Object> all() {
        return all;
    }
}
