package dev.planetary.plugin.players;

import dev.planetary.core.component.MotionStart;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import org.agrona.collections.Int2IntHashMap;
import org.joml.Vector3d;

/** On the host, gives each seated player an avatar, at the place where it was last or near the spawn, and takes it away again. */
final class AvatarSeats implements SeatListener {
    /** Newcomers stand in rings of so many around the spawn. */
    private static final int RING_SEATS = 8;

    private static final double RING_METRES = 1.5;

    /** A place of the ring must not be higher or lower than the spawn by more. */
    private static final int LEVEL_METRES = 3;

    private final World world;
    private final SavedPlaces places;
    private final Int2IntHashMap avatars = new Int2IntHashMap(NetworkId.NONE);
    private VoxelQuery ground = HeightGround.FLAT;

    AvatarSeats(final World world, final SavedPlaces places) {
        this.world = world;
        this.places = places;
    }

    /** Ground in the place of the plane y = 0. */
    void standOn(final VoxelQuery voxels) {
        ground = voxels;
    }

    /** The avatar of a seat, or {@link NetworkId#NONE}. */
    int avatar(final int seat) {
        return avatars.get(seat);
    }

    @Override
    public void onSeated(final Seat seat) {
        if (avatars.containsKey(seat.number())) {
            return;
        }
        final Vector3d saved = places.of(seat.player());
        final Vector3d place = saved != null ? saved : newcomersPlace(seat.number());
        places.keep(seat.player(), place);
        final int avatar = world.spawn(
            new Position(place.x, place.y, place.z),
            new Velocity(),
            new MotionStart(),
            new Owner(seat.number()),
            new Avatar(seat.name(), seat.number()),
            new Steering(seat, place));
        avatars.put(seat.number(), avatar);
        seat.anchor(place.x, place.y, place.z);
    }

    @Override
    public void onLeft(final Seat seat) {
        world.despawn(avatars.remove(seat.number()));
    }

    private Vector3d newcomersPlace(final int seat) {
        final double[] spawn = ground.spawn();
        final double angle = 2 * Math.PI * (seat % RING_SEATS) / RING_SEATS;
        final double distance = RING_METRES * (1 + seat / RING_SEATS);
        final double x = spawn[0] + distance * Math.cos(angle);
        final double z = spawn[2] + distance * Math.sin(angle);
        final int spawnY = (int)Math.floor(spawn[1]);
        final int y = ground.surfaceBelow((int)Math.floor(x), spawnY + LEVEL_METRES, (int)Math.floor(z));
        final boolean isLevel = y >= spawnY - LEVEL_METRES && y <= spawnY + LEVEL_METRES;
        return isLevel ? new Vector3d(x, y, z) : new Vector3d(spawn[0], spawn[1], spawn[2]);
    }
}
