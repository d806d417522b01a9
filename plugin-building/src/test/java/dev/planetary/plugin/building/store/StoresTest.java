package dev.planetary.plugin.building.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.sbe.InviteToTeamEncoder;
import dev.planetary.plugin.building.sbe.JoinTeamEncoder;
import dev.planetary.plugin.building.sbe.MoveItemsEncoder;
import dev.planetary.plugin.building.sbe.SetAccessEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** Stores against a trivial model, and who may do what. */
class StoresTest {
    private static final int WOOD = 1;
    private static final int STONE = 2;
    private static final int SLOTS = 4;
    private static final int REACH = 12;

    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final List<Integer> chests = new ArrayList<>();
    private Stores stores;
    private StoreRequests requests;

    /** Stores alone, without parts: any entity that the test says is a chest. */
    private final class StoresPlugin implements GamePlugin {
        private StoreTypes types;

        @Override
        public String name() {
            return "stores";
        }

        @Override
        public int schemaId() {
            return 18;
        }

        @Override
        public int schemaVersion() {
            return 1;
        }

        @Override
        public void register(final GameContext game) {
            types = new StoreTypes(game);
        }

        @Override
        public void host(final HostContext host) {
            stores = new Stores(host, types, new StoreCatalogue() {
                @Override
                public int slots(final int part) {
                    return chests.contains(part) && host.world().isAlive(part) ? SLOTS : 0;
                }

                @Override
                public int item(final String name) {
                    return name.equals("wood") ? WOOD : name.equals("stone") ? STONE : 0;
                }

                @Override
                public String itemName(final int item) {
                    return item == WOOD ? "wood" : item == STONE ? "stone" : "item " + item;
                }
            });
            requests = new StoreRequests(stores, REACH);
            host.seats(stores);
            host.system(Phase.SIMULATE, "accounts", stores);
            host.onStart(stores::begin);
        }
    }

    private StandaloneGame game(final String kit) {
        return new StandaloneGame(new GameOptions(1, Optional.of("seed:1"), Map.of(Stores.KIT_PROP_NAME, kit))).plugin(StoresPlugin::new);
    }

    private Seat join(final StandaloneGame game, final int number) {
        final Seat seat = game.join(new PlayerId(7, number), "player " + number);
        game.tick();
        return seat;
    }

    private int chest(final StandaloneGame game, final double x, final int owner) {
        final int chest = game.host().world().spawn(new Position(x, 0, 0), new Owner(owner));
        chests.add(chest);
        return chest;
    }

    private static String carriedOut(final Verdict verdict) {
        if (verdict instanceof Verdict.Approved approved) {
            approved.effect().apply();
            return null;
        }
        return ((Verdict.Rejected)verdict).reason();
    }

    private String move(final Seat seat, final int from, final int to, final int item, final long count) {
        new MoveItemsEncoder().wrap(message, 0)
            .from(Integer.toUnsignedLong(from)).to(Integer.toUnsignedLong(to)).count(count).item(item);
        return carriedOut(requests.move(seat, message, 0, MoveItemsEncoder.BLOCK_LENGTH, 1, 0));
    }

    private String access(final Seat seat, final int store, final int level) {
        new SetAccessEncoder().wrap(message, 0).store(Integer.toUnsignedLong(store)).level((short)level);
        return carriedOut(requests.access(seat, message, 0, SetAccessEncoder.BLOCK_LENGTH, 1, 0));
    }

    private String invite(final Seat seat, final int guest) {
        new InviteToTeamEncoder().wrap(message, 0).player(guest);
        return carriedOut(requests.invite(seat, message, 0, InviteToTeamEncoder.BLOCK_LENGTH, 1, 0));
    }

    private String follow(final Seat seat, final int team) {
        new JoinTeamEncoder().wrap(message, 0).team(Integer.toUnsignedLong(team));
        return carriedOut(requests.join(seat, message, 0, JoinTeamEncoder.BLOCK_LENGTH, 1, 0));
    }

    @Test
    void shouldLetExactlyOneOfTwoSpendTheLastItem() {
        final StandaloneGame game = game("wood:1").start();
        final Seat ada = join(game, 0);
        final Seat bob = join(game, 1);
        final int chest = chest(game, 1, ada.number());
        assertNull(access(ada, chest, Access.EVERYONE));
        assertNull(move(ada, 0, chest, WOOD, 1));
        final int[] items = {WOOD};
        final int[] counts = {1};
        assertNull(stores.obstacleToPaying(bob, chest, REACH, items, counts));
        stores.pay(bob, chest, items, counts);
        assertEquals("not enough wood: 1 needed, 0 there", stores.obstacleToPaying(ada, chest, REACH, items, counts));
        assertEquals("not enough wood: 1 asked for, 0 there", move(ada, chest, 0, WOOD, 1));
        assertEquals(1, stores.of(bob.player(), Contributions.Kind.BUILT_WITH));
        assertEquals(1, stores.of(ada.player(), Contributions.Kind.DEPOSITED));
        assertEquals(1, Audit.built(game.host().world(), WOOD));
        assertEquals("", Audit.findings(game.host().world()));
    }

