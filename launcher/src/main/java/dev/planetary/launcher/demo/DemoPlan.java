package dev.planetary.launcher.demo;

import dev.planetary.launcher.option.LinkOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What a demo shall show.
 *
 * @param home          folder of the game.
 * @param bots          players, a process each.
 * @param seconds       how long they play once all are in.
 * @param hostOptions   options of the host's command line, by which the world and the rules are chosen.
 * @param playerOptions options of each player's command line.
 * @param seed          of the bots and the link.
 * @param plantsDrift   whether one view is spoiled before the comparison, which must find it.
 * @param link          between the bots and the host.
 */
public record DemoPlan(
    Path home, int bots, double seconds, List<String> hostOptions, List<String> playerOptions, long seed, boolean plantsDrift, LinkOptions link) {
}
