package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.standalone.PlacingPlugin;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;

/**
 * What it costs to tell a player who looks on that somebody built: all bytes of the records on its transaction lane, with the lengths before them. Over a
 * link that loses nothing these are sent once.
 */
class BuildingBytesSimTest {
    private static final int PLACED_BYTES = 24;
    private static final int BLUEPRINT_BYTES = 3;
    private static final PartCatalogue CATALOGUE = PartCatalogue.standard();
    private static final String ONLOOKER = "onlooker";
    private static final String BUILDER = "builder";
    /** Everybody stands some way out, where columns have two digits. */
    private static final int X = 1_337;
    private static final int Z = -2_111;
    private static final PlacingPlugin FAR_OUT = new PlacingPlugin(seat -> seat.anchor(X, 0, Z));

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final HostSettings settings = new HostSettings().maxPlayers(2).radiusMetres(128).rethrow(true);
    private final Counters counters = Counters.inMemory(512);
    private final HostGame host = new HostGame(
        settings, List.of(new BuildingPlugin(), FAR_OUT), network.host(8), new World(new ColumnStore(), 1 << 16, 200), counters,
        new GameOptions(1, Optional.empty(), Map.of(
            BuildingPlugin.REACH_PROP_NAME, "100", Stores.KIT_PROP_NAME, "wood:90000,stone:90000,iron:90000,glass:90000")),
        network.nanoClock(), new ErrorLog(System.err));
    private final ClientGame builder;
    private final ClientGame onlooker;
    private final Building building;
    private int verdicts;

    BuildingBytesSimTest() {
        host.start(Optional.empty());
        builder = join(BUILDER, 1);
        onlooker = join(ONLOOKER, 2);
        building = builder.capability(Building.class).orElseThrow();
        builder.requests().onVerdict((request, yes, reason, detail) -> verdicts += yes ? 1 : 0);
        for (int i = 0; i < 100 && (builder.joinNs() == 0 || onlooker.joinNs() == 0); i++) {
            tick();
        }
        tick(20);
    }

    private ClientGame join(final String name, final int id) {
        return new ClientGame(
            new ClientSettings(new PlayerId(1, id), name).rethrow(true), List.of(new BuildingPlugin(), FAR_OUT), network.client(),
            new World(new ColumnStore()), Counters.inMemory(128), GameOptions.seeded(0), network.nanoClock(), new Random(id), new ErrorLog(System.err));
    }

    private void tick() {
        host.tick();
        network.advance(settings.tickPeriodNs());
        builder.tick();
        onlooker.tick();
    }

    private void tick(final int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    /** Bytes of the records that a player was sent. */
    private long laneBytes(final String player) {
        final CountersReader reader = counters.reader();
        final long[] bytes = new long[1];
        reader.forEach((id, label) -> bytes[0] += label.contains(" " + player + ": transaction lane") ? reader.getCounterValue(id) : 0);
        return bytes[0];
    }

    /** Waits for the verdict and for what was done to arrive everywhere. Returns the bytes that the onlooker was sent. */
    private long told(final int request) {
        final long before = laneBytes(ONLOOKER);
        final int answered = verdicts;
        assertTrue(request != 0, "no request was sent");
        for (int i = 0; i < 60 && verdicts == answered; i++) {
            tick();
        }
        assertTrue(verdicts > answered, "no answer came");
        tick(4);
        return laneBytes(ONLOOKER) - before;
    }

    private int parts(final ClientGame client) {
        int count = 0;
        for (int slot = 0; slot < client.world().slotLimit(); slot++) {
            final int entity = client.world().entityAt(slot);
            count += entity != NetworkId.NONE && client.world().type(Part.class).on(entity) ? 1 : 0;
        }
        return count;
    }

    private long placeBlueprint(final String what, final Blueprint blueprint, final int x, final int z) {
        final int before = parts(onlooker);
        final byte[] bytes = blueprint.encode();
        final int answered = verdicts;
        // The pieces of the blueprint have verdicts of their own.
        final int request = building.placeBlueprint(bytes, X + x, 0, Z + z, 0, 0);
        final long quiet = laneBytes(ONLOOKER);
        assertTrue(request != 0, "no request was sent");
        for (int i = 0; i < 100 && parts(onlooker) == before; i++) {
            tick();
        }
        tick(4);
        assertTrue(verdicts > answered, "no answer came");
        assertEquals(before + blueprint.parts(), parts(onlooker), "the onlooker sees all of " + what);
        final long told = laneBytes(ONLOOKER) - quiet;
        System.out.printf("%s of %d parts: %d bytes, %.2f a part%n", what, blueprint.parts(), told, (double)told / blueprint.parts());
        return told;
    }

    // ---- tests ----

    @Test
    void shouldTellOfAPlacedPartInFewBytes() {
        final Random random = new Random(3);
        long most = 0;
        long sum = 0;
        final long own = laneBytes(BUILDER);
        for (int i = 0; i < 40; i++) {
            final long told = told(building.place(
                1 + random.nextInt(4), X + i % 8 * 9 - 36, 0, Z + i / 8 * 9 - 20, random.nextInt(4), 0));
            assertTrue(told > 0, "the onlooker was told nothing");
            most = Math.max(most, told);
            sum += told;
        }
        System.out.printf("a placed part: %d bytes at most, %.1f in the mean; its builder, with stock, accounts and verdict, %.1f%n", most, sum / 40.0,
            (laneBytes(BUILDER) - own) / 40.0);
        assertEquals(40, parts(onlooker));
        assertTrue(most <= PLACED_BYTES, "bytes of a placed part: " + most);
    }

    @Test
    void shouldTellOfABlueprintInFewBytesAPart() {
        final List<Blueprint> blueprints = List.of(Buildings.cottage(CATALOGUE), Buildings.tower(CATALOGUE));
        final List<String> names = List.of("a cottage", "a tower");
        for (int i = 0; i < blueprints.size(); i++) {
            final long told = placeBlueprint(names.get(i), blueprints.get(i), 40 * i - 40, 10 * i - 30);
            assertTrue(told <= BLUEPRINT_BYTES * blueprints.get(i).parts(), "bytes of " + names.get(i) + ": " + told);
        }
    }

    @Test
    void shouldTellOfABlueprintInFewBytesWhereMuchWasBuiltAndTornDown() {
        placeBlueprint("a tower", Buildings.tower(CATALOGUE), -40, -30);
        final Random random = new Random(4);
        final List<Integer> standing = new ArrayList<>();
        for (int slot = 0; slot < host.world().slotLimit(); slot++) {
            final int entity = host.world().entityAt(slot);
            if (entity != NetworkId.NONE && host.world().type(Part.class).on(entity)) {
                standing.add(entity);
            }
        }
        for (int i = 0; i < 300; i++) {
            building.damage(standing.remove(random.nextInt(standing.size())), 1_000);
            tick();
        }
        // Until slots and names have rested.
        tick(250);
        final long told = placeBlueprint("a cottage where a tower fell", Buildings.cottage(CATALOGUE), 0, 0);
        assertTrue(told <= BLUEPRINT_BYTES * Buildings.cottage(CATALOGUE).parts(), "bytes of a cottage: " + told);
    }
}
