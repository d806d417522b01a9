package dev.planetary.launcher.play;

import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.world.NetworkId;
import java.util.Random;
import org.joml.Vector3d;

/** The parts of structures that a client has in its window: what somebody owns and what takes the voxel where it is. */
final class PartsInSight implements Parts {
    private final ClientGame game;
    private final OccupancyQuery occupancy;

    PartsInSight(final ClientGame game, final OccupancyQuery occupancy) {
        this.game = game;
        this.occupancy = occupancy;
    }

    @Override
    public int seat() {
        return game.seat();
    }

    @Override
    public int pick(final boolean own, final Vector3d near, final double metres, final Random random) {
        int picked = NetworkId.NONE;
        int seen = 0;
        for (int slot = 0; slot < game.world().slotLimit(); slot++) {
            final int entity = game.world().entityAt(slot);
            if (isPart(entity, own) && isNear(game.core().position().get(entity), near, metres)) {
                seen++;
                picked = random.nextInt(seen) == 0 ? entity : picked;
            }
        }
        return picked;
    }

    @Override
    public int countOwn() {
        int count = 0;
        for (int slot = 0; slot < game.world().slotLimit(); slot++) {
            count += isPart(game.world().entityAt(slot), true) ? 1 : 0;
        }
        return count;
    }

    @Override
    public void place(final int part, final Vector3d into) {
        into.set(game.core().position().get(part));
    }

    @Override
    public int partAt(final int x, final int y, final int z) {
        return occupancy.occupantAt(x, y, z);
    }

    private boolean isPart(final int entity, final boolean own) {
        final Owner owner = entity == NetworkId.NONE ? null : game.core().owner().get(entity);
        final Position at = owner == null || (owner.seat == game.seat()) != own ? null : game.core().position().get(entity);
        return at != null && occupancy.occupantAt((int)Math.floor(at.x), (int)Math.floor(at.y), (int)Math.floor(at.z)) == entity;
    }

    private static boolean isNear(final Position at, final Vector3d near, final double metres) {
        return Math.hypot(at.x - near.x, at.z - near.z) <= metres;
    }
}
