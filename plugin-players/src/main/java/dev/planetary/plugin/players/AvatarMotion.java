package dev.planetary.plugin.players;

import dev.planetary.core.component.MotionCauses;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import org.joml.Vector3d;

/** On the host, moves every avatar as its player wishes; what others compute stays within {@link #ERROR_BOUND_METRES} of it. */
final class AvatarMotion implements GameSystem {
    /** Metres that others may see an avatar away from where it is. */
    static final double ERROR_BOUND_METRES = 0.05;

    private static final double REFRESH_SECONDS = 2;

    private final ComponentType<Steering> steering;
    private final Query avatars;
    private final AvatarPhysics physics;
    private final MotionCauses causes;
    private final int wishTicks;

    AvatarMotion(final HostContext host, final ComponentType<Steering> steering, final AvatarPhysics physics) {
        this.steering = steering;
        this.physics = physics;
        this.avatars = host.world().query(steering);
        this.causes = new MotionCauses(host.core(), host.tickRateHz(), ERROR_BOUND_METRES, REFRESH_SECONDS);
        // A player that is not heard of for a second walks no further.
        this.wishTicks = host.tickRateHz();
    }

    @Override
    public void run(final World world, final int tick) {
        for (int entity = avatars.first(); entity != NetworkId.NONE; entity = avatars.next(entity)) {
            final Steering avatar = steering.get(entity);
            if (tick - avatar.wishTick > wishTicks) {
                avatar.wishX = 0;
                avatar.wishZ = 0;
            }
            physics.step(avatar);
            causes.keep(entity, avatar.place, avatar.velocity, tick);
            final Vector3d place = avatar.place;
            avatar.seat.anchor(place.x, place.y, place.z);
        }
    }
}
