package dev.planetary.core.plugin;

/**
 * One gameplay domain. Found as a service; the same class runs in host and client. A new instance serves each game.
 */
public interface GamePlugin {
    /** Name for the command line, logs and counters: {@code [a-z0-9-]{1,32}}. */
    String name();

    /** SBE schema id of its messages, unique among all plugins of a game; 16 and above. */
    int schemaId();

    /** Version of that schema in this build. */
    int schemaVersion();

    /** Registers components, the same on both sides. */
    void register(GameContext game);

    /** Registers what runs on a host: systems, sources, request handlers. */
    default void host(final HostContext host) {
        // Nothing to do on a host.
    }

    /** Registers what runs on a client: samplers, readers, inputs. */
    default void client(final ClientContext client) {
        // Nothing to do on a client.
    }
}
