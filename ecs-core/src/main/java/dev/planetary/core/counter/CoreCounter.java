package dev.planetary.core.counter;

/** Counters of the core: id, label and unit. Plugins and transports add their own with type ids from 2,000. */
public enum CoreCounter {
    /** Ticks since start. */
    TICKS("ticks (count)"),
    /** Wall time of the last tick. */
    TICK_TIME("tick time, last (ns)"),
    /** Longest tick since start. */
    TICK_TIME_MAX("tick time, max (ns)"),
    /** CPU time of the last tick. */
    TICK_CPU("tick cpu, last (ns)"),
    /** Time of the last tick's step "receive". */
    STEP_RECEIVE("step receive (ns)"),
    /** Time of the last tick's step "judge". */
    STEP_JUDGE("step judge (ns)"),
    /** Time of the last tick's step "simulate". */
    STEP_SIMULATE("step simulate (ns)"),
    /** Time of the last tick's step "encode". */
    STEP_ENCODE("step encode (ns)"),
    /** Time of the last tick's step "record". */
    STEP_RECORD("step record (ns)"),
    /** Time of the last tick's step "send". */
    STEP_SEND("step send (ns)"),
    /** Living entities. */
    ENTITIES("entities (count)"),
    /** Players seated. */
    PLAYERS("players (count)"),
    /** Components marked since start. */
    MARKS("marks (count)"),
    /** Marks that turned out to change nothing. */
    MARKS_WITHOUT_CHANGE("marks without change (count)"),
    /** Answers given for cells. */
    CELLS_ANSWERED("cells answered (count)"),
    /** Of those, answers that were copied from what another consumer had been told in the same tick. */
    ANSWERS_CACHED("answers cached (count)"),
    /** Lost datagrams whose cells went back to what they were before. */
    ROLLBACKS("rollbacks (count)"),
    /** Roll calls begun. */
    ROLL_CALLS("roll calls (count)"),
    /** Datagrams of state sent. */
    DATAGRAMS_SENT("datagrams sent (count)"),
    /** Datagrams received. */
    DATAGRAMS_RECEIVED("datagrams received (count)"),
    /** Bytes sent, our headers included. */
    BYTES_SENT("bytes sent (bytes)"),
    /** Bytes received. */
    BYTES_RECEIVED("bytes received (bytes)"),
    /** Bytes of the transaction lane sent. */
    LANE_BYTES_SENT("transaction lane sent (bytes)"),
    /** Datagrams that a full send buffer refused. */
    BACK_PRESSURED("back-pressured sends (count)"),
    /** What came from outside and could not be read. */
    MALFORMED_MESSAGES("malformed messages (count)"),
    /** Datagrams for nobody's session. */
    UNKNOWN_SENDERS("datagrams of unknown senders (count)"),
    /** Requests judged. */
    REQUESTS_JUDGED("requests judged (count)"),
    /** Requests approved. */
    REQUESTS_APPROVED("requests approved (count)"),
    /** Requests that repeated an id and got the first verdict again. */
    REQUESTS_REPEATED("requests repeated (count)"),
    /** State datagrams that a client holds until their transaction is applied. */
    DATAGRAMS_HELD("datagrams held (count)"),
    /** State datagrams that a client had to drop because its queue of held ones was full. */
    HELD_DROPPED("held datagrams dropped (count)"),
    /** Exceptions that plugins' systems threw. */
    SYSTEM_ERRORS("system errors (count)"),
    /** Bytes of all UDP datagrams sent, with 28 for the headers of UDP and IPv4: what a transport adds of its own included. 0 where none is on a wire. */
    WIRE_BYTES_SENT("wire bytes sent (bytes)"),
    /** Bytes of all UDP datagrams received, counted as those sent are; what was refused included. */
    WIRE_BYTES_RECEIVED("wire bytes received (bytes)"),
    /** UDP datagrams sent. */
    WIRE_DATAGRAMS_SENT("wire datagrams sent (count)"),
    /** UDP datagrams received. */
    WIRE_DATAGRAMS_RECEIVED("wire datagrams received (count)"),
    /** Frames that the journal holds durably. */
    JOURNAL_FRAMES("journal frames (count)"),
    /** Bytes of them. */
    JOURNAL_BYTES("journal bytes (bytes)"),
    /** Ticks that had to wait for the disk. */
    JOURNAL_WAITS("ticks that waited for the journal (count)");

    private static final int FIRST_TYPE_ID = 1_000;

    private final String label;

    CoreCounter(final String label) {
        this.label = label;
    }

    /** What it counts and in which unit. */
    public String label() {
        return label;
    }

    /** Its type in the counters file. */
    public int typeId() {
        return FIRST_TYPE_ID + ordinal();
    }
}
