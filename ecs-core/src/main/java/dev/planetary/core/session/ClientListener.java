package dev.planetary.core.session;

import dev.planetary.core.cell.EntityListener;

/** What an engine hears of a game; called on the client loop. Entity calls allocate nothing. */
public interface ClientListener extends EntityListener {
    /** The session has moved on; {@code sentence} says why where it ended. */
    default void onState(final ClientState state, final String sentence) {
        // Not everybody shows it.
    }

    /** Somebody said something. */
    default void onChat(final int seat, final String speaker, final String text) {
        // Not everybody shows it.
    }

    @Override
    default void onEntered(final int entity) {
        // Not everybody shows it.
    }

    @Override
    default void onChanged(final int entity, final long components) {
        // Not everybody shows it.
    }

    @Override
    default void onLeft(final int entity) {
        // Not everybody shows it.
    }
}
