package dev.planetary.core.session;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Stamp;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.SeatListener;
import java.util.ArrayList;
import java.util.List;

/** What plugins register on a host before the parts that use it exist. */
final class HostRegistrations {
    /** Sources of a game, the mirror among them. */
    static final int MOST_SOURCES = 16;

    final Stamp stamp;
    final RequestRouter requests;
    final Effects effects;
    final WorldSave save;
    private final List<CellSource> sources = new ArrayList<>();
    private final List<SeatListener> seatListeners = new ArrayList<>();
    private String inputPlugin;
    private int inputSchema;
    private int inputTemplate;
    private int inputBlock;
    private InputHandler inputHandler;

    HostRegistrations(final Stamp stamp, final RequestRouter requests, final Effects effects, final WorldSave save) {
        this.stamp = stamp;
        this.requests = requests;
        this.effects = effects;
        this.save = save;
    }

    void source(final CellSource source) {
        if (sources.size() == MOST_SOURCES - 1) {
            throw new InvalidSettingException("source " + source.name() + " is one too many: a game has at most " + MOST_SOURCES);
        }
        sources.add(source);
    }

    void seats(final SeatListener listener) {
        seatListeners.add(listener);
    }

    void input(final String plugin, final int schema, final int template, final int block, final InputHandler handler) {
        if (inputHandler != null) {
            throw new InvalidSettingException("plugins " + inputPlugin + " and " + plugin + " both want the players' input; leave one of them out");
        }
        if (block < 1 || block > Peers.MOST_INPUT_BYTES - 4) {
            throw new InvalidSettingException("plugin " + plugin + ": an input of " + block + " bytes; expected 1 to " + (Peers.MOST_INPUT_BYTES - 4));
        }
        inputPlugin = plugin;
        inputSchema = schema;
        inputTemplate = template;
        inputBlock = block;
        inputHandler = handler;
    }

    CellSource[] sources(final EntityCells cells) {
        final List<CellSource> all = new ArrayList<>();
        all.add(cells);
        all.addAll(sources);
        return all.toArray(new CellSource[0]);
    }

    void connect(final Peers peers) {
        seatListeners.forEach(peers::listen);
        if (inputHandler != null) {
            peers.input(inputSchema, inputTemplate, inputBlock, inputHandler);
        }
    }
}
