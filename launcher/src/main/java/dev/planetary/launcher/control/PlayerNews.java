package dev.planetary.launcher.control;

import dev.planetary.core.session.HostGame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells who runs a host who came and who left. Called once a tick; looks at names only where the number of players has changed. */
public final class PlayerNews {
    private final Consumer<String> out;
    private List<String> past = List.of();

    /** News that go to {@code out}, a line each. */
    public PlayerNews(final Consumer<String> out) {
        this.out = out;
    }

    /** Says what is new since the last call. */
    public void tick(final HostGame game) {
        if (game.players() != past.size()) {
            changed(game.playerNames(), game.settings().maxPlayers());
        }
    }

    void changed(final List<String> now, final int seats) {
        final List<String> came = without(now, past);
        final List<String> left = without(past, now);
        past = now;
        left.forEach(name -> out.accept(name + " has left, players=" + now.size() + "/" + seats));
        came.forEach(name -> out.accept(name + " has joined, players=" + now.size() + "/" + seats));
    }

    /** Several players may have the same name. */
    private static List<String> without(final List<String> all, final List<String> these) {
        final List<String> rest = new ArrayList<>(all);
        these.forEach(rest::remove);
        return rest;
    }
}
