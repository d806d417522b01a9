package dev.planetary.core.standalone;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestHandler;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The host's side. */
final class StandaloneHost extends StandaloneContext implements HostContext {
    private final Stamp stamp = new Stamp();
    private final List<SeatListener> listeners = new ArrayList<>();
    private final List<SaveSection> sections = new ArrayList<>();
    private final List<String> announcements = new ArrayList<>();
    private final Map<Long, Handler> requests = new HashMap<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[StandaloneGame.MAX_BLOCK]);
    private InputHandler inputHandler;
    private int inputBlockLength;
    private int inputVersion;
    private long neverSaved;

    StandaloneHost(final GameOptions options, final int tickRateHz) {
        super(options, tickRateHz, Phase.SIMULATE);
    }

    void seated(final Seat seat) {
        listeners.forEach(listener -> listener.onSeated(seat));
    }

    void left(final Seat seat) {
        listeners.forEach(listener -> listener.onLeft(seat));
    }

    void takeInput(final Seat seat, final DirectBuffer from, final int offset, final int length, final int tick) {
        if (inputHandler != null && length >= inputBlockLength) {
            inputHandler.onInput(seat, from, offset, length, inputVersion, tick);
        }
    }

    boolean handles(final RequestType type) {
        return requests.containsKey(key(type));
    }

    Verdict judge(final Seat seat, final RequestType type, final byte[] message, final int tick) {
        final Handler handler = requests.get(key(type));
        final Verdict verdict = handler.handler.judge(seat, new UnsafeBuffer(message), 0, type.blockLength(), handler.version, tick);
        if (verdict instanceof Verdict.Approved approved) {
            approved.effect().apply();
        }
        return verdict;
    }

    List<String> announcements() {
        return announcements;
    }

    StandaloneGame.Saved save() {
        final Map<String, byte[]> savedSections = new HashMap<>();
        final List<StandaloneGame.SavedEntity> entities = new ArrayList<>();
        try {
            for (final SaveSection section : sections) {
                final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                section.write(new DataOutputStream(bytes));
                savedSections.put(section.name(), bytes.toByteArray());
            }
        } catch (final IOException e) {
            throw new IllegalStateException("a section could not be written: " + e.getMessage(), e);
        }
        for (int slot = 0; slot < world().slotLimit(); slot++) {
            final int entity = world().entityAt(slot);
            if (entity != NetworkId.NONE && (world().componentMask(entity) & neverSaved) == 0) {
                entities.add(new StandaloneGame.SavedEntity(entity, componentBytes(entity)));
            }
        }
        return new StandaloneGame.Saved(savedSections, entities);
    }

    void load(final StandaloneGame.Saved saved) {
        try {
            for (final SaveSection section : sections) {
                final byte[] bytes = saved.sections().get(section.name());
                if (bytes != null) {
                    section.read(new DataInputStream(new ByteArrayInputStream(bytes)));
                }
            }
        } catch (final IOException e) {
            throw new IllegalStateException("a section could not be read: " + e.getMessage(), e);
        }
        for (final StandaloneGame.SavedEntity entity : saved.entities()) {
            final List<Object> components = new ArrayList<>();
            for (final ComponentType<?> type : world().types()) {
                final byte[] bytes = entity.components().get(type.name());
                if (bytes != null) {
                    components.add(decoded(type, bytes));
                }
            }
            world().spawnAs(entity.id(), components.toArray());
        }
    }

    @Override
    public Stamp stamp() {
        return stamp;
    }

    @Override
    public void source(final CellSource source) {
        // There are no cells here to ask about.
    }

    @Override
    public void effectPart(final CellSource source, final long cell, final DirectBuffer part, final int offset, final int length) {
        // There are no cells here to tell of.
    }

    @Override
    public void carryOut(final Verdict.Effect effect) {
        effect.apply();
    }

    @Override
    public void request(final RequestType type, final RequestHandler handler) {
        if (requests.putIfAbsent(key(type), new Handler(handler, plugin.schemaVersion())) != null) {
            throw new IllegalStateException("request " + type.name() + " has two handlers");
        }
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputHandler handler) {
        if (inputHandler != null) {
            throw new IllegalStateException("two plugins take the players' input; " + plugin.name() + " is the second");
        }
        inputHandler = handler;
        inputBlockLength = blockLength;
        inputVersion = plugin.schemaVersion();
    }

    @Override
    public void seats(final SeatListener listener) {
        listeners.add(listener);
    }

    @Override
    public void save(final SaveSection section) {
        sections.add(section);
    }

    @Override
    public void neverSave(final ComponentType<?> type) {
        neverSaved |= type.bit();
    }

    @Override
    public void announce(final String line) {
        announcements.add(line);
    }

    private Map<String, byte[]> componentBytes(final int entity) {
        final Map<String, byte[]> bytes = new HashMap<>();
        for (final ComponentType<?> type : world().types()) {
            if (type.isReplicated() && type.on(entity)) {
                final byte[] block = new byte[StandaloneGame.encode(type, entity, buffer)];
                buffer.getBytes(0, block);
                bytes.put(type.name(), block);
            }
        }
        return bytes;
    }

    private static <T> T decoded(final ComponentType<T> type, final byte[] bytes) {
        final T component = type.create();
        type.codec().decode(component, new UnsafeBuffer(bytes), 0, bytes.length, StandaloneGame.NEWEST_VERSION);
        return component;
    }

    private static long key(final RequestType type) {
        return (long)type.schemaId() << 32 | type.templateId();
    }

    private record Handler(RequestHandler handler, int version) {
    }
}
