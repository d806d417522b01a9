package dev.planetary.plugin.players;

import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.VoxelQuery;
import org.joml.Vector3d;

/**
 * How an avatar moves over voxels: a box that walks, steps up and down one voxel, is blocked by walls and by the edge of the world, and falls.
 * One tick at a time, without allocation.
 */
final class AvatarPhysics {
    private static final double HALF_WIDTH = 0.3;
    private static final double HEIGHT = 1.8;
    private static final double STEP = 1;
    private static final double GRAVITY = 9.81;
    private static final double FASTEST_FALL = 30;

    /** Further than this below the spawn there is nothing to land on. */
    private static final double ABYSS = 256;

    /** Movement is tried in pieces that no wall is thin enough to slip through. */
    private static final double PIECE = 0.5;

    /** Voxels that a buried avatar rises in a tick. */
    private static final int RISE = 4;

    /** Touching is not overlapping. */
    private static final double SKIN = 1e-6;

    private final double tickSeconds;
    private VoxelQuery ground = HeightGround.FLAT;

    AvatarPhysics(final int tickRateHz) {
        this.tickSeconds = 1.0 / tickRateHz;
    }

    /** Ground in the place of the plane y = 0. */
    void standOn(final VoxelQuery voxels) {
        ground = voxels;
    }

    /** Moves the avatar on by a tick and sets its velocity to what came of it. */
    void step(final Steering avatar) {
        final Vector3d place = avatar.place;
        final double fromX = place.x;
        final double fromZ = place.z;
        rise(place);
        walk(avatar);
        avatar.velocity.x = (place.x - fromX) / tickSeconds;
        avatar.velocity.z = (place.z - fromZ) / tickSeconds;
        fall(avatar);
    }

    private void walk(final Steering avatar) {
        final double far = Math.max(Math.abs(avatar.wishX), Math.abs(avatar.wishZ)) * tickSeconds;
        final int pieces = (int)Math.ceil(far / PIECE);
        for (int i = 0; i < pieces; i++) {
            // One axis after the other, so that an avatar slides along a wall.
            move(avatar, avatar.wishX * tickSeconds / pieces, 0);
            move(avatar, 0, avatar.wishZ * tickSeconds / pieces);
        }
    }

    private void move(final Steering avatar, final double dx, final double dz) {
        final Vector3d place = avatar.place;
        final double x = place.x + dx;
        final double z = place.z + dz;
        if (isEdge(place, x, z)) {
            return;
        }
        if (isFree(x, place.y, z)) {
            place.x = x;
            place.z = z;
            return;
        }
        final double up = Math.floor(place.y + SKIN) + STEP;
        if (avatar.onGround && isFree(place.x, up, place.z) && isFree(x, up, z)) {
            place.set(x, up, z);
        }
    }

    private void fall(final Steering avatar) {
        final Vector3d place = avatar.place;
        final double support = support(place);
        if (avatar.onGround && support >= place.y - STEP) {
            place.y = support;
            avatar.velocity.y = 0;
            return;
        }
        avatar.velocity.y = Math.max(avatar.velocity.y - GRAVITY * tickSeconds, -FASTEST_FALL);
        place.y += avatar.velocity.y * tickSeconds;
        avatar.onGround = place.y <= support;
        if (avatar.onGround) {
            place.y = support;
            avatar.velocity.y = 0;
        } else if (support == Integer.MIN_VALUE) {
            leaveAbyss(avatar);
        }
    }

    private void leaveAbyss(final Steering avatar) {
        final double[] spawn = ground.spawn();
        if (avatar.place.y < spawn[1] - ABYSS) {
            avatar.place.set(spawn[0], spawn[1], spawn[2]);
            avatar.velocity.zero();
        }
    }

    /** Somebody filled the place where the avatar is: it comes out on top. */
    private void rise(final Vector3d place) {
        for (int i = 0; i < RISE && !isFree(place.x, place.y, place.z); i++) {
            place.y = Math.floor(place.y + SKIN) + 1;
        }
    }

    /** From ground into a column that has none, which is where the world ends or is not known. */
    private boolean isEdge(final Vector3d from, final double x, final double z) {
        final int fromColumnX = floor(from.x);
        final int fromColumnZ = floor(from.z);
        final int columnX = floor(x);
        final int columnZ = floor(z);
        return (columnX != fromColumnX || columnZ != fromColumnZ)
            && ground.surface(columnX, columnZ) == Integer.MIN_VALUE
            && ground.surface(fromColumnX, fromColumnZ) != Integer.MIN_VALUE;
    }

    private boolean isFree(final double x, final double y, final double z) {
        final int lastX = floor(x + HALF_WIDTH - SKIN);
        final int lastY = floor(y + HEIGHT - SKIN);
        final int lastZ = floor(z + HALF_WIDTH - SKIN);
        for (int voxelX = floor(x - HALF_WIDTH + SKIN); voxelX <= lastX; voxelX++) {
            for (int voxelZ = floor(z - HALF_WIDTH + SKIN); voxelZ <= lastZ; voxelZ++) {
                for (int voxelY = floor(y + SKIN); voxelY <= lastY; voxelY++) {
                    if (ground.isSolid(voxelX, voxelY, voxelZ)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The highest surface under the feet, {@code Integer.MIN_VALUE} where there is none. */
    private int support(final Vector3d place) {
        final int fromY = floor(place.y + SKIN);
        final int lastX = floor(place.x + HALF_WIDTH - SKIN);
        final int lastZ = floor(place.z + HALF_WIDTH - SKIN);
        int highest = Integer.MIN_VALUE;
        for (int voxelX = floor(place.x - HALF_WIDTH + SKIN); voxelX <= lastX; voxelX++) {
            for (int voxelZ = floor(place.z - HALF_WIDTH + SKIN); voxelZ <= lastZ; voxelZ++) {
                highest = Math.max(highest, ground.surfaceBelow(voxelX, fromY, voxelZ));
            }
        }
        return highest;
    }

    private static int floor(final double metres) {
        return (int)Math.floor(metres);
    }
}
