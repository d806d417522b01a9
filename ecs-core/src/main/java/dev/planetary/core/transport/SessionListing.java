package dev.planetary.core.transport;

import java.util.List;

/**
 * One session as {@code sessions} lists it.
 *
 * @param address "address:port", ready for {@code join}.
 * @param pingMs  milliseconds from the question to the answer.
 */
public record SessionListing(
    String address, String name, int players, int maxPlayers, List<String> plugins, String version, double pingMs) {
}
