package dev.planetary.core.plugin;

import java.util.Optional;

/** Capability of a client: who is who among the entities. */
@FunctionalInterface
public interface PlayerNames {
    /** Name of the player whose avatar this is; empty for anything else. */
    Optional<String> nameOf(int entity);
}
