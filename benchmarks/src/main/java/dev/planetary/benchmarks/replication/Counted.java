package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import java.util.Arrays;

/** Counters of the host that a run reports. They are found by their names, so that the bench can also measure a core that does not have all of them. */
enum Counted {
    /** Answers given for cells. */
    CELLS_ANSWERED,
    /** Answers that were there already, made for another player. */
    ANSWERS_CACHED,
    /** State datagrams sent. */
    DATAGRAMS_SENT,
    /** Their bytes. */
    BYTES_SENT,
    /** Datagrams of clients. */
    DATAGRAMS_RECEIVED,
    /** Bytes of whole datagrams on the wire, sent, with the headers of UDP and IP. */
    WIRE_BYTES_SENT,
    /** Bytes of whole datagrams on the wire, received. */
    WIRE_BYTES_RECEIVED,
    /** Datagrams on the wire, sent. */
    WIRE_DATAGRAMS_SENT,
    /** Datagrams on the wire, received. */
    WIRE_DATAGRAMS_RECEIVED;

    private final CoreCounter counter = Arrays.stream(CoreCounter.values()).filter(known -> known.name().equals(name())).findFirst().orElse(null);

    boolean isThere() {
        return counter != null;
    }

    long read(final Counters counters) {
        return counter == null ? 0 : counters.of(counter).get();
    }
}
