package dev.planetary.plugin.creatures;

import dev.planetary.core.component.MotionCauses;
import dev.planetary.core.plugin.HeightGround;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import org.joml.Vector3d;

/**
 * On the host, lets creatures walk to goals near the centre of their herd and graze there most of the time. Each thinks twice a second, a share of
 * them in each tick, and asks for the height of the ground only when it crosses into another column.
 */
final class Wandering implements GameSystem {
    private static final double SLOWEST = 0.6;
    private static final double FASTEST = 1.6;
    private static final int DRIFT_SECONDS = 10;
    private static final int THINKS_PER_SECOND = 2;

    /** Thinks that a creature grazes where it meant to. */
    private static final int SHORTEST_GRAZING = 16;
    private static final int LONGEST_GRAZING = 60;

    /** Thinks that it halts where it met a wall. */
    private static final int SHORTEST_HALT = 4;
    private static final int LONGEST_HALT = 16;

    /** Metres that a creature climbs, and that it dares to jump down. */
    private static final int CLIMB = 1;
    private static final int JUMP = 3;

    private final ComponentType<Mind> minds;
    private final Query creatures;
    private final MotionCauses causes;
    private final int tickRateHz;
    private final int thinkTicks;
    private final int driftTicks;
    private VoxelQuery ground = HeightGround.FLAT;
    private Herds herds;

    Wandering(final World world, final ComponentType<Mind> minds, final MotionCauses causes, final int tickRateHz) {
        this.minds = minds;
        this.creatures = world.query(minds);
        this.causes = causes;
        this.tickRateHz = tickRateHz;
        this.thinkTicks = Math.max(1, tickRateHz / THINKS_PER_SECOND);
        this.driftTicks = DRIFT_SECONDS * tickRateHz;
    }

    /** Before the first tick: the herds, and the ground they walk on. */
    void begin(final Herds itsHerds, final VoxelQuery voxels) {
        herds = itsHerds;
        ground = voxels;
    }

    @Override
    public void run(final World world, final int tick) {
        herds.drift(tick, driftTicks);
        for (int entity = creatures.first(); entity != NetworkId.NONE; entity = creatures.next(entity)) {
            final Mind mind = minds.get(entity);
            final boolean thinks = Math.floorMod(tick + NetworkId.slot(entity), thinkTicks) == 0;
            final boolean walks = mind.walking > 0;
            if (walks) {
                walk(mind);
            } else if (thinks) {
                graze(mind);
            }
            if (walks || thinks) {
                causes.keep(entity, mind.place, mind.velocity, tick);
            }
        }
    }

    private void graze(final Mind mind) {
        final int height = ground.surface(column(mind.place.x), column(mind.place.z));
        if (height != Integer.MIN_VALUE) {
            // Somebody may have dug or filled here.
            mind.place.y = height;
        }
        if (--mind.grazing <= 0) {
            depart(mind);
        }
    }

    private void depart(final Mind mind) {
        final double dx = mind.herd.x + mind.dice.between(-Herd.RADIUS, Herd.RADIUS) - mind.place.x;
        final double dz = mind.herd.z + mind.dice.between(-Herd.RADIUS, Herd.RADIUS) - mind.place.z;
        final double distance = Math.sqrt(dx * dx + dz * dz);
        final double speed = mind.dice.between(SLOWEST, FASTEST);
        mind.walking = (int)(distance / speed * tickRateHz);
        if (mind.walking > 0) {
            mind.velocity.set(dx / distance * speed, 0, dz / distance * speed);
        } else {
            halt(mind, SHORTEST_HALT, LONGEST_HALT);
        }
    }

    private void walk(final Mind mind) {
        final Vector3d place = mind.place;
        final double x = place.x + mind.velocity.x / tickRateHz;
        final double z = place.z + mind.velocity.z / tickRateHz;
        if (column(x) != column(place.x) || column(z) != column(place.z)) {
            final int height = ground.surface(column(x), column(z));
            if (height == Integer.MIN_VALUE || height > place.y + CLIMB || height < place.y - JUMP) {
                halt(mind, SHORTEST_HALT, LONGEST_HALT);
                return;
            }
            place.y = height;
        }
        place.x = x;
        place.z = z;
        if (--mind.walking == 0) {
            halt(mind, SHORTEST_GRAZING, LONGEST_GRAZING);
        }
    }

    private void halt(final Mind mind, final int fewestThinks, final int mostThinks) {
        mind.velocity.zero();
        mind.walking = 0;
        mind.grazing = fewestThinks + mind.dice.below(mostThinks - fewestThinks);
    }

    private static int column(final double metres) {
        return (int)Math.floor(metres);
    }
}
