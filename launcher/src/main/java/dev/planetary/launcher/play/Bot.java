package dev.planetary.launcher.play;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.VoxelEdits;
import java.util.Optional;
import java.util.Random;
import org.joml.Vector3d;

/**
 * A player that plays by itself: walks about near where it began, and digs or fills. What the game has no plugin for, it leaves. Called once per client
 * tick; the same seed and the same world give the same play.
 */
public final class Bot {
    /** Metres a second. */
    public static final double SPEED = 5;

    /** Radius of a dig or fill in voxels. */
    public static final int RADIUS = 3;

    private static final double LEAST_TURN_SECONDS = 2;
    private static final double MORE_TURN_SECONDS = 4;
    /** Beyond this it turns back, so that bots keep meeting. */
    private static final double HOME_METRES = 60;
    private static final double ARM_METRES = 4;
    private static final double STUCK_SECONDS = 0.5;
    private static final double STUCK_METRES = 0.5;
    /** A ball of this height over the feet leaves a step of one voxel, which an avatar can climb. */
    private static final int STEP_HEIGHT = RADIUS;
    private static final int FILL_MATERIAL = 1;

    private final BotKind kind;
    private final Random random;
    private final Body body;
    private final Optional<AvatarControl> control;
    private final Optional<VoxelEdits> edits;
    private final Vector3d place = new Vector3d();
    private final Vector3d home = new Vector3d();
    private final Vector3d past = new Vector3d();
    private boolean arrived;
    private double heading;
    private double turnAt;
    private double pastAt;
    private double nextDig;
    private double nextFill;
    private boolean stuck;

    /** A bot with its own chance. */
    public Bot(final BotKind kind, final long seed, final Body body, final Optional<AvatarControl> control, final Optional<VoxelEdits> edits) {
        this.kind = kind;
        this.random = new Random(seed);
        this.body = body;
        this.control = control;
        this.edits = edits;
    }

    /** Plays at this moment, in seconds of any clock that goes forward. */
    public void play(final double seconds) {
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
        }
        if (kind.walks()) {
            walk(seconds);
        }
        if (kind.digsPerSecond() > 0 && seconds >= nextDig) {
            nextDig = Math.max(nextDig, seconds - 1) + 1.0 / kind.digsPerSecond();
            edits.ifPresent(this::dig);
        }
        if (kind.fillsPerSecond() > 0 && seconds >= nextFill) {
            nextFill = Math.max(nextFill, seconds - 1) + 1.0 / kind.fillsPerSecond();
            edits.ifPresent(this::fill);
        }
    }

    private void walk(final double seconds) {
        if (seconds - pastAt >= STUCK_SECONDS) {
            final double dx = place.x - past.x;
            final double dz = place.z - past.z;
            stuck = dx * dx + dz * dz < STUCK_METRES * STUCK_METRES;
            past.set(place);
            pastAt = seconds;
        }
        if (seconds >= turnAt) {
            turnAt = seconds + LEAST_TURN_SECONDS + MORE_TURN_SECONDS * random.nextDouble();
            final double backX = home.x - place.x;
            final double backZ = home.z - place.z;
            heading = backX * backX + backZ * backZ > HOME_METRES * HOME_METRES
                ? Math.atan2(backZ, backX)
                : random.nextDouble() * 2 * Math.PI;
        }
        control.ifPresent(avatar -> avatar.walk(SPEED * Math.cos(heading), SPEED * Math.sin(heading)));
    }

    private void dig(final VoxelEdits ground) {
        if (kind.walks()) {
            // Behind itself, or it would walk into its own pit; out of one it cuts a step ahead.
            final double ahead = stuck ? ARM_METRES : -ARM_METRES;
            final int up = stuck ? STEP_HEIGHT : 0;
            ground.dig(voxel(place.x + ahead * Math.cos(heading)), voxel(place.y) + up, voxel(place.z + ahead * Math.sin(heading)), RADIUS);
        } else {
            final double around = random.nextDouble() * 2 * Math.PI;
            ground.dig(voxel(place.x + ARM_METRES * Math.cos(around)), voxel(place.y), voxel(place.z + ARM_METRES * Math.sin(around)), RADIUS);
        }
    }

    private void fill(final VoxelEdits ground) {
        final double around = random.nextDouble() * 2 * Math.PI;
        ground.fill(voxel(place.x + (ARM_METRES + 1) * Math.cos(around)), voxel(place.y), voxel(place.z + (ARM_METRES + 1) * Math.sin(around)), RADIUS,
            FILL_MATERIAL);
    }

    private static int voxel(final double metres) {
        return (int)Math.floor(metres);
    }
}
