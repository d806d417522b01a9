package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.component.Position;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.ItemAudit;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.store.Audit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.Test;

/**
 * Players who build, remove, damage, repair and turn against each other over links that lose and double, some of whom crash and come back. More seeds:
 * {@code -Dbuilding.seeds=200 -Dbuilding.requests=20000}; one again: {@code -Dbuilding.from=SEED -Dbuilding.seeds=1}.
 */
class BuildingSimTest {
    private static final int SEEDS = Integer.getInteger("building.seeds", 3);
    private static final int FROM = Integer.getInteger("building.from", 1);
    private static final int REQUESTS = Integer.getInteger("building.requests", 1_200);
    private static final int PLAYERS = 8;
    /** Ticks after its first window within which a newcomer may still be on its way to see all that was there before it came. */
    private static final int ARRIVING = 40;
    private static final LinkFaults BAD = new LinkFaults(5, 2, 40, 15, 1, 3);

    @Test
    void shouldShowEveryoneEachTransactionWhole() {
        for (int seed = FROM; seed < FROM + SEEDS; seed++) {
            final Game game = new Game(seed);
            game.play(REQUESTS);
            game.settle();
            System.out.printf(
                "building seed %d: %d requests, %d approved, %d rejected, %d went with a crash, %d parts stand, %d kinds of reasons%n", seed, game.asked,
                game.approved, game.rejected, game.unanswered, game.parts.count(), game.reasons.size());
            assertTrue(game.approved > REQUESTS / 20, "seed " + seed + ": approved " + game.approved);
            assertTrue(game.rejected > REQUESTS / 20, "seed " + seed + ": rejected " + game.rejected);
        }
    }

    /** Sets everybody near the origin. */
    private static final class PlacingPlugin implements GamePlugin, SeatListener {
        @Override
        public String name() {
            return "placing";
        }

        @Override
        public int schemaId() {
            return 2_000;
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
            seat.anchor(seat.number() % 3 * 4, 0, seat.number() / 3 * 4);
        }

        @Override
        public void onLeft(final Seat seat) {
            // The seat is kept.
        }
    }

    /** One player: a client, and what it waits for. */
    private static final class Player {
        final PlayerId id;
        ClientGame game;
        ClientTransport transport;
        Building building;
        final Set<Integer> open = new HashSet<>();
        final Set<Integer> answered = new HashSet<>();
        int away;
        int ticksHere;

        Player(final PlayerId id) {
            this.id = id;
        }
    }

    private static final class Game {
        final long seed;
        final Random random;
        final SimulatedNetwork network;
        final HostSettings settings = new HostSettings().maxPlayers(PLAYERS).radiusMetres(128).silenceMs(2_000).rethrow(true);
        final ErrorLog errors = new ErrorLog(System.err);
        final HostGame host;
        final Query parts;
        final OccupancyQuery occupancy;
        final PartCatalogue catalogue = PartCatalogue.standard();
        final byte[][] blueprints = {Buildings.hut(catalogue).encode(), Buildings.cottage(catalogue).encode(), wall().encode()};
        final List<Player> players = new ArrayList<>();
        final Set<Long> states = new HashSet<>();
        final Map<String, Integer> reasons = new HashMap<>();
        int asked;
        int approved;
        int rejected;
        int unanswered;
        int compared;

        Game(final long seed) {
            this.seed = seed;
            random = new Random(seed);
            network = new SimulatedNetwork(seed).faults(BAD).goneAfterNs(SimulatedNetwork.NEVER);
            final GameOptions options = new GameOptions(seed, Optional.empty(), Map.of(BuildingPlugin.REACH_PROP_NAME, "24"));
            host = new HostGame(
                settings, List.of(new BuildingPlugin(), new PlacingPlugin()), network.host(4 * PLAYERS), new World(new ColumnStore(), 1 << 16, 200),
                Counters.inMemory(512), options, network.nanoClock(), errors);
            host.start(Optional.empty());
            parts = host.world().query(host.world().type(Part.class), host.core().position());
            occupancy = host.capability(OccupancyQuery.class).orElseThrow();
            states.add(0L);
            for (int i = 0; i < PLAYERS; i++) {
                players.add(new Player(new PlayerId(seed, i + 1)));
                join(players.get(i));
            }
        }