    @Test
    void shouldKeepStoresForThoseWhomTheirOwnerLetsIn() {
        final StandaloneGame game = game("wood:10").start();
        final Seat ada = join(game, 0);
        final Seat bob = join(game, 1);
        final int chest = chest(game, 1, ada.number());
        assertNull(move(ada, 0, chest, WOOD, 5));
        assertEquals("that store is for its owner alone", move(bob, chest, 0, WOOD, 1));
        assertNull(access(ada, chest, Access.TEAM));
        assertEquals("that store is for its owner's team alone", move(bob, chest, 0, WOOD, 1));
        assertEquals("you are not invited to that team", follow(bob, stores.holderOf(ada.number())));
        assertNull(invite(ada, bob.number()));
        assertNull(follow(bob, stores.team(ada.number())));
        assertNull(move(bob, chest, 0, WOOD, 1));
        assertEquals("only the owner of a store says who may use it", access(bob, chest, Access.EVERYONE));
        assertNull(follow(bob, 0));
        assertEquals("that store is for its owner's team alone", move(bob, chest, 0, WOOD, 1));
        bob.anchor(1_000, 0, 0);
        assertNull(access(ada, chest, Access.EVERYONE));
        assertEquals("too far: 999 m, reach is 12 m", move(bob, chest, 0, WOOD, 1));
    }

    @Test
    void shouldAgreeWithATrivialModelAndConserveAllItems() {
        for (int seed = 1; seed <= 20; seed++) {
            chests.clear();
            final Random random = new Random(seed);
            final StandaloneGame game = game("wood:3000,stone:2500").start();
            final World world = game.host().world();
            final Seat[] seats = {join(game, 0), join(game, 1), join(game, 2)};
            final int[] holders = new int[6];
            final Map<Long, Long> model = new HashMap<>();
            for (int i = 0; i < 3; i++) {
                holders[i] = chest(game, i, 0xFFFF);
                holders[3 + i] = stores.holderOf(i);
                assertNotEquals(0, holders[3 + i]);
                model.put(key(holders[3 + i], WOOD), 3_000L);
                model.put(key(holders[3 + i], STONE), 2_500L);
            }
            int moved = 0;
            for (int i = 0; i < 2_000; i++) {
                final int who = random.nextInt(3);
                final int from = holders[random.nextInt(6)];
                final int to = holders[random.nextInt(6)];
                final int item = 1 + random.nextInt(3);
                final long count = random.nextInt(20) == 0 ? 0xFFFF_FFF0L : random.nextInt(1_500);
                final boolean mine = isOpenTo(from, holders, who) && isOpenTo(to, holders, who);
                final boolean right = mine && from != to && count > 0 && count <= model.getOrDefault(key(from, item), 0L)
                    && (isPlayer(to, holders) || stacksWith(model, to, item, count) <= SLOTS);
                assertEquals(right, move(seats[who], from, to, item, count) == null, "seed " + seed + ", request " + i);
                if (right) {
                    moved++;
                    model.merge(key(from, item), -count, Long::sum);
                    model.merge(key(to, item), count, Long::sum);
                }
                if (i % 100 == 0) {
                    game.tick();
                    assertEquals("", Audit.findings(world), "seed " + seed);
                }
            }
            assertTrue(moved > 100, "seed " + seed + ": moved " + moved);
            for (final int holder : holders) {
                for (int item = 1; item <= 3; item++) {
                    assertEquals(model.getOrDefault(key(holder, item), 0L), stores.count(holder, item));
                }
            }
            assertEquals(9_000, Audit.held(world, WOOD));
            assertEquals(7_500, Audit.held(world, STONE));
            assertEquals("", Audit.findings(world));
            final StandaloneGame again = game("wood:3000,stone:2500").continueFrom(game.save()).start();
            for (final int holder : holders) {
                assertEquals(model.getOrDefault(key(holder, WOOD), 0L), stores.count(holder, WOOD), "after a restart");
            }
            join(again, 0);
            assertEquals(9_000, Audit.held(again.host().world(), WOOD), "nobody gets a start kit twice");
        }
    }

    private static boolean isPlayer(final int holder, final int[] holders) {
        return holder == holders[3] || holder == holders[4] || holder == holders[5];
    }

    private static boolean isOpenTo(final int holder, final int[] holders, final int who) {
        return !isPlayer(holder, holders) || holder == holders[3 + who];
    }

    private static long stacksWith(final Map<Long, Long> model, final int holder, final int item, final long more) {
        long stacks = 0;
        for (int each = 1; each <= 3; each++) {
            final long count = model.getOrDefault(key(holder, each), 0L) + (each == item ? more : 0);
            stacks += (count + Stores.STACK - 1) / Stores.STACK;
        }
        return stacks;
    }

    private static long key(final int holder, final int item) {
        return (long)holder << 16 | item;
    }

    @Test
    void shouldPayBackToThePlayerWhatAChestThatGoesCannotTake() {
        final StandaloneGame game = game("wood:10").start();
        final Seat ada = join(game, 0);
        final int chest = chest(game, 1, ada.number());
        assertNull(move(ada, 0, chest, WOOD, 3));
        stores.pay(ada, 0, new int[] {WOOD}, new int[] {4});
        stores.onGoing(chest);
        stores.refund(ada, chest, REACH, new int[] {WOOD}, new int[] {4});
        game.host().world().despawn(chest);
        assertEquals(10, stores.count(stores.holderOf(ada.number()), WOOD));
        assertEquals("", Audit.findings(game.host().world()));
    }

    @Test
    void shouldSayWhatIsWrongWithAStartKit() {
        final StandaloneGame game = game("wood:many");
        final String said = assertThrows(RuntimeException.class, game::start).getMessage();
        assertTrue(said.contains("\"wood:many\" should be an item and its count"), said);
    }
}
