package dev.planetary.launcher.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What players asked for and were told, all together.
 *
 * @param approved  requests that were done.
 * @param rejected  requests that were not.
 * @param contested of both, those that others were likely to make at the same moment about the same thing.
 * @param conflicts of the contested, those that were rejected.
 * @param byDeed    approved and rejected, by what was asked for.
 * @param reasons   why requests were rejected, without places and names, and how often.
 */
record Requests(long approved, long rejected, long contested, long conflicts, Map<String, Told> byDeed, Map<String, Long> reasons) {
    private static final Set<String> EDITS = Set.of("dig", "fill");

    /** How many of a kind were approved and rejected. */
    record Told(long approved, long rejected) {
        private Told plus(final Told other) {
            return new Told(approved + other.approved, rejected + other.rejected);
        }
    }

    /** A number that each player says of itself, of all together. */
    static long sum(final List<JsonObject> players, final String member) {
        return players.stream().mapToLong(player -> player.get(member).getAsLong()).sum();
    }

    /** Adds up what players said of themselves. */
    static Requests sum(final List<JsonObject> players) {
        final Map<String, Told> byDeed = new TreeMap<>();
        final Map<String, Long> reasons = new TreeMap<>();
        for (final JsonObject player : players) {
            player.getAsJsonObject("verdicts").entrySet().forEach(deed -> byDeed.merge(deed.getKey(), told(deed.getValue().getAsJsonArray()), Told::plus));
            player.getAsJsonObject("reasons").entrySet().forEach(reason -> reasons.merge(reason.getKey(), reason.getValue().getAsLong(), Long::sum));
        }
        final Told all = byDeed.values().stream().reduce(new Told(0, 0), Told::plus);
        return new Requests(all.approved(), all.rejected(), sum(players, "contested"), sum(players, "conflicts"), byDeed, reasons);
    }

    private static Told told(final JsonArray numbers) {
        return new Told(numbers.get(0).getAsLong(), numbers.get(1).getAsLong());
    }

    /** Digs and fills that were done. */
    long edits() {
        return byDeed.entrySet().stream().filter(deed -> EDITS.contains(deed.getKey())).mapToLong(deed -> deed.getValue().approved()).sum();
    }
}
