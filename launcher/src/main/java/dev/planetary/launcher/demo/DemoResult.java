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
 * @param differences          cells of players' windows that were not the same on both sides.
 * @param divergedCells        the same, a cell counted once however many players see it otherwise than the host.
 * @param driftedChunks        pieces of views that clients found to differ from the host's while they played, and had mended, though nothing told so.
 * @param mendedChunks         pieces of views that were sent again whole while they played, for whatever reason.
 * @param requests             what the players asked for and were told.
 * @param audit                whether items add up; null where the game has none.
 * @param link                 what the bad link did; null where there was none.
 * @param memory               of the host and of a bot that was not killed.
 * @param flatMemory           whether the memory of neither grew; null where the demo was too short to tell.
 * @param load                 processes of this machine that ran or waited to run, in the last minute; null where the system does not tell.
 * @param ok                   whether there was something to compare, something happened, no difference was found, items add up and memory is flat.
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
    int divergedCells,
    long driftedChunks,
    long mendedChunks,
    Requests requests,
    ItemsAudit audit,
    Link link,
    Map<String, MemoryTrend.Report> memory,
    Boolean flatMemory,
    Double load,
    boolean ok) {

    /**
     * What the bad link did to the datagrams of the whole demo.
     *
     * @param passed      datagrams passed on, both ways.
     * @param lost        datagrams lost.
     * @param lossPercent share of those lost.
     */
    record Link(long passed, long lost, double lossPercent) {
        static Link of(final long passed, final long lost) {
            return new Link(passed, lost, passed + lost == 0 ? 0 : 100.0 * lost / (passed + lost));
        }
    }

    /**
     * Whether items add up on the host: what all hold is what was issued, less what is built and what is lost.
     *
     * @param ok       whether they do.
     * @param findings what does not, as a sentence.
     * @param items    issued, held, built and lost of each item by its name.
     */
    record ItemsAudit(boolean ok, String findings, Map<String, Map<String, Long>> items) {
    }
}
