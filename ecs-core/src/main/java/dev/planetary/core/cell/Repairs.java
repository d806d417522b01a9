package dev.planetary.core.cell;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which repairs of the cell protocol are switched off. In production none is; tests and {@code chaos simulate --plant} switch one off to show that
 * the invariants find it missing. The protocol and the reason for each repair: {@code docs/ARCHITECTURE.md}.
 */
public final class Repairs {
    /** All repairs at work. */
    public static final Repairs ALL = new Repairs(EnumSet.noneOf(Repair.class));

    private final Set<Repair> off;

    private Repairs(final Set<Repair> off) {
        this.off = Collections.unmodifiableSet(off);
    }

    /** All but this one. */
    public static Repairs without(final Repair first, final Repair... others) {
        return new Repairs(EnumSet.of(first, others));
    }

    /** Whether the repair is at work. Asked in constructors: the answer is kept in a final field. */
    public boolean has(final Repair repair) {
        return !off.contains(repair);
    }

    /** One repair each; the name in brackets is what {@code --plant} calls its absence. */
    public enum Repair {
        /** [split] Base moves to the cursor only when an answer reaches the head. */
        BASE_WAITS_FOR_HEAD,
        /** [entry] What entered the cell after base is sent in full. */
        FULL_RECORD_ON_ENTRY,
        /** Newest wins for each component, not for a whole entity. */
        TICK_PER_COMPONENT,
        /** A leaver carries its own tick and stays as a tombstone. */
        LEAVER_TICK,
        /** Roll calls and evictions do not raise the tick of a placement. */
        EVICTION_KEEPS_TICK,
        /** Answers for cells outside the newest window are refused. */
        NEWEST_WINDOW,
        /** Loss reports count only for the stay of the cell that they belong to. */
        RESIDENCY,
        /** Nothing older than the start of a cell's newest roll call creates presence there. */
        ROLL_CALL_FLOOR,
        /** A log that lost leavers is noticed at each answer. */
        LEAVER_LOG_FLOOR,
        /** Roll calls are cut by slot ranges. */
        SLOT_RANGES,
        /** A datagram of which the acks no longer tell is taken as lost. */
        UNKNOWN_IS_LOST,
        /** A quiet host goes on sending numbered keep-alives. */
        KEEP_ALIVE,
        /** A datagram that waits too long for its ack is taken as lost. */
        RETRANSMISSION_TIMEOUT,
        /** A held datagram that had to be dropped is not acked. */
        HELD_DROPPED_NOT_ACKED,
        /** Effects of transactions are kept for entities that are not present. */
        EFFECTS_WITHOUT_PRESENCE,
        /** [gate] State waits for the transaction it presumes. */
        GATE,
        /** [rollback] A lost datagram sets its cells back. */
        ROLLBACK,
        /** [generation] A reused slot is told apart by its generation. */
        GENERATION,
        /** [leaver] Every border crossing is logged; without it, one in sixteen is not. */
        EVERY_LEAVER_LOGGED,
        /** A cell that left the window and is back within the hysteresis before the client has heard of it enters again. */
        TAKE_BACK,
        /** A late datagram that speaks of an unknown cell in the hysteresis ring is not acked. */
        UNSURE_NOT_ACKED,
        /** Effects of transactions tell of entities that left a cell a short while ago, too. */
        EFFECTS_TELL_OF_LEAVING,
        /** Effects of transactions tell of entities in cells that left the window, until the client has heard of that. */
        EFFECTS_TELL_OF_LEFT_CELLS,
        /** An entity that a roll call refuses is shown after all when a later part of that roll call names it. */
        ROLL_CALL_AWAITED,
        /** Whom only the effect of a transaction told of, and who is beyond the exact circle before an answer did, is told to go. */
        TOLD_BY_EFFECTS,
        /** Whom only an answer behind a lost one told of, and who is beyond the exact circle before that is made up for, is told to go. */
        TOLD_BEHIND_LOSS,
        /** A player whose transaction lane overflows is sent nothing more. */
        GIVE_UP,
        /** Answers lean only on what the entity was since it entered the cell. */
        LEAN_SINCE_ENTRY,
        /** An answer is leaned on only when none before it is outstanding. */
        LEAN_ON_SETTLED,
        /** [lean] A client files values by their tick, late ones too, so that a record finds the one that it leans on. */
        FILE_BY_TICK,
        /** Answers lean on nothing that a client has received and holds. */
        HELD_NOT_LEANED,
        /** A datagram that names no transaction waits for the largest one that any before it named. */
        GATE_MONOTONE
    }
}
