package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class BuilderTest {
    private static final int GROUND = 10;
    private static final int CHEST = 11;
    private static final int STORE = 700;

    private final List<String> asked = new ArrayList<>();
    private final List<Integer> stores = new ArrayList<>();
    private final Set<Integer> heights = new HashSet<>();
    private final Vector3d place = new Vector3d(107, GROUND, -58);
    private boolean knowsParts = true;
    private int taken;
    private int own;
    private int chestX = Integer.MIN_VALUE;
    private int shared;
    private int held = 1_000;
    private boolean hasAccount = true;
    private int requests;

    private final Building building = new Building() {
        @Override
        public int kind(final String name) {
            return !knowsParts ? 0 : name.equals("chest") ? CHEST : 1;
        }

        @Override
        public int place(final int kind, final int x, final int y, final int z, final int turn, final int store) {
            heights.add(y);
            stores.add(store);
            chestX = kind == CHEST ? x : chestX;
            return note((kind == CHEST ? "chest" : "place") + " " + x + " " + y + " " + z);
        }

        @Override
        public int remove(final int part, final int store) {
            return note("remove " + part);
        }

        @Override
        public int damage(final int part, final int points) {
            return note("damage " + part);
        }

        @Override
        public int repair(final int part, final int store) {
            return note("repair " + part);
        }

        @Override
        public int turn(final int part, final int turn) {
            return note("turn " + part);
        }

        @Override
        public byte[] blueprint(final int... parts) {
            return new byte[] {1};
        }

        @Override
        public int placeBlueprint(final byte[] blueprint, final int x, final int y, final int z, final int quarters, final int store) {
            heights.add(y);
            stores.add(store);
            return note("blueprint " + x + " " + y + " " + z);
        }
    };

    private final Parts parts = new Parts() {
        @Override
        public int seat() {
            return 3;
        }

        @Override
        public int pick(final boolean isOwn, final Vector3d near, final double metres, final Random random) {
            return isOwn ? 500 : 600;
        }

        @Override
        public int countOwn() {
            return own;
        }

        @Override
        public void place(final int part, final Vector3d into) {
            into.set(place);
        }

        @Override
        public int partAt(final int x, final int y, final int z) {
            return x == chestX ? STORE : y >= GROUND && y < GROUND + taken ? 1 : OccupancyQuery.NOTHING;
        }
    };

    private final Storage storage = new Storage() {
        @Override
        public int deposit(final int store, final int item, final int count) {
            return note("deposit " + store);
        }

        @Override
        public int withdraw(final int store, final int item, final int count) {
            return note("withdraw " + store + " " + count);
        }

        @Override
        public int move(final int from, final int to, final int item, final int count) {
            throw new AssertionError("builders move nothing from store to store");
        }

        @Override
        public int access(final int store, final int level) {
            return note("access " + store + " " + level);
        }

        @Override
        public int invite(final int seat) {
            throw new AssertionError("builders have no teams");
        }

        @Override
        public int join(final int team) {
            throw new AssertionError("builders have no teams");
        }

        @Override
        public int sharedStoreNear(final double x, final double z, final double metres) {
            return shared;
        }

        @Override
        public int team() {
            return 0;
        }

        @Override
        public int invitation() {
            return 0;
        }

        @Override
        public long contributed(final Contributions.Kind kind) {
            return 0;
        }
    };

    private final Inventories inventories = new Inventories() {
        @Override
        public int item(final String name) {
            return 1;
        }

        @Override
        public String itemName(final int item) {
            return "wood";
        }

        @Override
        public int holderOf(final int seat) {
            return hasAccount ? seat : NONE;
        }

        @Override
        public int count(final int holder, final int item) {
            return held;
        }

        @Override
        public boolean canTake(final int holder, final int item, final int count) {
            return false;
        }

        @Override
        public void take(final int holder, final int item, final int count) {
            throw new AssertionError();
        }

        @Override
        public boolean canGive(final int holder, final int item, final int count) {
            return false;
        }

        @Override
        public void give(final int holder, final int item, final int count) {
            throw new AssertionError();
        }

        @Override
        public boolean canTransfer(final int from, final int to, final int item, final int count) {
            return false;
        }

        @Override
        public void transfer(final int from, final int to, final int item, final int count) {
            throw new AssertionError();
        }
    };

    private int note(final String what) {
        asked.add(what);
        return ++requests;
    }

    private Builder builder(final long seed, final Verdicts verdicts) {
        return new Builder(seed, building, parts, verdicts, Optional.of(new HeightGround((x, z) -> GROUND)), Optional.empty(), Optional.of(inventories),
            Optional.of(storage));
    }

    private List<String> build(final int times) {
        final Builder builder = builder(1, new Verdicts());
        for (int i = 0; i < times; i++) {
            builder.build(place);
        }
        return asked;
    }

    private boolean hasAsked(final String what) {
        return asked.stream().anyMatch(line -> line.startsWith(what));
    }

    @Test
    void shouldBuildOnTheGroundInAllItsWays() {
        build(1_000);

        assertEquals(Set.of(GROUND), heights);
        for (final String what : List.of("place ", "blueprint ", "chest ", "access 700 2", "deposit 700", "remove 500", "remove 600", "damage 500",
            "repair 500", "turn 500")) {
            assertTrue(hasAsked(what), what);
        }
    }

    @Test
    void shouldBuildOnWhatStandsThereButNotOutOfReach() {
        taken = 4;
        build(200);
        assertEquals(Set.of(GROUND + taken), heights);

        heights.clear();
        taken = 40;
        build(200);
        assertEquals(Set.of(), heights);
    }

    @Test
    void shouldOnlyTakeAwayOnceItHasBuiltEnough() {
        own = Builder.MOST_PARTS + 1;
        build(100);

        assertTrue(asked.stream().allMatch(line -> line.matches("(remove|damage) 500")), asked.toString());
        assertFalse(asked.isEmpty());
    }

    @Test
    void shouldBuildFromTheStoreThatEveryoneMayUse() {
        shared = STORE;
        build(200);

        assertEquals(Set.of(0, STORE), Set.copyOf(stores));
        assertTrue(hasAsked("withdraw 700"));
        assertFalse(hasAsked("chest"), "there is one");
    }

    @Test
    void shouldKeepSomeItemsForItself() {
        shared = STORE;
        held = 100;
        build(500);

        assertFalse(hasAsked("deposit"));
    }

    @Test
    void shouldWantWhatOthersNearTheSameSiteWantWhenTheHostsClockStrikes() {
        shared = STORE;
        final Verdicts verdicts = new Verdicts();
        final Builder ada = builder(1, verdicts);
        final Builder bob = builder(2, verdicts);
        ada.contest(place, 990);
        bob.contest(place, 1_001);
        assertEquals(List.of(), asked, "nobody knows when the clock last struck");

        int rounds = 0;
        for (double tick = 1_190; tick < 3_900; tick += 1) {
            asked.clear();
            ada.contest(place, tick);
            final List<String> first = List.copyOf(asked);
            asked.clear();
            bob.contest(new Vector3d(place).add(2, 0, 1), tick);
            if (tick >= 1_201) {
                assertEquals(first, asked, "at tick " + tick);
            }
            rounds += first.size();
        }
        // One in four is about the ground, of which this game has none.
        assertTrue(rounds >= 9 && rounds <= 14, "rounds " + rounds);
        assertNotEquals(0, verdicts.contested());
    }

    @Test
    void shouldFindAPlaceForEarthThatMeetsNothingBuilt() {
        final Builder builder = builder(1, new Verdicts());
        final Vector3d found = new Vector3d();

        assertTrue(builder.findFillable(place, 3, found));
        assertEquals(place, found, "at its own feet");

        taken = 2;
        assertFalse(builder.findFillable(place, 3, found));
    }

    @Test
    void shouldGoToTheNearestSiteBeforeTheHostsClockStrikes() {
        final Builder builder = builder(1, new Verdicts());
        final Vector3d from = new Vector3d(98, GROUND, -60);

        assertEquals(OptionalDouble.empty(), builder.way(from, 1_110));
        assertEquals(0, builder.way(from, 1_190).orElseThrow(), 1e-9, "the site is at 108, -60");
        assertEquals(OptionalDouble.empty(), builder.way(new Vector3d(108, GROUND, -60), 1_190), "it is there");
    }

    @Test
    void shouldWantNothingWhereNoSiteIsNear() {
        final Builder builder = builder(1, new Verdicts());
        for (double tick = 0; tick < 2_000; tick += 1) {
            builder.contest(new Vector3d(0.5, GROUND, 0.5), tick);
        }

        assertEquals(List.of(), asked);
    }

    @Test
    void shouldWaitForAnAccountWhichAHostWithoutThePluginNeverGives() {
        final Builder builder = builder(1, new Verdicts());
        hasAccount = false;
        assertFalse(builder.isAtWork());

        hasAccount = true;
        assertTrue(builder.isAtWork());
    }

    @Test
    void shouldLeaveWhatTheGameHasNoPartsFor() {
        knowsParts = false;
        build(300);

        assertFalse(hasAsked("place") || hasAsked("blueprint") || hasAsked("chest"), asked.toString());
    }
}
