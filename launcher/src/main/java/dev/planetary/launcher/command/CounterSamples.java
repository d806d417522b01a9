package dev.planetary.launcher.command;

import dev.planetary.core.counter.CounterFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.status.CountersReader;

/**
 * What the counters of the processes of this machine did over a short time: their newest values, how fast those grew that only grow, and the mean of those
 * that say what the last tick took.
 */
final class CounterSamples {
    private static final String LAST_TICK_UNIT = "(ns)";
    private static final double NS_PER_SECOND = 1e9;

    private final Map<Key, Sums> sums = new TreeMap<>();
    private final long begunNs;
    private int taken;

    /** Nothing sampled yet. */
    CounterSamples(final long nowNs) {
        begunNs = nowNs;
    }

    private record Key(String role, long pid, int number) implements Comparable<Key> {
        @Override
        public int compareTo(final Key other) {
            final int byRole = other.role.compareTo(role); // hosts before clients
            return byRole != 0 ? byRole : pid != other.pid ? Long.compare(pid, other.pid) : Integer.compare(number, other.number);
        }
    }

    private static final class Sums {
        private Map<String, Long> first;
        private Map<String, Long> last;
        private final Map<String, Double> sums = new LinkedHashMap<>();
        private int count;
        private int lastTaken;
    }

    /**
     * One process.
     *
     * @param role      "host" or "client".
     * @param pid       its process id.
     * @param counters  newest values by label.
     * @param perSecond growth of those that have grown.
     * @param means     of the times that counters in nanoseconds gave at each sample.
     */
    record Process(String role, long pid, Map<String, Long> counters, Map<String, Double> perSecond, Map<String, Double> means) {
    }

    /** Reads all counters of this moment. */
    void take() throws IOException {
        taken++;
        final Map<Long, Integer> numbers = new LinkedHashMap<>();
        for (final CounterFile.Published published : CounterFile.running()) {
            final Map<String, Long> values = new LinkedHashMap<>();
            final CountersReader reader = published.counters();
            // Two counters may share a label (a peer that left and one that came): the later is the living one.
            reader.forEach((id, label) -> values.put(label, reader.getCounterValue(id)));
            final int number = numbers.merge(published.pid(), 1, Integer::sum);
            final Sums own = sums.computeIfAbsent(new Key(published.role(), published.pid(), number), key -> new Sums());
            own.first = own.first == null ? values : own.first;
            own.last = values;
            own.count++;
            own.lastTaken = taken;
            values.forEach((label, value) -> own.sums.merge(label, (double)value, Double::sum));
        }
    }

    /** What was seen of the processes that still ran at the last sample. */
    List<Process> processes(final long nowNs) {
        final double seconds = Math.max(1e-3, (nowNs - begunNs) / NS_PER_SECOND);
        final List<Process> processes = new ArrayList<>();
        sums.forEach((key, own) -> {
            if (own.lastTaken == taken) {
                final Map<String, Double> perSecond = new LinkedHashMap<>();
                final Map<String, Double> means = new LinkedHashMap<>();
                own.last.forEach((label, value) -> {
                    if (label.endsWith(LAST_TICK_UNIT)) {
                        means.put(label, own.sums.get(label) / own.count);
                    } else if (value > own.first.getOrDefault(label, value)) {
                        perSecond.put(label, (value - own.first.get(label)) / seconds);
                    }
                });
                processes.add(new Process(key.role(), key.pid(), own.last, perSecond, means));
            }
        });
        return processes;
    }
}
