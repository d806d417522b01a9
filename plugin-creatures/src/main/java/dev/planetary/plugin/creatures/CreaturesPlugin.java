package dev.planetary.plugin.creatures;

import dev.planetary.core.component.MotionCauses;
import dev.planetary.core.component.MotionSampler;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.plugin.creatures.sbe.CreatureComponentDecoder;

/**
 * The creatures domain: herds that wander on the ground, shown to clients by dead reckoning within an error bound.
 * They walk on the terrain where a plugin brings one ({@link VoxelQuery}), else on the plane y = 0.
 */
public final class CreaturesPlugin implements GamePlugin {
    /** How many creatures a world without any is given. */
    public static final String COUNT_PROP_NAME = "planetary.creatures.count";

    /** Default of {@link #COUNT_PROP_NAME}. */
    public static final int COUNT_DEFAULT = 500;

    /** How far from the spawn their herds live, in metres. */
    public static final String SPREAD_PROP_NAME = "planetary.creatures.spread";

    /** Default of {@link #SPREAD_PROP_NAME}. */
    public static final int SPREAD_DEFAULT = 200;

    /** How far from its place a client may see a creature, in centimetres. */
    public static final String ERROR_PROP_NAME = "planetary.creatures.error.cm";

    /** Default of {@link #ERROR_PROP_NAME}. */
    public static final int ERROR_DEFAULT = 25;

    private static final int MOST = 100_000;
    private static final int FURTHEST = 4_000;
    private static final int COARSEST = 500;
    private static final double REFRESH_SECONDS = 4;

    private ComponentType<Creature> creature;
    private ComponentType<Mind> mind;

    /** Found as a service. */
    public CreaturesPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "creatures";
    }

    @Override
    public int schemaId() {
        return CreatureComponentDecoder.SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return CreatureComponentDecoder.SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        creature = game.component("creature", CreatureComponentDecoder.TEMPLATE_ID, Creature.class, Creature::new, new CreatureCodec());
        mind = game.localComponent("mind", Mind.class, Mind::new);
    }

    @Override
    public void host(final HostContext host) {
        final int count = host.options().integer(COUNT_PROP_NAME, COUNT_DEFAULT, 0, MOST);
        final int spread = host.options().integer(SPREAD_PROP_NAME, SPREAD_DEFAULT, 16, FURTHEST);
        final double errorBound = host.options().integer(ERROR_PROP_NAME, ERROR_DEFAULT, 2, COARSEST) / 100.0;
        final MotionCauses causes = new MotionCauses(host.core(), host.tickRateHz(), errorBound, REFRESH_SECONDS);
        final Wandering wandering = new Wandering(host.world(), mind, causes, host.tickRateHz());
        host.onStart(() -> begin(host, wandering, count, spread));
        host.system(Phase.SIMULATE, "wandering", wandering);
    }

    @Override
    public void client(final ClientContext client) {
        client.system(
            Phase.PRESENT,
            "creatures-shown",
            new MotionSampler(client.world(), client.core(), creature, client::tickRateHz, client::presentTick));
    }

    private void begin(final HostContext host, final Wandering wandering, final int count, final int spread) {
        final VoxelQuery ground = host.capability(VoxelQuery.class).orElse(HeightGround.FLAT);
        final Herds herds = new Herds(host.world(), host.core(), ground, host.options().seed(), spread);
        final Query saved = host.world().query(creature, host.core().position(), host.core().velocity(), host.core().motionStart());
        if (saved.first() == NetworkId.NONE) {
            herds.found(count);
        } else {
            herds.gather(saved, creature);
        }
        wandering.begin(herds, ground);
    }
}
