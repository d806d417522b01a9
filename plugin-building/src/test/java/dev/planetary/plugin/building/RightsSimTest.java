package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.BlueprintSeries;
import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.Schematics;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientSettings;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.schematic.SchematicFiles;
import dev.planetary.plugin.building.store.Audit;
import dev.planetary.plugin.building.store.Stores;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.kyori.adventure.nbt.BinaryTagIO.Compression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For whom structures are: a host and players who ask it through their clients. */
class RightsSimTest {
    private final ErrorLog errors = new ErrorLog(System.err);
    private final SimulatedNetwork network = new SimulatedNetwork(1).faults(LinkFaults.NONE);
    private final HostSettings settings = new HostSettings().maxPlayers(3).radiusMetres(128).rethrow(true);
    private final HostGame host = host(Map.of(BuildingPlugin.REACH_PROP_NAME, "500", Stores.KIT_PROP_NAME, "wood:90000,stone:90000,glass:9000,iron:9000"));
    private final Player ada = new Player("Ada", 1);
    private final Player bob = new Player("Bob", 2);
    private final Player eve = new Player("Eve", 3);
    private final List<Player> all = List.of(ada, bob, eve);

    RightsSimTest() {
        for (int i = 0; i < 20; i++) {
            tick();
        }
        assertTrue(all.stream().allMatch(player -> player.game.joinNs() > 0));
    }

    private HostGame host(final Map<String, String> options) {
        final HostGame game = new HostGame(
            settings, List.of(new BuildingPlugin()), network.host(3), new World(new ColumnStore(), 1 << 14, 200), Counters.inMemory(512),
            new GameOptions(1, Optional.empty(), options), network.nanoClock(), errors);
        game.start(Optional.empty());
        return game;
    }

    /** One player, and the verdicts that it heard: "" for yes. */
    private final class Player {
        final ClientGame game;
        final Building building;
        final Storage storage;
        final Map<Integer, String> verdicts = new HashMap<>();

        Player(final String name, final int number) {
            game = new ClientGame(
                new ClientSettings(new PlayerId(1, number), name).rethrow(true), List.of(new BuildingPlugin()), network.client(),
                new World(new ColumnStore()), Counters.inMemory(128), GameOptions.seeded(0), network.nanoClock(), new Random(number), errors);
            building = game.capability(Building.class).orElseThrow();
            storage = game.capability(Storage.class).orElseThrow();
            game.requests().onVerdict((request, yes, reason, detail) -> verdicts.put(request, yes ? "" : reason));
        }

        /** Waits for the verdict: null for yes, else why not. */
        String answer(final int request) {
            assertNotEquals(RequestSender.NONE, request);
            for (int i = 0; i < 40 && !verdicts.containsKey(request); i++) {
                tick();
            }
            final String verdict = verdicts.get(request);
            assertTrue(verdict != null, "no verdict");
            return verdict.isEmpty() ? null : verdict;
        }

        String place(final String kind, final int x, final int y, final int z) {
            return answer(building.place(building.kind(kind), x, y, z, 0, 0));
        }

        int at(final int x, final int y, final int z) {
            return game.capability(OccupancyQuery.class).orElseThrow().occupantAt(x, y, z);
        }
    }

    private void tick() {
        host.tick();
        network.advance(settings.tickPeriodNs());
        for (final Player player : all) {
            player.game.tick();
        }
    }

    @AfterEach
    void shouldHaveKeptAccounts() {
        assertEquals("", Audit.findings(host.world()));
    }

    private void befriend(final Player one, final Player other) {
        assertNull(one.answer(one.storage.invite(other.game.seat())));
        tick();
        assertNull(other.answer(other.storage.join(other.storage.invitation())));
    }

