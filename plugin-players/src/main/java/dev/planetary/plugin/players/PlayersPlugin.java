package dev.planetary.plugin.players;

import dev.planetary.core.component.MotionSampler;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.PlayerNames;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.ComponentType;
import dev.planetary.plugin.players.sbe.AvatarComponentDecoder;
import dev.planetary.plugin.players.sbe.SteerInputDecoder;
import java.util.Optional;

/**
 * The players domain: an avatar for each seated player, steered by its inputs and moved by the host, shown to others by dead reckoning.
 * It stands on the terrain where a plugin brings one ({@link VoxelQuery}), else on the plane y = 0. Offers clients {@link AvatarControl} and
 * {@link PlayerNames}.
 */
public final class PlayersPlugin implements GamePlugin {
    /** Most metres a second that an avatar walks. */
    public static final String SPEED_PROP_NAME = "planetary.players.speed";

    /** Default of {@link #SPEED_PROP_NAME}. */
    public static final int SPEED_DEFAULT = 6;

    private static final int FASTEST = 30;

    private ComponentType<Avatar> avatar;
    private ComponentType<Steering> steering;

    /** Found as a service. */
    public PlayersPlugin() {
        // Nothing to set up before registration.
    }

    @Override
    public String name() {
        return "players";
    }

    @Override
    public int schemaId() {
        return AvatarComponentDecoder.SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return AvatarComponentDecoder.SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        avatar = game.component("avatar", AvatarComponentDecoder.TEMPLATE_ID, Avatar.class, Avatar::new, new AvatarCodec());
        steering = game.localComponent("steering", Steering.class, Steering::new);
    }

    @Override
    public void host(final HostContext host) {
        final SavedPlaces places = new SavedPlaces();
        final int fastest = host.options().integer(SPEED_PROP_NAME, SPEED_DEFAULT, 1, FASTEST);
        final AvatarSeats seats = new AvatarSeats(host.world(), places);
        final AvatarPhysics physics = new AvatarPhysics(host.tickRateHz());
        host.onStart(() -> host.capability(VoxelQuery.class).ifPresent(ground -> {
            seats.standOn(ground);
            physics.standOn(ground);
        }));
        host.seats(seats);
        host.input(SteerInputDecoder.TEMPLATE_ID, SteerInputDecoder.BLOCK_LENGTH, new SteerHandler(seats, steering, fastest));
        host.system(Phase.SIMULATE, "avatars", new AvatarMotion(host, steering, physics));
        host.neverSave(avatar);
        host.save(places);
    }

    @Override
    public void client(final ClientContext client) {
        final AvatarSteering steer = new AvatarSteering(client, avatar);
        client.input(SteerInputDecoder.TEMPLATE_ID, SteerInputDecoder.BLOCK_LENGTH, steer);
        client.provide(AvatarControl.class, steer);
        client.provide(PlayerNames.class, entity -> Optional.ofNullable(avatar.get(entity)).map(Avatar::nameText));
        client.system(Phase.PRESENT, "own-avatar", steer);
        client.system(
            Phase.PRESENT,
            "avatars-shown",
            new MotionSampler(client.world(), client.core(), avatar, client::tickRateHz, client::presentTick));
    }
}
