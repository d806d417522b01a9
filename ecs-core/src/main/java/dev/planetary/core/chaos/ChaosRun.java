package dev.planetary.core.chaos;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.LeanCheck;
import dev.planetary.core.cell.Window;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.component.Position;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One evening of the chaos game from one seed: play on a bad network, then a good network and quiet, in which every client's view must come to equal
 * the host's. The same seed gives the same evening, byte for byte.
 */
public final class ChaosRun {
    static final int LANE_CAPACITY = 16 * 1_024;

    private static final long TICK_NS = 1_000_000_000L / ChaosSettings.TICK_RATE_HZ;
    private static final int SILENCE_MS = 3_500;
    private static final int SPIKE_EVERY = 30;
    private static final int SPIKE_TICKS = 5;

    private final ChaosSettings settings;
    private final long seed;
    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final ChaosPlugin plugin;
    private final HostGame host;
    private final Counters counters = Counters.inMemory(256);
    private final List<ChaosClient> clients = new ArrayList<>();
    private final LeanCheck leans;
    private int spiked;
    private String wrong;

    /**
     * Sets an evening up.
     *
     * @param network    to play on; reset by this.
     * @param hostWorld  the host's world, empty or used before and reset by this.
     */
    public ChaosRun(final ChaosSettings settings, final long seed, final SimulatedNetwork network, final World hostWorld) {
        this.settings = settings;
        this.seed = seed;
        this.network = network;
        this.random = new SplittableRandom(seed);
        hostWorld.reset();
        network.reset(random.nextLong());
        network.maxDatagramLength(settings.maxDatagramLength()).faults(settings.faults()).goneAfterNs(SimulatedNetwork.NEVER).backPressure(0.01);
        final ErrorLog errors = new ErrorLog(System.err);
        plugin = new ChaosPlugin(settings, random.nextLong());
        // Half of the evenings have exact circles, the others whole cells with hysteresis.
        final boolean exact = seed % 2 == 0;
        host = new HostGame(
            new HostSettings()
                .maxPlayers(settings.clients())
                .radiusMetres(settings.radiusMetres())
                .hysteresisMetres(exact ? 0 : settings.radiusMetres() / 16)
                .tickRateHz(ChaosSettings.TICK_RATE_HZ)
                .budgetBytesPerSecond(settings.budget())
                .silenceMs(SILENCE_MS)
                .leaverCapacity(settings.leaverCapacity())
                .laneCapacity(LANE_CAPACITY)
                .repairs(settings.repairs())
                .rethrow(true),
            List.of(plugin),
            network.host(settings.clients() * 4),
            hostWorld,
            counters,
            GameOptions.seeded(seed),
            network.nanoClock(),
            errors);
        host.start(Optional.empty());
        leans = new LeanCheck(host.mirror());
        for (int i = 0; i < settings.clients(); i++) {
            clients.add(new ChaosClient(settings, i, network, random.split(), leans, errors));
        }
    }

    /** Plays it. Returns what was wrong, or null. */
    public String play() {
        final int cutAt = 20 + random.nextInt(Math.max(1, settings.activeTicks() / 2));
        final int[] crashAt = new int[settings.crashes()];
        for (int i = 0; i < crashAt.length; i++) {
            crashAt[i] = 20 + random.nextInt(Math.max(1, settings.activeTicks() - 40));
        }
        for (int tick = 0; tick < settings.activeTicks() && wrong == null; tick++) {
            if (settings.cutTicks() > 0 && tick == cutAt) {
                clients.get(random.nextInt(clients.size())).cut(network.nowNs() + settings.cutTicks() * TICK_NS);
            }
            for (final int at : crashAt) {
                if (tick == at) {
                    // Some come back before the host has noticed, some after.
                    clients.get(random.nextInt(clients.size())).crash(random.nextBoolean() ? 3 : 90);
                }
            }
            spike(tick);
            step(true);
        }
        return wrong != null ? wrong : settle();
    }

    /** Now and then a link takes so long that what it carries is taken for lost, and comes after all. */
    private void spike(final int tick) {
        if (settings.spikeMs() > 0 && tick % SPIKE_EVERY == 0) {
            final LinkFaults usual = settings.faults();
            final LinkFaults slow = new LinkFaults(
                usual.lossPercent(), usual.burst(), usual.delayMs() + settings.spikeMs(), usual.jitterMs(), usual.reorderPercent(),
                usual.duplicatePercent());
            clients.get(spiked).faults(usual);
            spiked = random.nextInt(clients.size());
            clients.get(spiked).faults(slow);
        } else if (settings.spikeMs() > 0 && tick % SPIKE_EVERY == SPIKE_TICKS) {
            clients.get(spiked).faults(settings.faults());
        }
    }

