package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.ItemAudit;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.standalone.StandaloneGame;
import dev.planetary.plugin.building.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a player sees and asks of stores, and what the host adds up. */
class StoresInSightTest {
    private final StandaloneGame game = new StandaloneGame(
        new GameOptions(1, Optional.of("seed:1"), Map.of(Stores.KIT_PROP_NAME, "wood:100,iron:5"))).plugin(BuildingPlugin::new).start();

    private <C> C client(final Class<C> capability) {
        return game.client().capability(capability).orElseThrow();
    }

    /** Places a chest and lets everyone use it; its network id. */
    private int sharedChest(final int x) {
        final Building building = client(Building.class);
        building.place(building.kind("chest"), x, 0, 0, 0, 0);
        game.tick(3);
        final int chest = client(OccupancyQuery.class).occupantAt(x, 0, 0);
        assertNotEquals(OccupancyQuery.NOTHING, chest, "the chest at " + x);
        client(Storage.class).access(chest, Storage.EVERYONE);
        game.tick(3);
        return chest;
    }

    @Test
    void shouldFindTheNearestStoreThatEveryoneMayUse() {
        game.join(new PlayerId(7, 1), "Ada");
        game.tick(3);
        final Storage storage = client(Storage.class);
        assertEquals(0, storage.sharedStoreNear(0, 0, 100));
        final int near = sharedChest(4);
        final int far = sharedChest(9);

        assertEquals(near, storage.sharedStoreNear(0, 0, 100));
        assertEquals(far, storage.sharedStoreNear(10, 0, 100));
        assertEquals(0, storage.sharedStoreNear(0, 0, 3));
        storage.access(near, Storage.OWNER);
        game.tick(3);
        assertEquals(far, storage.sharedStoreNear(0, 0, 100));
    }

    @Test
    void shouldAddUpWhatIsHeldBuiltAndLostAndNoticeWhatIsNot() {
        game.join(new PlayerId(7, 1), "Ada");
        game.tick(3);
        final int chest = sharedChest(4);
        client(Storage.class).deposit(chest, client(Inventories.class).item("wood"), 30);
        client(Building.class).damage(chest, 50);
        game.tick(3);
        final ItemAudit audit = game.host().capability(ItemAudit.class).orElseThrow();

        assertEquals("", audit.findings());
        assertEquals(List.of(new ItemAudit.Sums("wood", 100, 92, 4, 4), new ItemAudit.Sums("iron", 5, 5, 0, 0)),
            audit.sums().stream().filter(sums -> sums.issued() > 0).toList());

        game.host().world().type(Health.class).get(chest).points = 100;
        assertEquals("wood: parts stand for 8, built by the accounts 4; ", audit.findings());
    }
}