    /** What somebody may do with a wall that stands at 0, 0, 0. */
    private void assertChanges(final Player who, final String refusal, final String touching) {
        final int wall = who.at(0, 0, 0);
        assertEquals(touching, who.place("lamp", 0, 3, 0));
        if (touching == null) {
            assertNull(who.answer(who.building.remove(who.at(0, 3, 0), 0)));
        }
        assertEquals(refusal, who.answer(who.building.damage(wall, 10)));
        if (refusal == null) {
            assertNull(who.answer(who.building.repair(wall, 0)));
            assertNull(who.answer(who.building.turn(wall, 1)));
            assertNull(who.answer(who.building.turn(wall, 0)));
        } else {
            assertEquals(refusal, who.answer(who.building.repair(wall, 0)));
            assertEquals(refusal, who.answer(who.building.turn(wall, 1)));
            assertEquals(refusal, who.answer(who.building.remove(wall, 0)));
        }
    }

    @Test
    void shouldKeepAStructureForItsOwnerUntilItSaysOtherwise() {
        assertNull(ada.place("wall", 0, 0, 0));
        befriend(ada, bob);
        final int wall = ada.at(0, 0, 0);
        final String notYours = "that is a wall of Ada, not yours";
        final String owners = "it would touch a wall of Ada, onto which only its owner builds";
        final String teams = "it would touch a wall of Ada, onto which only its owner's team builds";
        assertChanges(ada, null, null);
        assertChanges(bob, notYours, owners);
        assertChanges(eve, notYours, owners);
        assertNull(ada.answer(ada.storage.access(wall, Storage.TEAM)));
        assertChanges(bob, null, null);
        assertChanges(eve, notYours, teams);
        assertNull(ada.answer(ada.storage.access(wall, Storage.EVERYONE)));
        assertChanges(eve, null, null);
        assertNull(ada.answer(ada.storage.access(wall, Storage.OWNER)));
        assertChanges(bob, notYours, owners);
        assertNull(ada.answer(ada.storage.access(wall, Storage.TEAM)));
        assertNull(bob.answer(bob.storage.join(0)));
        assertChanges(bob, notYours, teams);
    }

    @Test
    void shouldLetAPlayerSayItOfAllThatItBuilds() {
        assertNull(ada.place("wall", 0, 0, 0));
        befriend(bob, ada);
        assertNull(ada.answer(ada.storage.access(0, Storage.TEAM)));
        assertChanges(bob, null, null);
        assertChanges(eve, "that is a wall of Ada, not yours", "it would touch a wall of Ada, onto which only its owner's team builds");
        assertNull(ada.place("pillar", 20, 0, 0));
        assertNull(bob.answer(bob.building.remove(bob.at(20, 0, 0), 0)));
        assertNull(ada.answer(ada.storage.access(ada.at(0, 0, 0), Storage.OWNER)));
        assertChanges(bob, "that is a wall of Ada, not yours", "it would touch a wall of Ada, onto which only its owner builds");
    }

    @Test
    void shouldCountWhatIsAddedToAStructureAsPartOfIt() {
        assertNull(ada.place("wall", 0, 0, 0));
        assertNull(ada.answer(ada.storage.access(ada.at(0, 0, 0), Storage.EVERYONE)));
        assertNull(bob.place("wall", 4, 0, 0));
        assertNull(eve.answer(eve.building.remove(eve.at(4, 0, 0), 0)), "what Bob added is for everyone, too");
        assertNull(bob.place("wall", 6, 0, 0));
        assertEquals("that is a wall of Bob, not yours", eve.answer(eve.building.remove(eve.at(6, 0, 0), 0)));
    }

