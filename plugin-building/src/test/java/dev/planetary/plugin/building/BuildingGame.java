package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.standalone.PlacingPlugin;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.store.Audit;
import dev.planetary.plugin.building.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/**
 * A host and players who build over bad links, with everything checked in every tick: no voxel is taken twice, no item comes from nowhere or is lost, and each
 * client that plays shows what the host was between two ticks, all of it or nothing of a transaction.
 */
final class BuildingGame {
    /** Lost in bursts, late, out of order, doubled. */
    static final LinkFaults BAD = new LinkFaults(5, 2, 40, 15, 1, 3);

    private static final int ADDED_UP_ANEW_EVERY_TICKS = 400;
    private static final int OWN_TRIES = 8;
    /** Nothing is built farther out. */
    private static final int EDGE = 48;
    private static final int SETTLED_WITHIN_TICKS = 1_200;

    private static final PlacingPlugin NEAR_THE_ORIGIN =
        new PlacingPlugin(seat -> seat.anchor(seat.number() % 3 * 4, 0, seat.number() / 3 * 4));

    final String name;
    final Random random;
    final SimulatedNetwork network;
    final HostGame host;
    final List<BuildingPlayer> players = new ArrayList<>();
    final PartCatalogue catalogue = PartCatalogue.standard();
    /** Stores that stand, by network id. */
    final IntArrayList stores = new IntArrayList();
    long compared;

    private final Map<String, Integer> kit;
    private final HostSettings settings;
    private final Counters counters = Counters.inMemory(512);
    private final ErrorLog errors = new ErrorLog(System.err);
    private final WatchedStore touched = new WatchedStore();
    private final WorldSum sum;
    private final ComponentType<Part> parts;
    private final ComponentType<Health> health;
    private final Query accounts;
    private final Query supplies;
    private final OccupancyQuery occupancy;
    private final Inventories inventories;
    /** By seat: what its player may see, at the end of each tick that was. */
    private final LongHashSet[] states;
    private final int[] items;
    private final long[] worth;
    private PlacedPart[] standing = new PlacedPart[1_024];
    private int[] points = new int[1_024];
    private int count;

    /**
     * A game with so many players, who join.
     *
     * @param kit how many of which item each brings.
     */
    BuildingGame(final long seed, final int playerCount, final Map<String, Integer> kit, final LinkFaults faults) {
        this.kit = kit;
        name = "seed " + seed + ": ";
        random = new Random(seed);
        network = new SimulatedNetwork(seed).faults(faults).goneAfterNs(SimulatedNetwork.NEVER);
        settings = new HostSettings().maxPlayers(playerCount).radiusMetres(128).silenceMs(2_000).rethrow(true);
        final Map<String, String> options = Map.of(BuildingPlugin.REACH_PROP_NAME, "24", Stores.KIT_PROP_NAME,
            kit.entrySet().stream().map(item -> item.getKey() + ":" + item.getValue()).collect(Collectors.joining(",")));
        host = new HostGame(
            settings, List.of(new BuildingPlugin(), NEAR_THE_ORIGIN), network.host(8 * playerCount), new World(touched, 1 << 16, 200), counters,
            new GameOptions(seed, Optional.empty(), options), network.nanoClock(), errors);
        host.start(Optional.empty());
        sum = new WorldSum(host.world());
        parts = host.world().type(Part.class);
        health = host.world().type(Health.class);
        accounts = query("account");
        supplies = query("supply");
        occupancy = host.capability(OccupancyQuery.class).orElseThrow();
        inventories = host.capability(Inventories.class).orElseThrow();
        states = new LongHashSet[playerCount];
        Arrays.setAll(states, seat -> new LongHashSet());
        items = catalogue.items().stream().mapToInt(Integer::intValue).sorted().toArray();
        worth = new long[items.length];
        for (int i = 0; i < playerCount; i++) {
            players.add(new BuildingPlayer(new PlayerId(seed, i + 1)));
            join(players.get(i));
        }
    }

    private Query query(final String component) {
        return host.world().query(host.world().types().stream().filter(type -> type.name().equals(component)).findFirst().orElseThrow());
    }

    /** The player's client begins anew. */
    void join(final BuildingPlayer player) {
        final var transport = network.client();
        player.begin(new ClientGame(
            new ClientSettings(player.id, "player " + player.id.low()).rethrow(true),
            List.of(new RecordedRequests(player::onSent), NEAR_THE_ORIGIN), transport, new World(new ColumnStore()), Counters.inMemory(128),
            GameOptions.seeded(0), network.nanoClock(), new Random(random.nextLong()), errors), transport);
    }

    /** The player's client dies, and begins anew after so many ticks. */
    void crash(final BuildingPlayer player, final int ticks) {
        network.crash(player.transport);
        player.away = ticks;
    }

