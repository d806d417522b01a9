package dev.planetary.launcher.play;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import java.util.Optional;
import java.util.Random;
import org.joml.Vector3d;

/**
 * A player that plays by itself: walks about near where it began, digs or fills, and builds. What the game has no plugin for, it leaves. Called once per
 * client tick; the same seed and the same world give the same play.
 */
public final class Bot {
    /** Metres a second. */
    public static final double SPEED = 5;

    /** Radius of a dig or fill in voxels. */
    public static final int RADIUS = 3;

    private static final double LEAST_TURN_SECONDS = 2;
    private static final double MORE_TURN_SECONDS = 4;
    /** Beyond this it turns back, so that bots keep meeting. */
    private static final double HOME_METRES = 90;
    /** Builders stay closer together, or they would not be in each other's way. */
    private static final double BUILDER_HOME_METRES = 40;
    private static final double ARM_METRES = 4;
    /** Near enough that the ball reaches the feet, or a lip would stay that is too high to climb. */
    private static final double CUT_METRES = 2;
    private static final int DIRECTIONS_TRIED = 6;
    /** With less way than this ahead it looks for another. */
    private static final int SHORT_METRES = 3;
    private static final double STUCK_SECONDS = 0.5;
    private static final double STUCK_METRES = 0.5;
    /** A ball of this height over the feet leaves a step of one voxel, which an avatar can climb. */
    private static final int STEP_HEIGHT = RADIUS;
    private static final int FILL_MATERIAL = 1;
    /** So far below its home a builder heaps up earth instead, or in ten minutes all would be at the bottom of the world. */
    private static final int DEEP_METRES = 5;

    private final BotKind kind;
    private final Random random;
    private final Body body;
    private final Optional<AvatarControl> control;
    private final boolean walks;
    private final Optional<VoxelEdits> edits;
    private final Optional<VoxelQuery> ground;
    private final Optional<WayAhead> way;
    private final Optional<Builder> builder;
    private final Vector3d place = new Vector3d();
    private final Vector3d home = new Vector3d();
    private final Vector3d past = new Vector3d();
    private final Vector3d fillable = new Vector3d();
    private boolean arrived;
    private double heading;
    private double turnAt;
    private double pastAt;
    private double nextDig;
    private double nextFill;
    private double nextBuild;
    private boolean stuck;
    private boolean builds;

    /** A bot with its own chance. Where it is told of no ground, it walks and digs as on a plain. */
    public Bot(
        final BotKind kind,
        final long seed,
        final Body body,
        final Optional<AvatarControl> control,
        final Optional<VoxelEdits> edits,
        final Optional<VoxelQuery> ground,
        final Optional<Builder> builder) {
        this.kind = kind;
        this.random = new Random(seed);
        this.body = body;
        this.control = control;
        this.walks = kind.walks() && control.isPresent();
        this.edits = edits;
        this.ground = ground;
        this.way = ground.map(WayAhead::new);
        this.builder = kind.buildsPerSecond() > 0 ? builder : Optional.empty();
    }

    /**
     * Plays at this moment.
     *
     * @param seconds  of any clock that goes forward.
     * @param hostTick what tick it is on the host, by which bots do the same thing at the same moment.
     */
    public void play(final double seconds, final double hostTick) {
        if (!body.place(place)) {
            return;
        }
        if (!arrived) {
            arrived = true;
            home.set(place);
            past.set(place);
            pastAt = seconds;
            // Bots that came together do not all dig in the same tick.
            nextDig = seconds + random.nextDouble();
            nextFill = seconds + random.nextDouble();
            nextBuild = nextFill;
        }
        builds = builder.isPresent() && builder.get().isAtWork();
        if (walks) {
            walk(control.orElseThrow(), seconds, hostTick);
        }
        if (kind.digsPerSecond() > 0 && seconds >= nextDig) {
            nextDig = Math.max(nextDig, seconds - 1) + 1.0 / kind.digsPerSecond();
            edits.ifPresent(this::dig);
        }
        if (kind.fillsPerSecond() > 0 && seconds >= nextFill) {
            nextFill = Math.max(nextFill, seconds - 1) + 1.0 / kind.fillsPerSecond();
            edits.ifPresent(this::fill);
        }
        if (builds) {
            builder.orElseThrow().contest(place, hostTick);
            if (seconds >= nextBuild) {
                nextBuild = Math.max(nextBuild, seconds - 1) + 1.0 / kind.buildsPerSecond();
                builder.orElseThrow().build(place);
            }
        }
    }

