package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.ViewDrift;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.plugin.VoxelStorage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The terrain domain: a world of voxels, made from a seed ("seed:42") or read from a Minecraft world ("anvil:DIR"), that players dig, fill and
 * build up. Provides {@link VoxelQuery} and {@link VoxelChanges} on both sides, {@link VoxelStorage} on a host, and {@link VoxelEdits} and
 * {@link ViewTampering} on a client. Where another plugin has structures ({@link OccupancyQuery}), nothing is filled in them; where one
 * keeps account ({@link Contributions}), what is dug is counted.
 */
public final class TerrainPlugin implements GamePlugin {
    /** How far from their anchor players reach, in metres along the ground. */
    public static final String REACH_PROP_NAME = "planetary.terrain.reach.metres";

    /** Default of {@link #REACH_PROP_NAME}. */
    public static final int REACH_DEFAULT = 12;

    /** Chunks that the host encodes in a tick at most, over all players; loading a column counts as two. */
    public static final String WORK_PROP_NAME = "planetary.terrain.work.per.tick";

    /** Default of {@link #WORK_PROP_NAME}. */
    public static final int WORK_DEFAULT = 24;

    private static final int REACH_MOST = 1_024;
    private static final int WORK_LEAST = 2;
    private static final int WORK_MOST = 4_096;
    private static final int SECONDS_BETWEEN_RESENDS = 2;
    private static final int SCHEMA_ID = 17;
    private static final int SCHEMA_VERSION = 2;
    private static final String SEED = "seed:";
    private static final String ANVIL = "anvil:";

    private final LongFunction<ColumnGenerator> clientGenerators;

    /** Found as a service. */
    public TerrainPlugin() {
        this(SeedGenerator::new);
    }

    /** With a generator of the client's own, for tests of one that makes another ground than the host's. */
    TerrainPlugin(final LongFunction<ColumnGenerator> clientGenerators) {
        this.clientGenerators = clientGenerators;
    }

    @Override
    public String name() {
        return "terrain";
    }

    @Override
    public int schemaId() {
        return SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        // No components: the ground is a source of its own.
    }

    @Override
    public void host(final HostContext host) {
        final int reach = host.options().integer(REACH_PROP_NAME, REACH_DEFAULT, 1, REACH_MOST);
        final int work = host.options().integer(WORK_PROP_NAME, WORK_DEFAULT, WORK_LEAST, WORK_MOST);
        final TerrainCounters counters = new TerrainCounters(host.counters());
        final TerrainWorld world = new TerrainWorld(host.stamp(), counters);
        final TerrainRequests requests = new TerrainRequests(world, counters, reach, SECONDS_BETWEEN_RESENDS * host.tickRateHz());
        final List<VoxelStorage.ChunkColumn> whole = begin(world, host);
        final TerrainSource source = new TerrainSource(world, counters, SCHEMA_ID, work);
        host.source(source);
        world.parts((cell, part, length) -> host.effectPart(source, cell, part, 0, length));
        host.request(TerrainRequests.EDIT, requests::edit);
        host.request(TerrainRequests.RESEND, requests::resend);
        host.request(TerrainRequests.COMPARE, requests::compare);
        host.onStart(() -> {
            host.capability(OccupancyQuery.class).ifPresent(requests::occupancy);
            host.capability(Contributions.class).ifPresent(requests::contributions);
        });
        host.save(new TerrainSection(() -> world, world::beginLoaded));
        host.provide(VoxelQuery.class, world);
        host.provide(VoxelStorage.class, new TerrainStorage(world, source, whole));
        host.provide(VoxelChanges.class, world);
    }

    /**
     * Begins the world that was asked for. Where a saved one goes on, it takes the place of this one when it is read.
     *
     * @return the columns that were imported whole.
     */
    private static List<VoxelStorage.ChunkColumn> begin(final TerrainWorld world, final HostContext host) {
        final String how = host.options().newWorld().orElse(SEED + host.options().seed());
        if (how.startsWith(SEED)) {
            try {
                world.beginSeeded(Long.parseLong(how.substring(SEED.length()).trim()));
            } catch (final NumberFormatException e) {
                throw new InvalidSettingException("new world " + how + ": expected a whole number behind seed:", e);
            }
        } else if (how.startsWith(ANVIL)) {
            final Materials materials = new Materials();
            try {
                final AnvilImport read = AnvilImport.read(Path.of(how.substring(ANVIL.length())), materials, System.err::println);
                world.beginImported(read, materials);
                return read.wholeColumns();
            } catch (final InvalidPathException e) {
                throw new InvalidSettingException("new world " + how + ": not the name of a folder", e);
            }
        } else {
            throw new InvalidSettingException("new world " + how + ": expected seed:NUMBER or anvil:FOLDER");
        }
        return List.of();
    }

    @Override
    public void client(final ClientContext client) {
        final TerrainView view = new TerrainView();
        final TerrainCounters counters = new TerrainCounters(client.counters());
        final TerrainReader reader = new TerrainReader(view, counters, SCHEMA_ID);
        final TerrainAsking asking = new TerrainAsking(client, view, reader, counters, SECONDS_BETWEEN_RESENDS * client.tickRateHz());
        final DriftCheck comparing = new DriftCheck(client, view, reader, counters);
        client.reader(reader);
        client.requests().onVerdict(asking);
        client.requests().onVerdict(comparing);
        client.system(Phase.PRESENT, "terrain-generate", new TerrainGeneration(view, reader, clientGenerators));
        client.system(Phase.PRESENT, "terrain-repair", asking);
        client.system(Phase.PRESENT, "terrain-compare", comparing);
        client.provide(VoxelQuery.class, view);
        client.provide(VoxelChanges.class, view);
        client.provide(VoxelEdits.class, asking);
        client.provide(ViewTampering.class, view);
        client.provide(ViewDrift.class, counters);
    }
}