    // ---- time ----

    /** One tick of all, after which all is checked. */
    void tick() {
        host.tick();
        lookAtHost();
        network.advance(settings.tickPeriodNs());
        for (final BuildingPlayer player : players) {
            if (player.isHere()) {
                player.game.tick();
                lookAt(player);
                if (player.game.state().isOver()) {
                    crash(player, 1 + random.nextInt(5));
                }
            } else if (--player.away == 0) {
                join(player);
            }
        }
    }

    /** All come back, are answered, and see the same; then all is added up once more. */
    void settle() {
        for (final BuildingPlayer player : players) {
            player.away = Math.min(player.away, 1);
        }
        String difference = "never compared";
        for (int i = 0; i < SETTLED_WITHIN_TICKS && difference != null; i++) {
            tick();
            players.stream().filter(BuildingPlayer::isPlaying).forEach(BuildingPlayer::askAgainForUnanswered);
            difference = i % 10 == 9 ? difference() : difference;
        }
        assertNull(difference, name + "after a minute of quiet");
        addUpAnew();
        final int requests = players.stream().mapToInt(player -> player.requests.size()).sum();
        assertEquals(requests, counters.of(CoreCounter.REQUESTS_JUDGED).get(), name + "each request is judged once, however often it is sent");
        assertEquals(
            players.stream().mapToInt(player -> player.approved).sum(), counters.of(CoreCounter.REQUESTS_APPROVED).get(),
            name + "each that is carried out was told to be");
    }

    // ---- the host ----

    private void lookAtHost() {
        touched.drain(this::look);
        for (int entity = accounts.first(); entity != NetworkId.NONE; entity = accounts.next(entity)) {
            // The host changes them without asking the store.
            look(NetworkId.slot(entity));
        }
        for (int entity = supplies.first(); entity != NetworkId.NONE; entity = supplies.next(entity)) {
            look(NetworkId.slot(entity));
        }
        for (int seat = 0; seat < states.length; seat++) {
            states[seat].add(sum.seenBy(seat));
        }
        assertEquals("", Audit.findings(host.world()), this::at);
        final int opened = accounts.count();
        for (int i = 0; i < items.length; i++) {
            final String item = catalogue.itemName(items[i]);
            assertEquals(worth[i], Audit.built(host.world(), items[i]), () -> at() + "what stands is worth, and was built with, of " + item);
            assertEquals(
                (long)opened * kit.getOrDefault(item, 0), Audit.issued(host.world(), items[i]), () -> at() + "there is what players brought, of " + item);
        }
        if (host.tickNumber() % ADDED_UP_ANEW_EVERY_TICKS == 0) {
            addUpAnew();
        }
        touched.forget();
    }

    private String at() {
        return name + "tick " + host.tickNumber() + ": ";
    }

    /** Something in the slot may have changed. */
    private void look(final int slot) {
        if (slot >= standing.length) {
            standing = Arrays.copyOf(standing, standing.length * 2);
            points = Arrays.copyOf(points, standing.length);
        }
        if (!sum.look(slot)) {
            return;
        }
        if (standing[slot] != null) {
            takeOut(slot);
        }
        final int entity = host.world().entityAt(slot);
        if (entity != NetworkId.NONE && parts.on(entity)) {
            takeIn(slot, entity);
        }
    }

    private void takeOut(final int slot) {
        final PlacedPart part = standing[slot];
        addWorth(part.kind, points[slot], -1);
        if (part.kind.storeSlots() > 0) {
            stores.removeInt(part.entity);
        }
        if (!host.world().isAlive(part.entity)) {
            assertTrue(!isAt(part, part.entity), () -> name + "a part that is gone is in the way");
        }
        standing[slot] = null;
        count--;
    }

    private void takeIn(final int slot, final int entity) {
        final Part part = parts.get(entity);
        final Position at = host.core().position().get(entity);
        final PlacedPart placed = new PlacedPart(entity, catalogue.kind(part.kind), part.turn, (int)at.x, (int)at.y, (int)at.z);
        standing[slot] = placed;
        points[slot] = health.on(entity) ? health.get(entity).points : placed.kind.health();
        addWorth(placed.kind, points[slot], 1);
        if (placed.kind.storeSlots() > 0) {
            stores.addInt(entity);
        }
        assertTrue(isAt(placed, entity), () -> name + "two parts, or none, where one was placed");
        count++;
    }

    private void addWorth(final PartKind kind, final int ofPoints, final int sign) {
        for (int i = 0; i < kind.items().length; i++) {
            worth[Arrays.binarySearch(items, kind.items()[i])] += (long)sign * kind.worth(i, ofPoints);
        }
    }

