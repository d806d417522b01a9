package dev.planetary.core.plugin;

import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.EntityListener;

/**
 * A game on a client. The world's entities are the host's: a plugin reads them and gives them local components, but spawns and despawns none.
 */
public interface ClientContext extends GameContext {
    /** Adds the reader of a source. */
    void reader(CellReader reader);

    /** Writes the player's input each client tick. One plugin of a game has the input. */
    void input(int templateId, int blockLength, InputWriter writer);

    /**
     * Adds one who hears what comes into view, changes and goes, while datagrams are applied; only before the first tick. It must not fail: nobody
     * catches what it throws.
     */
    default void listen(final EntityListener listener) {
        throw new UnsupportedOperationException("this game tells nobody what comes into view");
    }

    /** Asks the host for things and hears its verdicts. */
    RequestSender requests();

    /** The player's own seat; -1 before the welcome. */
    int seat();

    /** Whether the session is under way, so that requests will still be answered. */
    default boolean isLive() {
        return true;
    }

    /** The host's tick at this moment as the client reckons it, with fraction: where causes are evaluated for the present. */
    double presentTick();
}