    private void walk(final AvatarControl avatar, final double seconds, final double hostTick) {
        if (seconds - pastAt >= STUCK_SECONDS) {
            final double dx = place.x - past.x;
            final double dz = place.z - past.z;
            stuck = dx * dx + dz * dz < STUCK_METRES * STUCK_METRES;
            past.set(place);
            pastAt = seconds;
            if (!stuck && way.isPresent() && way.get().metres(place, heading) < SHORT_METRES) {
                // Sooner than at the wall. Once it is stuck it keeps its heading, and cuts its way.
                turnAt = seconds;
            }
        }
        if (seconds >= turnAt) {
            turnAt = seconds + LEAST_TURN_SECONDS + MORE_TURN_SECONDS * random.nextDouble();
            heading = newHeading();
        }
        if (builds) {
            heading = builder.orElseThrow().way(place, hostTick).orElse(heading);
        }
        avatar.walk(SPEED * Math.cos(heading), SPEED * Math.sin(heading));
    }

    /** Home where that is far; else the longest way among a few directions, the first of equals. */
    private double newHeading() {
        final double backX = home.x - place.x;
        final double backZ = home.z - place.z;
        final double homeMetres = builds ? BUILDER_HOME_METRES : HOME_METRES;
        final boolean isFar = backX * backX + backZ * backZ > homeMetres * homeMetres;
        double best = isFar ? Math.atan2(backZ, backX) : random.nextDouble() * 2 * Math.PI;
        int bestMetres = metres(best);
        for (int i = 0; i < DIRECTIONS_TRIED && bestMetres < WayAhead.FARTHEST; i++) {
            final double other = random.nextDouble() * 2 * Math.PI;
            final int metres = metres(other);
            if (metres > bestMetres) {
                best = other;
                bestMetres = metres;
            }
        }
        return best;
    }

    private int metres(final double towards) {
        return way.isPresent() ? way.get().metres(place, towards) : WayAhead.FARTHEST;
    }

    private void dig(final VoxelEdits earth) {
        if (place.y < home.y - DEEP_METRES && builds && builder.orElseThrow().findFillable(place, RADIUS, fillable)) {
            earth.fill(voxel(fillable.x), voxel(fillable.y), voxel(fillable.z), RADIUS, FILL_MATERIAL);
        } else if (walks && stuck) {
            final int x = voxel(place.x + CUT_METRES * Math.cos(heading));
            final int z = voxel(place.z + CUT_METRES * Math.sin(heading));
            earth.dig(x, voxel(place.y) + STEP_HEIGHT, z, RADIUS);
        } else {
            // Behind itself, or it would walk into its own pit.
            final double towards = walks ? heading + Math.PI : random.nextDouble() * 2 * Math.PI;
            final int x = voxel(place.x + ARM_METRES * Math.cos(towards));
            final int z = voxel(place.z + ARM_METRES * Math.sin(towards));
            earth.dig(x, surface(x, z), z, RADIUS);
        }
    }

    /** The topmost voxel of the ground there, as far up as an arm reaches; at the feet where the ground is not known. */
    private int surface(final int x, final int z) {
        final int surface = ground.isPresent() ? ground.get().surfaceBelow(x, voxel(place.y) + RADIUS, z) : Integer.MIN_VALUE;
        return surface == Integer.MIN_VALUE ? voxel(place.y) : surface - 1;
    }

    private void fill(final VoxelEdits earth) {
        final double around = random.nextDouble() * 2 * Math.PI;
        earth.fill(voxel(place.x + (ARM_METRES + 1) * Math.cos(around)), voxel(place.y), voxel(place.z + (ARM_METRES + 1) * Math.sin(around)), RADIUS,
            FILL_MATERIAL);
    }

    private static int voxel(final double metres) {
        return (int)Math.floor(metres);
    }
}