    /** Whether all voxels of a part are taken by it. */
    private boolean isAt(final PlacedPart part, final int entity) {
        for (int i = 0; i < part.kind.volume(); i++) {
            if (occupancy.occupantAt(part.x + i % part.sizeX, part.y + i / part.sizeX % part.sizeY, part.z + i / part.sizeX / part.sizeY) != entity) {
                return false;
            }
        }
        return true;
    }

    /** Everything once more, without what was kept; a voxel that two parts take is not all of both. */
    private void addUpAnew() {
        assertEquals(WorldSum.of(host.world()).all(), sum.all(), name + "the sum over the host");
        for (final PlacedPart part : standing) {
            assertTrue(part == null || isAt(part, part.entity), () -> name + "two parts in one place");
        }
        for (final BuildingPlayer player : players) {
            if (player.isHere()) {
                assertEquals(WorldSum.of(player.game.world()).all(), player.sum.all(), name + "the sum over a client");
            }
        }
    }

    /** Parts that stand. */
    int parts() {
        return count;
    }

    /** One of the parts that stand, often one of the player's own, or something that is none. */
    int somePart(final BuildingPlayer player) {
        int found = random.nextInt();
        for (int i = random.nextInt(3) * OWN_TRIES; i >= 0; i--) {
            final int from = random.nextInt(Math.max(1, host.world().slotLimit()));
            for (int slot = from; slot < Math.min(from + 50, standing.length); slot++) {
                if (standing[slot] != null) {
                    found = standing[slot].entity;
                    break;
                }
            }
            if (isOf(player, found)) {
                return found;
            }
        }
        return found;
    }

    /** One of the stores that stand, often one of the player's own, or something that is none. */
    int someStore(final BuildingPlayer player) {
        if (stores.isEmpty() || random.nextInt(50) == 0) {
            return somePart(player);
        }
        int found = stores.getInt(random.nextInt(stores.size()));
        for (int i = random.nextInt(2) * OWN_TRIES; i > 0 && !isOf(player, found); i--) {
            found = stores.getInt(random.nextInt(stores.size()));
        }
        return found;
    }

    private boolean isOf(final BuildingPlayer player, final int entity) {
        final Owner owner = host.core().owner().get(entity);
        return owner != null && owner.seat == player.game.seat();
    }

    // ---- the clients ----

    private void lookAt(final BuildingPlayer player) {
        player.look();
        if (player.isPlaying()) {
            assertTrue(
                states[player.game.seat()].contains(player.sum.all()),
                () -> name + "seat " + player.game.seat() + " sees at tick " + host.tickNumber() + " what never was");
            compared++;
        }
    }

    /** What is not yet as it must be in the end, or null. */
    private String difference() {
        for (final BuildingPlayer player : players) {
            if (!player.isPlaying() || !player.isAnswered()) {
                return "a player waits for " + player.unanswered() + " verdicts";
            }
            final int seat = player.game.seat();
            if (player.sum.all() != sum.seenBy(seat)) {
                return "seat " + seat + " does not see what is";
            }
            final LongArrayList cells = player.game.cells(0);
            for (int i = 0; i < cells.size(); i++) {
                final CellDigest expected = new CellDigest();
                host.sources().get(0).digest(cells.getLong(i), expected);
                if (!expected.items().equals(player.game.digest(0, cells.getLong(i)).items())) {
                    return "seat " + seat + " differs from the host in a cell";
                }
            }
            final String ofQueries = differenceOfQueries(player, seat);
            if (ofQueries != null) {
                return ofQueries;
            }
        }
        return null;
    }

    private String differenceOfQueries(final BuildingPlayer player, final int seat) {
        final OccupancyQuery shown = player.game.capability(OccupancyQuery.class).orElseThrow();
        for (int x = -EDGE; x < EDGE; x++) {
            for (int z = -EDGE; z < EDGE; z++) {
                for (int y = -1; y < EDGE; y++) {
                    if (shown.occupantAt(x, y, z) != occupancy.occupantAt(x, y, z)) {
                        return "seat " + seat + " has something else in its index at " + x + ", " + y + ", " + z;
                    }
                }
            }
        }
        for (final int item : items) {
            final int holder = inventories.holderOf(seat);
            if (player.inventories.holderOf(seat) != holder || player.inventories.count(holder, item) != inventories.count(holder, item)) {
                return "seat " + seat + " thinks that it has " + player.inventories.count(holder, item) + " " + catalogue.itemName(item);
            }
            for (int i = 0; i < stores.size(); i++) {
                if (player.inventories.count(stores.getInt(i), item) != inventories.count(stores.getInt(i), item)) {
                    return "seat " + seat + " is wrong about a store";
                }
            }
        }
        return null;
    }
}
