package dev.planetary.core.standalone;

import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.EntityListener;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The client's side: sits on the first seat that is taken, and is told of every change at once. */
final class StandaloneClient extends StandaloneContext implements ClientContext, RequestSender {
    StandaloneSeat seat;

    private final StandaloneHost host;
    private final UnsafeBuffer sent = new UnsafeBuffer(new byte[StandaloneGame.MAX_BLOCK]);
    private final UnsafeBuffer held = new UnsafeBuffer(new byte[StandaloneGame.MAX_BLOCK]);
    private final Queue<Asked> asked = new ArrayDeque<>();
    private final List<VerdictListener> listeners = new ArrayList<>();
    private final List<EntityListener> entityListeners = new ArrayList<>();
    private final long[] changes = new long[World.MAX_TYPES];
    private ComponentType<?>[] hostTypes = new ComponentType<?>[0];
    private ComponentType<?>[] types = new ComponentType<?>[0];
    private InputWriter inputWriter;
    private int inputBlockLength;
    private int lastRequest;
    private int tick;

    StandaloneClient(final StandaloneHost host) {
        super(host.options(), host.tickRateHz(), Phase.PRESENT);
        this.host = host;
    }

    /** All plugins have registered on both sides, the same components in the same order. */
    void registered() {
        hostTypes = host.world().types().toArray(hostTypes);
        types = world().types().toArray(types);
    }

    boolean isSeated() {
        return seat != null && seat.taken;
    }

    void sendInput(final int hostTick) {
        if (inputWriter != null && isSeated()) {
            inputWriter.write(sent, 0);
            host.takeInput(seat, sent, 0, inputBlockLength, hostTick);
        }
    }

    void sendRequests(final int hostTick) {
        for (Asked next = asked.poll(); next != null; next = asked.poll()) {
            final Verdict verdict = host.judge(seat, next.type, next.message, hostTick);
            final String reason = verdict instanceof Verdict.Rejected rejected ? rejected.reason() : "";
            final byte[] detail = verdict instanceof Verdict.Rejected rejected ? rejected.detail() : Verdict.NO_DETAIL;
            for (final VerdictListener listener : listeners) {
                listener.onVerdict(next.id, verdict instanceof Verdict.Approved, reason, detail);
            }
        }
    }

    void present(final int hostTick) {
        tick = hostTick;
        runSystems(hostTick);
    }

    /** Changes of a component that had to be told, entities that appeared included. */
    long changes(final int type) {
        return changes[type];
    }

    /** A slot of the host's world was touched: makes this world equal there. */
    void receive(final int slot, final long components) {
        final int theirs = host.world().entityAt(slot);
        final int ours = world().entityAt(slot);
        final boolean seen = theirs != NetworkId.NONE && isMineToSee(theirs);
        if (ours != NetworkId.NONE && (!seen || ours != theirs)) {
            for (int i = 0; i < entityListeners.size(); i++) {
                entityListeners.get(i).onLeft(ours);
            }
            world().despawn(ours);
        }
        if (!seen) {
            return;
        }
        final boolean enters = !world().isAlive(theirs);
        if (enters) {
            world().spawnAs(theirs);
        }
        long changed = 0;
        final boolean restructured = (components & World.STRUCTURE) != 0;
        for (int i = 0; i < types.length; i++) {
            final ComponentType<?> type = hostTypes[i];
            if (type.isReplicated() && (restructured || (components & type.bit()) != 0)) {
                changed |= copy(theirs, type, types[i]) ? types[i].bit() : 0;
            }
        }
        for (int i = 0; i < entityListeners.size(); i++) {
            if (enters) {
                entityListeners.get(i).onEntered(theirs);
            } else if (changed != 0) {
                entityListeners.get(i).onChanged(theirs, changed);
            }
        }
    }

    private boolean isMineToSee(final int entity) {
        final var privateTo = host.core().privateTo().get(entity);
        return privateTo == null || isSeated() && privateTo.seat == seat.number();
    }

    /** Makes a component equal; whether the entity has it and it was not. */
    private <T> boolean copy(final int entity, final ComponentType<?> from, final ComponentType<T> to) {
        if (!from.on(entity)) {
            world().remove(entity, to);
            return false;
        }
        final int length = StandaloneGame.encode(from, entity, sent);
        T component = to.get(entity);
        if (component == null) {
            component = to.create();
            world().add(entity, component);
        } else if (StandaloneGame.encode(to, entity, held) == length && isEqual(length)) {
            return false;
        }
        to.codec().decode(component, sent, 0, length, StandaloneGame.NEWEST_VERSION);
        to.markDirty(entity);
        changes[to.index()]++;
        return true;
    }

    private boolean isEqual(final int length) {
        for (int i = 0; i < length; i++) {
            if (sent.getByte(i) != held.getByte(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void reader(final CellReader reader) {
        // There are no cells here to read.
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputWriter writer) {
        if (inputWriter != null) {
            throw new IllegalStateException("two plugins write the player's input; " + plugin.name() + " is the second");
        }
        inputWriter = writer;
        inputBlockLength = blockLength;
    }

    @Override
    public void listen(final EntityListener listener) {
        entityListeners.add(listener);
    }

    @Override
    public RequestSender requests() {
        return this;
    }

    @Override
    public int send(final RequestType type, final DirectBuffer message, final int offset, final int length) {
        if (length < type.blockLength()) {
            throw new IllegalArgumentException("request " + type.name() + " of " + length + " bytes: its block has " + type.blockLength());
        }
        if (!isSeated() || !host.handles(type)) {
            return NONE;
        }
        final byte[] copy = new byte[length];
        message.getBytes(offset, copy);
        asked.add(new Asked(++lastRequest, type, copy));
        return lastRequest;
    }

    @Override
    public void onVerdict(final VerdictListener listener) {
        listeners.add(listener);
    }

    @Override
    public int seat() {
        return isSeated() ? seat.number() : -1;
    }

    @Override
    public double presentTick() {
        return tick;
    }

    private record Asked(int id, RequestType type, byte[] message) {
    }
}
