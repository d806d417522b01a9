package dev.planetary.core.chaos;

import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.LeanCheck;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** One player of the chaos game, and what must always be true of what it sees. */
final class ChaosClient {
    private static final int UNSEEN = Integer.MIN_VALUE;

    /** A connection that ended before the host was heard does not return: after so long a player tries anew. */
    private static final int PATIENCE_TICKS = 120;

    private final ChaosSettings settings;
    private final int number;
    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final ErrorLog errors;
    private final int[] groupNumber = new int[ChaosPlugin.GROUPS];
    private final Map<Integer, Integer> ticketOfRequest = new HashMap<>();
    private final Map<Integer, Boolean> verdicts = new HashMap<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);

    private ClientTransport transport;
    private ChaosPlugin plugin;
    private ClientGame game;
    private Query linked;
    private Query counted;
    private Int2IntHashMap newest = new Int2IntHashMap(UNSEEN);
    private int awayTicks;
    private int session;
    private int connectingTicks;
    private final LeanCheck leans;
    private boolean probed;
    private String wrong;

    ChaosClient(
        final ChaosSettings settings, final int number, final SimulatedNetwork network, final SplittableRandom random, final LeanCheck leans,
        final ErrorLog errors) {
        this.settings = settings;
        this.number = number;
        this.network = network;
        this.random = random;
        this.leans = leans;
        this.errors = errors;
        join();
    }

    private void join() {
        session++;
        connectingTicks = 0;
        probed = false;
        transport = network.client();
        plugin = new ChaosPlugin(settings, 0);
        game = new ClientGame(
            new ClientSettings(new PlayerId(77, number), "player " + number)
                .laneCapacity(ChaosRun.LANE_CAPACITY)
                .heldCapacity(settings.heldCapacity())
                .repairs(settings.repairs())
                .silenceMs(4_000)
                .rethrow(true),
            List.of(plugin),
            transport,
            new World(new ColumnStore(), 1 << 16, 0),
            Counters.inMemory(128),
            GameOptions.seeded(1),
            network.nanoClock(),
            random.split(),
            errors);
        linked = game.world().query(plugin.linked());
        counted = game.world().query(plugin.counted());
        newest = new Int2IntHashMap(UNSEEN);
        ticketOfRequest.clear();
        verdicts.clear();
        game.requests().onVerdict(this::onVerdict);
    }

    void tick(final boolean active) {
        if (awayTicks > 0) {
            if (--awayTicks == 0) {
                join();
            }
            return;
        }
        game.tick();
        if (!probed && game.entities() != null) {
            probed = true;
            game.entities().probe(leans);
        }
        if (leans.wrong() != null) {
            fail(leans.wrong());
        }
        if (game.heldInVain() > 0) {
            fail("a datagram that was held and acknowledged could not be applied");
        }
        connectingTicks = game.state() == ClientState.CONNECTING ? connectingTicks + 1 : 0;
        if (game.state().isOver() || connectingTicks > PATIENCE_TICKS) {
            awayTicks = 1 + random.nextInt(10);
            game.close();
            return;
        }
        if (active && game.state() != ClientState.CONNECTING && random.nextInt(6) == 0) {
            ask();
        }
        check();
    }

    private void ask() {
        final int ticket = random.nextInt(1, Integer.MAX_VALUE);
        message.putInt(0, ticket);
        final int request = game.requests().send(ChaosPlugin.BUMP, message, 0, 4);
        if (request != 0) {
            ticketOfRequest.put(request, ticket);
        }
    }

    private void onVerdict(final int request, final boolean approved, final String reason, final byte[] detail) {
        if (verdicts.put(request, approved) != null) {
            fail("request " + request + " was answered twice");
        }
        if (!ticketOfRequest.containsKey(request)) {
            fail("a verdict for request " + request + ", which was never sent");
        }
    }

    /** What must be true at every tick. */
    private void check() {
        for (int entity = counted.first(); entity != NetworkId.NONE; entity = counted.next(entity)) {
            final Counted value = plugin.counted().get(entity);
            final int before = newest.get(entity);
            if (value.number < before) {
                fail("entity " + NetworkId.describe(entity) + " fell from number " + before + " to " + value.number);
            }
            if (value.shadow != value.number * 3) {
                fail("entity " + NetworkId.describe(entity) + " has number " + value.number + " and shadow " + value.shadow);
            }
            if (value.number != before) {
                newest.put(entity, value.number);
            }
            final PrivateTo privateTo = game.core().privateTo().get(entity);
            if (privateTo != null && privateTo.seat != game.seat()) {
                fail("entity " + NetworkId.describe(entity) + " is private to seat " + privateTo.seat + ", not to " + game.seat());
            }
        }
        java.util.Arrays.fill(groupNumber, UNSEEN);
        for (int entity = linked.first(); entity != NetworkId.NONE; entity = linked.next(entity)) {
            final Linked link = plugin.linked().get(entity);
            if (groupNumber[link.group] == UNSEEN) {
                groupNumber[link.group] = link.number;
            } else if (groupNumber[link.group] != link.number) {
                fail("group " + link.group + " is half seen: " + NetworkId.describe(entity) + " has seen transaction " + link.number
                    + ", another member " + groupNumber[link.group]);
            }
        }
    }

    /** What must be true when all is quiet, beside equal views; null where it is. */
    String checkQuiet(final ChaosPlugin host) {
        if (wrong != null || awayTicks > 0 || game.state() != ClientState.PLAYING) {
            return wrong != null ? wrong : describe() + " is not playing: " + game.state() + " " + game.sentence();
        }
        for (final Map.Entry<Integer, Integer> request : ticketOfRequest.entrySet()) {
            final Boolean approved = verdicts.get(request.getKey());
            if (approved == null) {
                return describe() + ": request " + request.getKey() + " was never answered";
            }
            if (host.applied(request.getValue()) != (approved ? 1 : 0)) {
                return describe() + ": request " + request.getKey() + " took effect " + host.applied(request.getValue()) + " times, approved "
                    + approved;
            }
        }
        return null;
    }

    private void fail(final String what) {
        if (wrong == null) {
            wrong = describe() + " at host tick " + game.newestTick() + ": " + what;
        }
    }

    /** The first thing that was wrong, or null. */
    String wrong() {
        return wrong;
    }

    void crash(final int ticksAway) {
        if (awayTicks == 0) {
            network.crash(transport);
            awayTicks = ticksAway;
        }
    }

    void cut(final long untilNs) {
        if (awayTicks == 0) {
            network.cut(transport, untilNs);
        }
    }

    /** A link like this from now on, where the client is here. */
    void faults(final LinkFaults faults) {
        if (awayTicks == 0) {
            network.faults(transport, faults, faults);
        }
    }

    /** A good link from now on. */
    void soothe() {
        faults(LinkFaults.NONE);
    }

    boolean isHere() {
        return awayTicks == 0;
    }

    ClientGame game() {
        return game;
    }

    String shownOutside(final Set<Long> cells) {
        final StringBuilder outside = new StringBuilder();
        for (int entity = counted.first(); entity != NetworkId.NONE; entity = counted.next(entity)) {
            final long cell = game.entities().cellOf(entity);
            if (!cells.contains(cell)) {
                outside.append(NetworkId.describe(entity)).append(" in cell ").append(CellKey.describe(cell)).append(' ');
            }
        }
        return outside.toString();
    }

    String describe() {
        return "client " + number + " (session " + session + ", seat " + game.seat() + ")";
    }

    static String place(final int source, final long cell) {
        return (source == 0 ? "entities" : "source " + source) + " of cell " + CellKey.describe(cell);
    }
}