        /** A wall of 40 blocks that hangs together with what it meets. */
        Blueprint wall() {
            final BlueprintBuilder builder = new BlueprintBuilder();
            for (int i = 0; i < 40; i++) {
                builder.add(PartCatalogue.standard().kind("wood-block"), i % 8, i / 8, 0, 0);
            }
            return builder.build();
        }

        void join(final Player player) {
            player.transport = network.client();
            player.game = new ClientGame(
                new ClientSettings(player.id, "player " + player.id.low()).rethrow(true), List.of(new BuildingPlugin(), new PlacingPlugin()),
                player.transport, new World(new ColumnStore()), Counters.inMemory(128), GameOptions.seeded(0), network.nanoClock(),
                new Random(random.nextLong()), errors);
            player.building = player.game.capability(Building.class).orElseThrow();
            player.ticksHere = 0;
            player.open.clear();
            player.answered.clear();
            player.game.requests().onVerdict((request, yes, reason, detail) -> onVerdict(player, request, yes, reason));
        }

        void onVerdict(final Player player, final int request, final boolean yes, final String reason) {
            assertTrue(player.answered.add(request), "seed " + seed + ": request " + request + " was answered twice");
            if (!player.open.remove(request)) {
                // A piece of a blueprint, which the client sends by itself.
                assertTrue(yes, "seed " + seed + ": " + reason);
                return;
            }
            approved += yes ? 1 : 0;
            rejected += yes ? 0 : 1;
            if (!yes) {
                reasons.merge(reason.replaceAll("[-0-9].*| of player.*", ""), 1, Integer::sum);
            }
        }

        void play(final int requests) {
            while (asked < requests) {
                tick();
                for (final Player player : players) {
                    if (player.away > 0 && --player.away == 0) {
                        join(player);
                    } else if (player.away == 0 && player.game.joinNs() > 0) {
                        if (random.nextInt(1_500) == 0) {
                            unanswered += player.open.size();
                            network.crash(player.transport);
                            player.away = random.nextBoolean() ? 3 : 80;
                        } else if (random.nextInt(3) == 0) {
                            ask(player);
                        }
                    }
                }
            }
        }

        void ask(final Player player) {
            final int x = random.nextInt(28) - 10;
            final int y = random.nextInt(5) - (random.nextInt(10) == 0 ? 1 : 0);
            final int z = random.nextInt(28) - 10;
            final int part = somePart();
            final int request = switch (random.nextInt(16)) {
                case 0, 1 -> player.building.placeBlueprint(blueprints[random.nextInt(blueprints.length)], x, y / 2, z, random.nextInt(5), 0);
                case 2, 3, 4 -> player.building.remove(part, 0);
                case 5, 6 -> player.building.damage(part, 1 + random.nextInt(300));
                case 7 -> player.building.repair(part, 0);
                case 8 -> player.building.turn(part, random.nextInt(25));
                default -> player.building.place(random.nextInt(24), x, y, z, random.nextInt(10) == 0 ? random.nextInt(26) : random.nextInt(4), 0);
            };
            if (request != RequestSender.NONE) {
                asked++;
                assertTrue(player.open.add(request), "seed " + seed + ": request " + request + " was given out twice");
            }
        }

        /** One of the parts that stand, or something that is none. */
        int somePart() {
            final int from = random.nextInt(Math.max(1, host.world().slotLimit()));
            for (int slot = from; slot < Math.min(from + 50, host.world().slotLimit()); slot++) {
                final int entity = host.world().entityAt(slot);
                if (entity != NetworkId.NONE && host.world().type(Part.class).on(entity)) {
                    return entity;
                }
            }
            return random.nextInt();
        }

        void tick() {
            host.tick();
            checkHost();
            network.advance(settings.tickPeriodNs());
            for (final Player player : players) {
                if (player.away == 0) {
                    player.game.tick();
                    checkClient(player);
                }
            }
        }