    private String settle() {
        host.freeze();
        network.faults(LinkFaults.NONE);
        // Those who are away at the end come back first; quiet begins when the last one is in.
        for (int tick = 0; tick < 240 && wrong == null && !everybodyPlays(); tick++) {
            step(false);
        }
        for (final ChaosClient client : clients) {
            if (client.isHere()) {
                client.soothe();
            }
        }
        String difference = "never compared";
        for (int tick = 0; tick < settings.quietTicks() && wrong == null; tick++) {
            step(false);
            if (tick % 5 == 4) {
                difference = difference();
                if (difference == null) {
                    return wrong;
                }
            }
        }
        return wrong != null ? wrong : "after " + settings.quietTicks() / ChaosSettings.TICK_RATE_HZ + " s of quiet: " + difference;
    }

    private boolean everybodyPlays() {
        for (final ChaosClient client : clients) {
            if (!client.isHere() || client.game().state() != ClientState.PLAYING || host.windowOf(client.game().seat()) == null) {
                return false;
            }
        }
        return true;
    }

    private void step(final boolean active) {
        network.advance(TICK_NS / 2);
        host.tick();
        leans.note(host.tickNumber());
        checkTracks();
        network.advance(TICK_NS / 2);
        for (final ChaosClient client : clients) {
            client.tick(active);
            if (client.wrong() != null && wrong == null) {
                wrong = client.wrong();
            }
        }
    }

    private void checkTracks() {
        for (int i = 0; i < clients.size() && wrong == null; i++) {
            final Window window = host.windowOf(i);
            final String astray = window == null ? null : leans.check(window);
            if (astray != null) {
                wrong = "seat " + i + " at host tick " + host.tickNumber() + ": " + astray;
            }
        }
    }

    /** The first difference between what a client should see and what it sees, or null. */
    private String difference() {
        for (final ChaosClient client : clients) {
            final String notQuiet = client.checkQuiet(plugin);
            if (notQuiet != null) {
                return notQuiet;
            }
            final Window window = host.windowOf(client.game().seat());
            if (window == null) {
                return client.describe() + " has no session at the host";
            }
            final Set<String> beyond = beyond(window);
            final Set<Long> cells = new TreeSet<>();
            for (int i = 0; i < window.size(); i++) {
                cells.add(window.track(i).cell());
            }
            int shown = 0;
            for (final long cell : cells) {
                final CellDigest expected = new CellDigest();
                host.sources().get(0).digest(cell, expected);
                expected.items().keySet().removeAll(beyond);
                final CellDigest seen = client.game().digest(0, cell);
                shown += seen.items().size();
                if (!expected.items().equals(seen.items())) {
                    return client.describe() + ": " + ChaosClient.place(0, cell) + " differ: host " + minus(expected, seen) + ", client "
                        + minus(seen, expected);
                }
            }
            if (shown != client.game().world().count()) {
                return client.describe() + " shows " + client.game().world().count() + " entities, " + shown + " of them in its window; beyond it "
                    + client.shownOutside(cells);
            }
        }
        return null;
    }

    /** Names of the entities that lie in cells of the window and not in the exact circle. */
    private Set<String> beyond(final Window window) {
        final Set<String> names = new TreeSet<>();
        final Query placed = host.world().query(host.core().position());
        for (int entity = placed.first(); entity != NetworkId.NONE; entity = placed.next(entity)) {
            final Position position = host.core().position().get(entity);
            if (!host.core().privateTo().on(entity) && !window.isInView(position.x, position.z)) {
                names.add(NetworkId.describe(entity));
            }
        }
        return names;
    }

    private static String minus(final CellDigest a, final CellDigest b) {
        final List<String> only = new ArrayList<>();
        a.items().forEach((item, hash) -> {
            if (!hash.equals(b.items().get(item))) {
                only.add(item);
            }
        });
        return only.toString();
    }

    /** A number that stands for every datagram of the evening: equal evenings have equal ones. */
    public long traceHash() {
        return network.traceHash();
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** Counters of the host. */
    public long count(final CoreCounter counter) {
        return counters.of(counter).get();
    }

    /** The faults that this evening's links have. */
    public LinkFaults faults() {
        return settings.faults();
    }
}
