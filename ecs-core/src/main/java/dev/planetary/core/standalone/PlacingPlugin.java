package dev.planetary.core.standalone;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import java.util.function.Consumer;

/** Sets each player who sits down where a test wants it, in place of a plugin that brings avatars. It has no components and says nothing. */
public class PlacingPlugin implements GamePlugin, SeatListener {
    private static final int SCHEMA_ID = 2_000;

    private final Consumer<Seat> place;

    /** One that hands each seat, as it is taken, to {@code place}, to be given its anchor. */
    public PlacingPlugin(final Consumer<Seat> place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "placing";
    }

    @Override
    public int schemaId() {
        return SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public void register(final GameContext game) {
        // No components.
    }

    @Override
    public void host(final HostContext host) {
        host.seats(this);
    }

    @Override
    public void onSeated(final Seat seat) {
        place.accept(seat);
    }

    @Override
    public void onLeft(final Seat seat) {
        // The seat is kept.
    }
}
