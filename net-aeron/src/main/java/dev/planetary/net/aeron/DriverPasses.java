package dev.planetary.net.aeron;

import java.lang.reflect.Field;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;

/**
 * The work of an embedded driver in parts: what sends, what receives, and what carries out commands. Each part looks at every stream of its kind, so a
 * whole pass where a part is enough costs as much again. Aeron hands out the whole alone ({@link AgentInvoker}); the parts are read from it by name, and
 * where another version of Aeron has none of these names, every pass is a whole one, which is slower and right.
 *
 * <p>The thread that pumps the driver calls it.
 */
final class DriverPasses {
    private static final System.Logger LOG = System.getLogger("dev.planetary.net.aeron");
    private static final String AGENTS_FIELD = "agents";
    private static final String SENDER = "sender";
    private static final String RECEIVER = "receiver";
    private static final String CONDUCTOR = "conductor";
    /** Gaps of one stream that are filled in at once, at most; the others wait for the next pass. */
    private static final int MOST_GAPS = 4;

    private final AgentInvoker invoker;
    private final ErrorHandler errors;
    private final LossWatch losses;
    private final StatusWatch statuses;
    private final Agent sender;
    private final Agent receiver;
    private final Agent conductor;
    private boolean isWhole;

    private DriverPasses(
        final AgentInvoker invoker,
        final ErrorHandler errors,
        final LossWatch losses,
        final StatusWatch statuses,
        final Agent sender,
        final Agent receiver,
        final Agent conductor) {
        this.invoker = invoker;
        this.errors = errors;
        this.losses = losses;
        this.statuses = statuses;
        this.sender = sender;
        this.receiver = receiver;
        this.conductor = conductor;
        this.isWhole = sender == null;
    }

    /** The parts of the driver behind this invoker, which has been started. */
    static DriverPasses of(final AgentInvoker invoker, final ErrorHandler errors, final LossWatch losses, final StatusWatch statuses) {
        return of(invoker, errors, losses, statuses, AGENTS_FIELD);
    }

    /** As {@link #of(AgentInvoker, ErrorHandler, LossWatch, StatusWatch)} with the parts in a field of that name. */
    static DriverPasses of(
        final AgentInvoker invoker, final ErrorHandler errors, final LossWatch losses, final StatusWatch statuses, final String agentsField) {
        try {
            final Field field = CompositeAgent.class.getDeclaredField(agentsField);
            field.setAccessible(true);
            final Agent[] agents = (Agent[])field.get(invoker.agent());
            if (agents.length == 3) {
                return new DriverPasses(
                    invoker, errors, losses, statuses, named(agents, SENDER), named(agents, RECEIVER), named(agents, CONDUCTOR));
            }
            LOG.log(System.Logger.Level.WARNING, "this version of Aeron has a driver of " + agents.length + " parts, not 3: every pass is a whole one");
        } catch (final ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the parts of Aeron's driver cannot be told apart (" + e.getMessage() + "): every pass is a whole one");
        }
        return new DriverPasses(invoker, errors, losses, statuses, null, null, null);
    }

    private static Agent named(final Agent[] agents, final String end) {
        for (final Agent agent : agents) {
            if (agent.roleName().endsWith(end)) {
                return agent;
            }
        }
        throw new IllegalStateException("no part is called \"" + end + "\"");
    }

    /** Whether parts run alone. */
    boolean isSplit() {
        return !isWhole;
    }

    /** Makes every pass a whole one, or not where it need not be; for measuring what that is worth. */
    void whole(final boolean on) {
        isWhole = on || sender == null;
    }

    /** Sends what was offered, one datagram of each stream, and now and then reads what receivers say. Returns how much work there was, both counted. */
    int send() {
        return (isWhole ? invoker.invoke() : run(sender)) + (statuses.takeHeard() ? 1 : 0);
    }

    /**
     * Reads what has arrived. Returns how much work there was.
     *
     * @param conduct whether the conductor has its turn, too: commands, time-outs, how far streams got. Where a datagram seems to be missing it has it in any
     *                case.
     */
    int receive(final boolean conduct) {
        if (isWhole) {
            return invoker.invoke();
        }
        // The conductor first: it sees how far streams were read, and the receiver tells their senders.
        int work = (conduct ? run(conductor) : 0) + run(receiver);
        // The conductor finds a gap, the receiver fills it in, and only then what lies behind can be read. A stream may have several.
        for (int i = 0; i < MOST_GAPS && losses.takeSuspected(); i++) {
            work += run(conductor) + run(receiver);
        }
        return work;
    }

    /** Carries out one command: a stream added, or closed. Returns how much work there was. */
    int command() {
        return isWhole ? invoker.invoke() : run(conductor);
    }

    /** All of it. Returns how much work there was. */
    int all() {
        return invoker.invoke();
    }

    private int run(final Agent agent) {
        if (!invoker.isRunning()) {
            return 0;
        }
        try {
            return agent.doWork();
        } catch (final Exception e) {
            errors.onError(e); // As the invoker does.
            return 0;
        }
    }
}