    @Test
    void shouldSayItOfOnesOwnPartsAlone() {
        assertNull(ada.place("wall", 0, 0, 0));
        assertNull(ada.place("wall", 4, 0, 0));
        assertNull(ada.place("wall", 30, 0, 0));
        assertEquals("only its owner says for whom a structure is", bob.answer(bob.storage.access(bob.at(0, 0, 0), Storage.EVERYONE)));
        assertEquals("there is no access 3: 0 is the owner, 1 its team, 2 everyone", ada.answer(ada.storage.access(ada.at(0, 0, 0), 3)));
        assertNull(ada.answer(ada.storage.access(ada.at(0, 0, 0), Storage.EVERYONE)));
        assertNull(bob.answer(bob.building.remove(bob.at(4, 0, 0), 0)), "what hangs together is one structure");
        assertEquals("that is a wall of Ada, not yours", bob.answer(bob.building.remove(bob.at(30, 0, 0), 0)));
        assertNull(ada.answer(ada.building.placeBlueprint(Buildings.tower(PartCatalogue.standard()).encode(), 40, 0, 0, 0, 0)));
        assertNull(ada.answer(ada.storage.access(ada.at(40, 0, 0), Storage.EVERYONE)));
        assertNull(ada.place("wood-block", 39, 0, 0));
        assertEquals(
            "more than 1000 parts of yours hang together there: say for whom all is that you build",
            ada.answer(ada.storage.access(ada.at(39, 0, 0), Storage.EVERYONE)));
    }

    @Test
    void shouldLetAStoreBeUsedButChangedByItsOwnerAlone() {
        assertNull(ada.place("chest", 0, 0, 0));
        final int chest = ada.at(0, 0, 0);
        assertNull(ada.answer(ada.storage.access(chest, Storage.EVERYONE)));
        assertNull(bob.answer(bob.storage.deposit(chest, 1, 5)));
        assertEquals("that is a chest of Ada, not yours", bob.answer(bob.building.damage(chest, 500)));
        assertNull(bob.place("lamp", 0, 1, 0), "who may use it may build onto it");
        assertNull(bob.answer(bob.building.remove(bob.at(0, 1, 0), 0)));
        assertNull(ada.place("wall", 1, 0, 0));
        assertNull(ada.answer(ada.storage.access(ada.at(1, 0, 0), Storage.EVERYONE)));
        assertNull(ada.answer(ada.storage.access(chest, Storage.OWNER)));
        assertEquals("that store is for its owner alone", bob.answer(bob.storage.deposit(chest, 1, 5)), "a store that hangs on to it is none of it");
    }

    /** Its parts share voxels, which only shows where they would stand; turned, two of them even begin at one place. */
    @Test
    void shouldRejectABlueprintThatFoldsIntoItselfWhenTurned() {
        final PartCatalogue parts = PartCatalogue.standard();
        final byte[] folded = new BlueprintBuilder().add(parts.kind("beam"), 0, 0, 0, 0).add(parts.kind("wood-block"), 3, 0, 0, 0).build().encode();
        assertEquals("two parts of it would be at 3, 0, 0", ada.answer(ada.building.placeBlueprint(folded, 0, 0, 0, 0, 0)));
        assertEquals("two parts begin at 0, 0, -3", ada.answer(ada.building.placeBlueprint(folded, 0, 0, 0, 1, 0)));
    }

    @Test
    void shouldBuildASchematicForAllToSee() {
        final String[] blocks = new String[15 * 15 * 15];
        Arrays.setAll(blocks, i -> i % 7 == 0 ? "air" : i % 2 == 0 ? "oak_planks" : "cobblestone_stairs[facing=west]");
        final byte[] file = SchematicFiles.bytes(SchematicFiles.sponge(3, 15, 15, 15, blocks), Compression.GZIP);
        final BlueprintSeries series = ada.game.capability(Schematics.class).orElseThrow().read(file, 3);
        assertEquals(3, series.steps().size());
        for (final BlueprintSeries.Step step : series.steps()) {
            assertNull(ada.answer(ada.building.placeBlueprint(step.blueprint(), step.x(), step.y(), step.z(), 0, 0)));
        }
        int seen = 0;
        for (int i = 0; i < 15 * 15 * 15; i++) {
            final int x = i % 15;
            final int y = i / 15 % 15;
            final int z = i / 15 / 15;
            assertEquals(ada.at(x, y, z), bob.at(x, y, z));
            seen += bob.at(x, y, z) == OccupancyQuery.NOTHING ? 0 : 1;
        }
        assertEquals(series.steps().stream().mapToInt(BlueprintSeries.Step::parts).sum(), seen);
    }
}
