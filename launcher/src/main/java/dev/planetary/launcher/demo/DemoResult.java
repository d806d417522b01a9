package dev.planetary.launcher.demo;

import java.util.Map;

/**
 * What came of a demo; the members of its line of JSON, in this order.
 *
 * @param bots                 players.
 * @param seconds              that they played once all were in.
 * @param tickMs               wall time of the host's ticks in the steady state: p50, p99, max.
 * @param tickCpuMs            CPU time of the same: p50, p99.
 * @param bytesPerPlayerPerSec received by a player that was not killed, in the steady state, our headers included.
 * @param joinMs               from a player's first datagram to its first complete window, all joins: p50, max.
 * @param edits                digs and fills that the host approved.
 * @param killed               bots that were killed without warning.
 * @param rejoined             of those, how many came back under their identity.
 * @param cellsCompared        cells of all players' windows that held something.
 * @param entitiesCompared     entities in them.
 * @param voxelsCompared       voxels in them.
 * @param differences          cells that were not the same on both sides.
 * @param ok                   whether there was something to compare, something happened, and no difference was found.
 */
public record DemoResult(
    int bots,
    double seconds,
    Map<String, Double> tickMs,
    Map<String, Double> tickCpuMs,
    double bytesPerPlayerPerSec,
    Map<String, Double> joinMs,
    long edits,
    int killed,
    int rejoined,
    long cellsCompared,
    long entitiesCompared,
    long voxelsCompared,
    int differences,
    boolean ok) {
}
