package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import java.util.HashMap;
import java.util.Map;

/** How players are called, for reasons that others read; of players who have not been here since the host started, nothing is known. */
final class SeatNames implements SeatListener {
    private final Map<Integer, String> names = new HashMap<>();
    private final BlueprintShelf shelf;

    /** Tells the shelf who left. */
    SeatNames(final BlueprintShelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public void onSeated(final Seat seat) {
        names.put(seat.number(), seat.name());
    }

    @Override
    public void onLeft(final Seat seat) {
        shelf.onLeft(seat.number());
    }

    /** "a wall of Ada", or "a wall". */
    String nameOf(final PlacedPart part, final int owner) {
        final String name = names.get(owner);
        final String kind = part.kind.name();
        final String article = "aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ";
        return article + kind + (name == null ? "" : " of " + name);
    }
}
