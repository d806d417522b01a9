package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.ItemAudit;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.Schematics;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.ComponentType;
import dev.planetary.plugin.building.sbe.HealthComponentDecoder;
import dev.planetary.plugin.building.sbe.PartComponentDecoder;
import dev.planetary.plugin.building.store.StoreRequests;
import dev.planetary.plugin.building.store.StoreTypes;
import dev.planetary.plugin.building.store.StoreView;
import dev.planetary.plugin.building.store.Stores;

/**
 * The building domain: structures of parts that players place one by one or by blueprint, damage, repair and remove, and that fall where nothing holds
 * them. They stand on the terrain where a plugin brings one ({@link VoxelQuery}), else on the plane y = 0. Provides {@link OccupancyQuery} on both sides
 * and
 * {@link Building} and {@link Schematics} on a client.
 */
public final class BuildingPlugin implements GamePlugin {
    /** How far from their anchor players reach, in metres along the ground. */
    public static final String REACH_PROP_NAME = "planetary.building.reach.metres";

    /** Default of {@link #REACH_PROP_NAME}. */
    public static final int REACH_DEFAULT = 12;

    /** Metres around a player's parts within which those build alone who may change them; 0 for none. */
    public static final String DISTANCE_PROP_NAME = "planetary.building.distance.metres";

    /** Default of {@link #DISTANCE_PROP_NAME}. */
    public static final int DISTANCE_DEFAULT = 0;

    private static final int REACH_MOST = 1_024;
    private static final int DISTANCE_MOST = 64;

    private final PartCatalogue catalogue = PartCatalogue.standard();
    private ComponentType<Part> parts;
    private ComponentType<Health> health;
    private StoreTypes storeTypes;
    private VoxelQuery voxels = HeightGround.FLAT;

    /** Found as a service. */
    public BuildingPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "building";
    }

    @Override
    public int schemaId() {
        return PartComponentDecoder.SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return PartComponentDecoder.SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        parts = game.component("part", PartComponentDecoder.TEMPLATE_ID, Part.class, Part::new, new PartCodec());
        health = game.component("health", HealthComponentDecoder.TEMPLATE_ID, Health.class, Health::new, new HealthCodec());
        storeTypes = new StoreTypes(game);
    }

    @Override
    public void host(final HostContext host) {
        final int reach = host.options().integer(REACH_PROP_NAME, REACH_DEFAULT, 1, REACH_MOST);
        final int distance = host.options().integer(DISTANCE_PROP_NAME, DISTANCE_DEFAULT, 0, DISTANCE_MOST);
        final PartIndex index = new PartIndex();
        final Stores stores = new Stores(host, storeTypes, StorePayment.catalogue(catalogue, parts));
        final Payment payment = new StorePayment(stores, reach);
        final BlueprintShelf shelf = new BlueprintShelf();
        final SeatNames names = new SeatNames(shelf);
        final Ground ground = (x, y, z) -> voxels.isSolid(x, y, z);
        final Support support = new Support(index, ground);
        final Structures structures =
            new Structures(host, catalogue, parts, health, index, support, payment, stores, new BuildingCounters(host.counters()));
        final PlacementRules.PartNames partNames = part -> names.nameOf(part, structures.owner(part.entity));
        final StoreRequests storeRequests = new StoreRequests(stores, reach);
        final BuildingRequests requests = new BuildingRequests(
            catalogue, index, new PlacementRules(ground, index, support, partNames),
            new TeamRights(index, structures::owner, stores, partNames, distance), payment, structures, shelf, storeRequests, host.world(), reach);
        host.seats(names);
        host.seats(stores);
        host.system(Phase.SIMULATE, "accounts", stores);
        storeRequests.register(host);
        host.provide(Inventories.class, stores);
        host.provide(Contributions.class, stores);
        host.request(BuildingRequests.PLACE, requests::place);
        host.request(BuildingRequests.REMOVE, requests::remove);
        host.request(BuildingRequests.DAMAGE, requests::damage);
        host.request(BuildingRequests.REPAIR, requests::repair);
        host.request(BuildingRequests.TURN, requests::turn);
        host.request(StoreRequests.ACCESS, requests::access);
        host.request(BuildingRequests.UPLOAD, requests::upload);
        host.request(BuildingRequests.PLACE_BLUEPRINT, requests::placeBlueprint);
        host.system(Phase.SIMULATE, "support", structures);
        host.provide(OccupancyQuery.class, index);
        host.provide(ItemAudit.class, new BuildingAudit(host.world(), catalogue, parts, health));
        host.onStart(() -> {
            voxels = host.capability(VoxelQuery.class).orElse(HeightGround.FLAT);
            stores.begin();
            structures.begin();
            host.capability(VoxelChanges.class).ifPresent(changes -> changes.listen(structures));
        });
    }

    @Override
    public void client(final ClientContext client) {
        final PartIndex index = new PartIndex();
        client.listen(new ShownParts(catalogue, parts, client.core().position(), index));
        client.provide(OccupancyQuery.class, index);
        final StoreView view = new StoreView(client, storeTypes, StorePayment.catalogue(catalogue, parts));
        client.provide(Inventories.class, view);
        client.provide(Storage.class, view);
        client.provide(Building.class, new BuildingAsking(catalogue, client.requests()));
        client.provide(Schematics.class, new SchematicImport(catalogue));
    }
}
