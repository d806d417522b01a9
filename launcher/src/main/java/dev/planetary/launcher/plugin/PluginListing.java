package dev.planetary.launcher.plugin;

import java.util.List;

/**
 * What a plugin brings.
 *
 * @param name          its name.
 * @param version       of its module or jar.
 * @param jar           where it came from.
 * @param schemaId      its SBE schema.
 * @param schemaVersion version of that schema.
 * @param components    in the order of registration.
 * @param requests      what players may ask of it.
 * @param capabilities  simple names of the interfaces that it provides.
 */
public record PluginListing(
    String name,
    String version,
    String jar,
    int schemaId,
    int schemaVersion,
    List<Component> components,
    List<Request> requests,
    List<String> capabilities) {

    /**
     * A component.
     *
     * @param name        unique in a game.
     * @param templateId  its SBE message; 0 for one that stays in its process.
     * @param blockLength bytes on the wire when whole; 0 for one that stays in its process.
     */
    public record Component(String name, int templateId, int blockLength) {
    }

    /**
     * A kind of request.
     *
     * @param name       for counters and messages.
     * @param templateId its SBE message.
     */
    public record Request(String name, int templateId) {
    }
}
