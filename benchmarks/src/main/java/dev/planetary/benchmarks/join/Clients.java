package dev.planetary.benchmarks.join;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportProvider;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import dev.planetary.launcher.spi.CaseRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.agrona.concurrent.SystemNanoClock;

/** Makes the clients of a run. */
final class Clients {
    /** Plugins that host and clients play with. */
    static final List<String> PLUGINS = List.of("terrain", "players");

    private static final int SPARE_COUNTERS = 64;
    private static final int SLOTS = 1 << 16;

    private Clients() {
    }

    /** Clients of one process and one thread, numbered from {@code first}; the same number is the same player. */
    static List<ClientGame> open(final CaseRequest request, final int port, final int first, final int count) {
        final ClientTransport[] transports = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("nothing here can carry a game over the network"))
            .openClients("127.0.0.1", port, count, Counters.inMemory(CoreCounter.values().length + SPARE_COUNTERS));
        final List<ClientGame> games = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final List<GamePlugin> plugins = request.plugins().get().stream().filter(plugin -> PLUGINS.contains(plugin.name())).toList();
            games.add(new ClientGame(
                new ClientSettings(new PlayerId(1, first + i), "player " + (first + i)), plugins, transports[i], new World(new ColumnStore(), SLOTS, 0),
                Counters.inMemory(CoreCounter.values().length + SPARE_COUNTERS), GameOptions.seeded(1), SystemNanoClock.INSTANCE,
                new SplittableRandom(System.nanoTime()), new ErrorLog(request.progress())));
        }
        return games;
    }
}
