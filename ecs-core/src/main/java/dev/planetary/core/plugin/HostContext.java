package dev.planetary.core.plugin;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Stamp;
import org.agrona.DirectBuffer;

/** A game on the host. */
public interface HostContext extends GameContext {
    /** Bytes of one part of an effect, at most. */
    int MOST_PART_BYTES = 4_096;

    /** The counter that numbers changes; a source of the plugin's own takes its stamps here. */
    Stamp stamp();

    /** Adds a source beside the mirror. */
    void source(CellSource source);

    /**
     * Adds to the effect under way what it did to a cell of a source of this plugin. Each player whose window holds the cell gets the bytes together with
     * all else that this tick's effects did, whole or not at all, through {@link dev.planetary.core.cell.CellReader#applyEffect}; the journal keeps them
     * for {@link CellSource#redo}. Only within {@link Verdict.Effect#apply}; the bytes are copied.
     *
     * @param length 1 to {@link #MOST_PART_BYTES}.
     */
    void effectPart(CellSource source, long cell, DirectBuffer part, int offset, int length);

    /**
     * Carries out an effect that no request asked for (a collapse, decay): whole for every player and for the journal, as a request's. Within another
     * effect at once, as a part of it; otherwise (from a system) at the end of the tick, before requests are judged.
     */
    void carryOut(Verdict.Effect effect);

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
