package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.world.ComponentType;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Entities that crowd around players, and how stale each is in the eyes of a client: ticks since the host's value changed while the client still shows
 * an older one. The height of an entity is the tick of its last change in steps of the wire, so that what a client shows tells how old it is.
 */
final class Crowd {
    private static final double STEPS = 1_024;
    private static final int MOST_TICKS = 4_096;

    final SimulatedPeers peers;
    private final SplittableRandom random;
    private final int[] entities;
    private final double[] homeX;
    private final double[] homeZ;
    /** For each entity, the first change after each tick. */
    private final int[][] changes;
    private final int[] changeCount;
    /** Tick of the value that the client showed last. */
    private final int[] shown;
    private int count;

    Crowd(final SimulatedPeers peers, final long seed, final int most) {
        this.peers = peers;
        this.random = new SplittableRandom(seed);
        this.entities = new int[most];
        this.homeX = new double[most];
        this.homeZ = new double[most];
        this.changes = new int[most][MOST_TICKS];
        this.changeCount = new int[most];
        this.shown = new int[most];
    }

    int size() {
        return count;
    }

    /** So many in a square around a place. */
    Crowd square(final int more, final double x, final double z, final double half) {
        for (int i = 0; i < more; i++) {
            add(x + random.nextDouble(-half, half), z + random.nextDouble(-half, half));
        }
        return this;
    }

    /** So many in a ring around the origin, evenly by area. */
    Crowd ring(final int more, final double from, final double to) {
        for (int i = 0; i < more; i++) {
            final double radius = Math.sqrt(from * from + random.nextDouble() * (to * to - from * from));
            final double angle = random.nextDouble(2 * Math.PI);
            add(radius * Math.cos(angle), radius * Math.sin(angle));
        }
        return this;
    }

    private void add(final double x, final double z) {
        final int tick = peers.host().tickNumber() + 1;
        entities[count] = peers.spawn(new Position(x, tick / STEPS, z), new Score(count));
        homeX[count] = x;
        homeZ[count] = z;
        changes[count][changeCount[count]++] = tick;
        count++;
    }

    /** One tick in which so many of 1,000 move by up to 12 cm about their homes. */
    void tick(final int perMille) {
        final int tick = peers.host().tickNumber() + 1;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(1_000) < perMille) {
                final Position at = peers.host().core().position().get(entities[i]);
                at.set(near(at.x, homeX[i]), tick / STEPS, near(at.z, homeZ[i]));
                peers.host().core().position().markDirty(entities[i]);
                changes[i][changeCount[i]++] = tick;
            }
        }
        peers.tick(1);
    }

    private double near(final double at, final double home) {
        return Math.max(home - 0.5, Math.min(home + 0.5, at + random.nextDouble(-0.12, 0.12)));
    }

    double metres(final int i, final int client) {
        final HostSeat seat = peers.seat(client);
        return Math.hypot(homeX[i] - seat.anchorX(), homeZ[i] - seat.anchorZ());
    }

    /**
     * Ticks that the client lags behind with this entity, 0 where it is right. Where it shows none, as on the way from one cell to the next, it counts
     * from what it showed before that.
     */
    int staleness(final int i, final int client) {
        final ComponentType<Position> type = peers.client(client).world().type(Position.class);
        final Position at = type.get(entities[i]);
        final int now = peers.host().tickNumber();
        if (at != null) {
            final double steps = at.y * STEPS;
            shown[i] = (int)Math.rint(steps);
            assertTrue(Math.abs(steps - shown[i]) < 1e-6 && shown[i] <= now, () -> "no value that the host ever had: " + at);
        }
        final int known = Arrays.binarySearch(changes[i], 0, changeCount[i], shown[i]);
        assertTrue(known >= 0 || shown[i] == 0, () -> "no value that the host ever had: tick " + shown[i]);
        final int next = Math.max(known, -1) + 1;
        return next == changeCount[i] ? 0 : now - changes[i][next] + 1;
    }

    long bytesSent() {
        return peers.hostCount(CoreCounter.BYTES_SENT);
    }
}
