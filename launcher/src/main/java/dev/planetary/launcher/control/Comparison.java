package dev.planetary.launcher.control;

import dev.planetary.core.cell.CellKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Holds the views of players against the host's: each cell of each player's window must be the same on both sides. Cells that are empty on both sides say
 * nothing and do not count.
 */
public final class Comparison {
    private final List<Difference> differences = new ArrayList<>();
    private long cells;
    private long entities;
    private long voxels;

    /** Nothing compared yet. */
    public Comparison() {
        // Filled by compare().
    }

    /** What is wrong with a cell. */
    public enum Kind {
        /** The host has something there, the player nothing. */
        MISSING("the player has nothing of it"),
        /** The player has something there that its window on the host does not hold. */
        OUTSIDE("the player holds a cell outside of its window"),
        /** Both have something there. */
        UNEQUAL("the two are not the same");

        private final String words;

        Kind(final String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** A cell that is not the same on both sides. */
    public record Difference(int player, Kind kind, int source, long cell) {
    }

    private record Place(int source, long cell) {
    }

    /**
     * Compares one player's view.
     *
     * @param player number of the player, for the differences.
     * @param host   cells of its window as the host holds them.
     * @param client all cells of which the client has heard.
     */
    public void compare(final int player, final List<CellLine> host, final List<CellLine> client) {
        final Map<Place, CellLine> held = new HashMap<>();
        client.forEach(cell -> held.put(new Place(cell.source(), cell.cell()), cell));
        for (final CellLine truth : host) {
            final CellLine view = held.remove(new Place(truth.source(), truth.cell()));
            final long viewSize = view == null ? 0 : view.size();
            if (truth.size() == 0 && viewSize == 0) {
                continue;
            }
            cells++;
            if (truth.source() == 0) {
                entities += truth.size();
            } else {
                voxels += truth.size();
            }
            if (viewSize == 0) {
                differences.add(new Difference(player, Kind.MISSING, truth.source(), truth.cell()));
            } else if (view.hash() != truth.hash() || viewSize != truth.size()) {
                differences.add(new Difference(player, Kind.UNEQUAL, truth.source(), truth.cell()));
            }
        }
        for (final CellLine rest : held.values()) {
            if (rest.size() > 0) {
                differences.add(new Difference(player, Kind.OUTSIDE, rest.source(), rest.cell()));
            }
        }
    }

    /** Names of items that are not the same on both sides, at most {@code most}. */
    public static List<String> differingItems(final Map<String, String> host, final Map<String, String> client, final int most) {
        final SortedSet<String> names = new TreeSet<>(host.keySet());
        names.addAll(client.keySet());
        return names.stream().filter(name -> !String.valueOf(host.get(name)).equals(client.get(name))).limit(most).toList();
    }

    /** What is not the same. */
    public List<Difference> differences() {
        return differences;
    }

    /** Cells in {@link #differences}, each once. */
    public int divergedCells() {
        return (int)differences.stream().map(difference -> new Place(difference.source(), difference.cell())).distinct().count();
    }

    /** Cells that one side or both had something in, over all players. */
    public long cells() {
        return cells;
    }

    /** Entities in them on the host. */
    public long entities() {
        return entities;
    }

    /** Voxels in them on the host. */
    public long voxels() {
        return voxels;
    }

    /** A sentence on a difference. */
    public static String describe(final Difference difference, final String playerName, final String sourceName, final List<String> items) {
        final String thing = difference.source() == 0 ? "entity " : "";
        final String what = items.isEmpty() ? "" : ", " + String.join(", ", items.stream().map(item -> thing + item).toList());
        return playerName + ", cell " + CellKey.describe(difference.cell()) + " of " + sourceName + what + ": " + difference.kind();
    }
}
