package dev.planetary.plugin.creatures;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.MotionStart;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import org.joml.Vector3d;

/** On the host, the herds of a world: founded where it is new, gathered again from their creatures where it was saved. */
final class Herds {
    /** Most herds. */
    static final int MOST = 65_535;

    private static final int SMALLEST = 8;
    private static final int LARGEST = 20;

    /** Creatures begin by grazing for fewer thinks than this, so that they do not all set out at once. */
    private static final int FIRST_GRAZING = 60;

    /** Places tried before a creature stands at the centre of its herd, and a herd at the spawn. */
    private static final int TRIES = 16;

    private final List<Herd> herds = new ArrayList<>();
    private final World world;
    private final CoreComponents core;
    private final VoxelQuery ground;
    private final long seed;
    private final double spread;
    private final double homeX;
    private final double homeZ;

    /** Around the spawn of {@code ground}, as far as {@code spread} metres. */
    Herds(final World world, final CoreComponents core, final VoxelQuery ground, final long seed, final double spread) {
        this.world = world;
        this.core = core;
        this.ground = ground;
        this.seed = seed;
        this.spread = spread;
        final double[] spawn = ground.spawn();
        this.homeX = spawn[0];
        this.homeZ = spawn[2];
    }

    /** Herds of 8 to 20 creatures, {@code count} in all. */
    void found(final int count) {
        final Dice dice = new Dice(seed, -1);
        for (int left = count; left > 0;) {
            final int size = Math.min(left, SMALLEST + dice.below(LARGEST - SMALLEST + 1));
            final Vector3d centre = placeNear(homeX, homeZ, spread, dice);
            if (centre == null) {
                centreAtHome(size, dice);
            } else {
                found(size, centre, dice);
            }
            left -= size;
        }
    }

    /** Gives minds to the creatures of a saved world. Their herds are where they are on average. */
    void gather(final Query creatures, final ComponentType<Creature> types) {
        final List<Integer> sizes = new ArrayList<>();
        for (int entity = creatures.first(); entity != NetworkId.NONE; entity = creatures.next(entity)) {
            final int number = types.get(entity).herd;
            while (herds.size() <= number) {
                herds.add(new Herd(0, 0, new Dice(seed, -2 - herds.size())));
                sizes.add(0);
            }
            final int size = sizes.get(number) + 1;
            final Position position = core.position().get(entity);
            final Herd herd = herds.get(number);
            herd.x += (position.x - herd.x) / size;
            herd.z += (position.z - herd.z) / size;
            sizes.set(number, size);
            core.velocity().get(entity).zero();
            core.velocity().markDirty(entity);
            world.add(entity, mind(new Vector3d(position), herd, entity));
        }
    }

    /** Moves one herd in {@code ticks} a step, each at its turn. */
    void drift(final int tick, final int ticks) {
        for (int i = Math.floorMod(tick, ticks); i < herds.size(); i += ticks) {
            herds.get(i).drift(homeX, homeZ, spread);
        }
    }

    private void centreAtHome(final int size, final Dice dice) {
        final int height = ground.surface((int)Math.floor(homeX), (int)Math.floor(homeZ));
        found(size, new Vector3d(homeX, height == Integer.MIN_VALUE ? 0 : height, homeZ), dice);
    }

    private void found(final int size, final Vector3d centre, final Dice dice) {
        final int number = herds.size();
        final int species = dice.below(Creature.SPECIES);
        final Herd herd = new Herd(centre.x, centre.z, new Dice(seed, -2 - number));
        herds.add(herd);
        for (int i = 0; i < size; i++) {
            final Vector3d near = placeNear(centre.x, centre.z, Herd.RADIUS, dice);
            final Vector3d place = near == null ? new Vector3d(centre) : near;
            world.spawn(
                new Position(place.x, place.y, place.z),
                new Velocity(),
                new MotionStart(),
                new Creature(species, number),
                mind(place, herd, number * LARGEST + i));
        }
    }

    private Mind mind(final Vector3d place, final Herd herd, final int number) {
        final Dice dice = new Dice(seed, number);
        return new Mind(place, herd, dice, dice.below(FIRST_GRAZING));
    }

    /** A place on the ground within {@code radius}, or null where none of those tried has ground. */
    private Vector3d placeNear(final double x, final double z, final double radius, final Dice dice) {
        for (int i = 0; i < TRIES; i++) {
            final double dx = dice.between(-1, 1);
            final double dz = dice.between(-1, 1);
            final int height = ground.surface((int)Math.floor(x + dx * radius), (int)Math.floor(z + dz * radius));
            if (dx * dx + dz * dz <= 1 && height != Integer.MIN_VALUE) {
                return new Vector3d(x + dx * radius, height, z + dz * radius);
            }
        }
        return null;
    }
}
