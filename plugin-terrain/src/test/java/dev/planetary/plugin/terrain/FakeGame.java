package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestHandler;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentCodec;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A game that holds what a plugin registers, as host or as client. */
final class FakeGame implements HostContext, ClientContext {
    final Stamp stamp = new Stamp();
    final Counters counters = Counters.inMemory(64);
    final Map<Class<?>, Object> capabilities = new HashMap<>();
    final Map<Integer, RequestHandler> handlers = new HashMap<>();
    final List<GameSystem> systems = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();
    final List<RequestSender.VerdictListener> verdictListeners = new ArrayList<>();
    boolean live = true;
    final GameOptions options;
    CellSource source;
    CellReader reader;
    SaveSection section;

    FakeGame(final GameOptions options) {
        this.options = options;
    }

    /** A request as a client sent it. */
    record Sent(RequestType type, UnsafeBuffer message) {
    }

    /** A part of an effect. */
    record Part(long cell, UnsafeBuffer bytes) {
    }

    @Override
    public void effectPart(final CellSource of, final long cell, final DirectBuffer part, final int offset, final int length) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, part, offset, length);
        parts.add(new Part(cell, copy));
    }

    @Override
    public void carryOut(final Verdict.Effect effect) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isLive() {
        return live;
    }

    /** Runs what runs each tick. */
    void tick(final int tick) {
        systems.forEach(system -> system.run(null, tick));
    }

    /** Lets this game's host judge what the client of another sent. */
    Verdict judge(final Seat seat, final Sent request, final int tick) {
        return handlers.get(request.type.templateId())
            .judge(seat, request.message, 0, request.type.blockLength(), 2, tick);
    }

    @Override
    public World world() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CoreComponents core() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public GameOptions options() {
        return options;
    }

    @Override
    public int tickRateHz() {
        return 20;
    }

    @Override
    public <T> ComponentType<T> component(
        final String name,
        final int templateId,
        final Class<T> componentClass,
        final Supplier<T> factory,
        final ComponentCodec<T> codec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> ComponentType<T> localComponent(final String name, final Class<T> componentClass, final Supplier<T> factory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void system(final Phase phase, final String name, final GameSystem system) {
        systems.add(system);
    }

    @Override
    public <C> void provide(final Class<C> capability, final C implementation) {
        capabilities.put(capability, implementation);
    }

    @Override
    public <C> Optional<C> capability(final Class<C> capability) {
        return Optional.ofNullable(capability.cast(capabilities.get(capability)));
    }

    @Override
    public void onStart(final Runnable action) {
        action.run();
    }

    @Override
    public void onStop(final Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public void source(final CellSource newSource) {
        source = newSource;
    }

    @Override
    public void request(final RequestType type, final RequestHandler handler) {
        handlers.put(type.templateId(), handler);
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void seats(final SeatListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void save(final SaveSection newSection) {
        section = newSection;
    }

    @Override
    public void neverSave(final ComponentType<?> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void announce(final String line) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reader(final CellReader newReader) {
        reader = newReader;
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputWriter writer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RequestSender requests() {
        return new RequestSender() {
            @Override
            public int send(final RequestType type, final DirectBuffer message, final int offset, final int length) {
                final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
                copy.putBytes(0, message, offset, length);
                sent.add(new Sent(type, copy));
                return sent.size();
            }

            @Override
            public void onVerdict(final VerdictListener listener) {
                verdictListeners.add(listener);
            }
        };
    }

    @Override
    public int seat() {
        return 0;
    }

    @Override
    public double presentTick() {
        return 0;
    }
}
