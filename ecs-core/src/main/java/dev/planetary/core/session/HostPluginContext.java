package dev.planetary.core.session;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.RequestHandler;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** The host as one plugin sees it. */
final class HostPluginContext extends PluginContext implements HostContext {
    private final HostRegistrations registrations;
    private final Consumer<String> announcer;

    HostPluginContext(
        final GameParts parts, final GamePlugin plugin, final HostRegistrations registrations, final Consumer<String> announcer) {
        super(parts, plugin);
        this.registrations = registrations;
        this.announcer = announcer;
    }

    @Override
    public Stamp stamp() {
        return registrations.stamp;
    }

    @Override
    public void source(final CellSource source) {
        registrations.source(source);
    }

    @Override
    public void effectPart(final CellSource source, final long cell, final DirectBuffer part, final int offset, final int length) {
        registrations.effects.part(source, cell, part, offset, length);
    }

    @Override
    public void carryOut(final Verdict.Effect effect) {
        registrations.effects.carryOut(effect);
    }

    @Override
    public void request(final RequestType type, final RequestHandler handler) {
        registrations.requests.add(type, handler);
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputHandler handler) {
        registrations.input(plugin.name(), plugin.schemaId(), templateId, blockLength, handler);
    }

    @Override
    public void seats(final SeatListener listener) {
        registrations.seats(listener);
    }

    @Override
    public void save(final SaveSection section) {
        registrations.save.add(section);
    }

    @Override
    public void neverSave(final ComponentType<?> type) {
        registrations.save.never(type);
    }

    @Override
    public void announce(final String line) {
        announcer.accept(line);
    }
}