        /** No voxel is taken twice, all that take one are in the index, and no item came from nowhere. */
        void checkHost() {
            final ComponentType<Part> types = host.world().type(Part.class);
            final Set<Long> taken = new HashSet<>();
            for (int entity = parts.first(); entity != NetworkId.NONE; entity = parts.next(entity)) {
                final Part part = types.get(entity);
                final Position at = host.core().position().get(entity);
                final PlacedPart placed = new PlacedPart(entity, catalogue.kind(part.kind), part.turn, (int)at.x, (int)at.y, (int)at.z);
                for (int i = 0; i < placed.kind.volume(); i++) {
                    final int x = placed.x + i % placed.sizeX;
                    final int y = placed.y + i / placed.sizeX % placed.sizeY;
                    final int z = placed.z + i / placed.sizeX / placed.sizeY;
                    assertTrue(taken.add(PartIndex.key(x, y, z)), "seed " + seed + ": two parts at " + x + ", " + y + ", " + z);
                    assertEquals(entity, occupancy.occupantAt(x, y, z), "seed " + seed);
                }
            }
            states.add(state(host.world(), parts, host.core().position()));
            if (host.tickNumber() % 20 == 0) {
                assertEquals("", host.capability(ItemAudit.class).orElseThrow().findings(), "seed " + seed);
                checkWorth();
            }
        }

        /** What the accounts say was built with is what the parts that stand are worth. */
        void checkWorth() {
            final Map<Integer, Long> worth = new HashMap<>();
            final ComponentType<Health> health = host.world().type(Health.class);
            for (int entity = parts.first(); entity != NetworkId.NONE; entity = parts.next(entity)) {
                final PartKind kind = catalogue.kind(host.world().type(Part.class).get(entity).kind);
                final int points = health.on(entity) ? health.get(entity).points : kind.health();
                for (int i = 0; i < kind.items().length; i++) {
                    worth.merge(kind.items()[i], (long)kind.worth(i, points), Long::sum);
                }
            }
            for (final int item : catalogue.items()) {
                assertEquals(worth.getOrDefault(item, 0L), Audit.built(host.world(), item), "seed " + seed + ": worth in " + catalogue.itemName(item));
            }
        }

        /** Whoever sees everything sees a state that the host was in between two ticks: never a part of what was done. */
        void checkClient(final Player player) {
            if (player.game.joinNs() > 0 && ++player.ticksHere > ARRIVING) {
                final World world = player.game.world();
                final Query shown = world.query(world.type(Part.class), player.game.core().position());
                assertTrue(
                    states.contains(state(world, shown, player.game.core().position())),
                    "seed " + seed + ": seat " + player.game.seat() + " sees at tick " + host.tickNumber() + " what never was");
                compared++;
            }
        }

        static long state(final World world, final Query query, final ComponentType<Position> positions) {
            long sum = 0;
            for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
                final Part part = world.type(Part.class).get(entity);
                final Position at = positions.get(entity);
                long mixed = entity * 0x9E3779B97F4A7C15L + part.kind * 31L + part.turn;
                mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L + PartIndex.key((int)at.x, (int)at.y, (int)at.z);
                sum += (mixed ^ mixed >>> 32) * 0x94D049BB133111EBL;
            }
            return sum;
        }

        void settle() {
            for (final Player player : players) {
                if (player.away > 0) {
                    player.away = 0;
                    join(player);
                }
            }
            String difference = "never compared";
            for (int i = 0; i < 1_200 && difference != null; i++) {
                tick();
                difference = i % 10 == 9 ? difference() : difference;
            }
            assertNull(difference, "seed " + seed + ", after a minute of quiet");
            assertEquals(asked, approved + rejected + unanswered, "seed " + seed + ": requests that were answered");
            assertTrue(compared > 1_000, "seed " + seed + ": states compared " + compared);
        }

        String difference() {
            for (final Player player : players) {
                if (!player.open.isEmpty() || player.game.joinNs() == 0) {
                    return "seat " + player.game.seat() + " waits for " + player.open;
                }
                final LongArrayList cells = player.game.cells(0);
                for (int i = 0; i < cells.size(); i++) {
                    final long cell = cells.getLong(i);
                    final CellDigest expected = new CellDigest();
                    host.sources().get(0).digest(cell, expected);
                    if (!expected.items().equals(player.game.digest(0, cell).items())) {
                        return "seat " + player.game.seat() + " differs from the host";
                    }
                }
            }
            return null;
        }
    }
}
