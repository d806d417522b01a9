package dev.planetary.core.session;

import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.EntityListener;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.plugin.RequestSender;

/** The client as one plugin sees it. */
final class ClientPluginContext extends PluginContext implements ClientContext {
    private final ClientGame game;

    ClientPluginContext(final GameParts parts, final GamePlugin plugin, final ClientGame game) {
        super(parts, plugin);
        this.game = game;
    }

    @Override
    public void reader(final CellReader reader) {
        game.addReader(reader);
    }

    @Override
    public void input(final int templateId, final int blockLength, final InputWriter writer) {
        game.input(plugin, templateId, blockLength, writer);
    }

    @Override
    public void listen(final EntityListener listener) {
        game.listen(listener);
    }

    @Override
    public RequestSender requests() {
        return game.requests();
    }

    @Override
    public int seat() {
        return game.seat();
    }

    @Override
    public boolean isLive() {
        return !game.state().isOver();
    }

    @Override
    public double presentTick() {
        return game.presentTick();
    }
}
