package dev.planetary.core.plugin;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;

/** A game on the host. */
public interface HostContext extends GameContext {
    /** The counter that numbers changes; a source of the plugin's own takes its stamps here. */
    Stamp stamp();

    /** Adds a source beside the mirror. */
    void source(CellSource source);

    /** Handles one kind of request. */
    void request(RequestType type, RequestHandler handler);

    /** Takes the newest input of each player: a fixed SBE block of the plugin's schema, lossy, newest wins. */
    void input(int templateId, int blockLength, InputHandler handler);

    /** Told when players take and leave their seats. */
    void seats(SeatListener listener);

    /**
     * Adds a part of the saved world. Entities are saved by the core, with those of their components that have codecs; what is local to this
     * process is its plugin's to make again ({@link #onStart}).
     */
    void save(SaveSection section);

    /** Entities that have a component of this type are never saved (avatars, projectiles). */
    void neverSave(dev.planetary.core.world.ComponentType<?> type);

    /** Says a line to every player, as the host. */
    void announce(String line);
}
