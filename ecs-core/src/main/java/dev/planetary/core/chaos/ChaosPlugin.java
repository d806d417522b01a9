package dev.planetary.core.chaos;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;

/**
 * The rules of the chaos game. Entities wander, jump to and fro over borders, die and are born in the same slots, gain and lose components; some have
 * no place, some are private; many crowd into a few cells. Groups of entities are changed by requests of the players, always together.
 */
final class ChaosPlugin implements GamePlugin, SeatListener {
    static final int SCHEMA_ID = 900;
    static final RequestType BUMP = new RequestType("bump", SCHEMA_ID, 10, 4);
    static final int GROUPS = 12;

    private static final int MEMBERS = 4;

    private final ChaosSettings settings;
    private final SplittableRandom random;
    private final List<Integer> entities = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    private final int[][] groups = new int[GROUPS][MEMBERS];
    private final int[] groupNumbers = new int[GROUPS];
    private final Map<Integer, Integer> applied = new HashMap<>();
    private ComponentType<Counted> counted;
    private ComponentType<Badge> badge;
    private ComponentType<Linked> linked;
    private HostContext host;

    ChaosPlugin(final ChaosSettings settings, final long seed) {
        this.settings = settings;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public int schemaId() {
        return SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public void register(final GameContext game) {
        counted = game.component("counted", 1, Counted.class, Counted::new, new IntBlockCodec<>(
            c -> c.number, c -> c.shadow, (c, v) -> c.number = v, (c, v) -> c.shadow = v));
        badge = game.component("badge", 2, Badge.class, Badge::new, new IntBlockCodec<>(
            b -> b.colour, b -> ~b.colour, (b, v) -> b.colour = v, (b, v) -> ignore()));
        linked = game.component("linked", 3, Linked.class, Linked::new, new IntBlockCodec<>(
            l -> l.group, l -> l.number, (l, v) -> l.group = v, (l, v) -> l.number = v));
    }

    private static void ignore() {
        // The second number of a badge follows from the first.
    }

    @Override
    public void host(final HostContext newHost) {
        host = newHost;
        host.system(Phase.SIMULATE, "chaos", this::simulate);
        host.request(BUMP, this::judge);
        host.seats(this);
        host.onStart(this::populate);
    }

    private void populate() {
        for (int group = 0; group < GROUPS; group++) {
            for (int member = 0; member < MEMBERS; member++) {
                groups[group][member] = spawnLinked(group);
            }
        }
        while (entities.size() < settings.entities()) {
            entities.add(spawn());
        }
    }

    private int spawnLinked(final int group) {
        final Linked link = new Linked();
        link.group = group;
        link.number = groupNumbers[group];
        return host.world().spawn(anywhere(), link, freshCounted());
    }

    private int spawn() {
        final int kind = random.nextInt(40);
        if (kind == 0) {
            return host.world().spawn(freshCounted());
        }
        if (kind == 1) {
            return host.world().spawn(anywhere(), freshCounted(), new PrivateTo(random.nextInt(settings.clients())));
        }
        if (kind < 12) {
            final Badge newBadge = new Badge();
            newBadge.colour = random.nextInt();
            return host.world().spawn(anywhere(), freshCounted(), newBadge);
        }
        if (kind < 24) {
            return host.world().spawn(anywhere(), freshCounted(), anyVelocity());
        }
        return host.world().spawn(anywhere(), freshCounted());
    }

    private Velocity anyVelocity() {
        return new Velocity(random.nextDouble(-6, 6), random.nextDouble(-1, 1), random.nextDouble(-6, 6));
    }

    private Counted freshCounted() {
        final Counted fresh = new Counted();
        fresh.number = 1;
        fresh.shadow = 3;
        return fresh;
    }

    private Position anywhere() {
        final double half = settings.worldMetres() / 2.0;
        if (random.nextInt(3) == 0) {
            // A crowd: more members in one cell than a datagram can list.
            return new Position(random.nextDouble() * 10 + 1, 0, random.nextDouble() * 10 + 1);
        }
        return new Position(random.nextDouble(-half, half), 0, random.nextDouble(-half, half));
    }

    private void simulate(final World world, final int tick) {
        for (int i = 0; i < entities.size(); i++) {
            final int entity = entities.get(i);
            glide(entity);
            final int what = random.nextInt(100);
            if (what < 12) {
                wander(entity);
            } else if (what < 14) {
                jump(entity);
            } else if (what < 22) {
                bump(entity);
            } else if (what < 23) {
                world.despawn(entity);
                entities.set(i, spawn());
            } else if (what == 23) {
                toggleBadge(world, entity);
            } else if (what == 24) {
                toggleVelocity(world, entity);
            }
        }
        for (final int[] group : groups) {
            for (final int member : group) {
                if (random.nextInt(8) == 0) {
                    wander(member);
                }
            }
        }
        for (final Seat seat : seats) {
            moveAnchor(seat);
        }
    }

    /** Those with a velocity go by it, exactly or nearly; now and then they turn, or stop for a while. */
    private void glide(final int entity) {
        final Velocity velocity = host.core().velocity().get(entity);
        final Position position = host.core().position().get(entity);
        if (velocity == null || position == null) {
            return;
        }
        final int what = random.nextInt(50);
        if (what == 0) {
            velocity.set(anyVelocity());
            host.core().velocity().markDirty(entity);
        } else if (what == 1) {
            velocity.set(0, 0, 0);
            host.core().velocity().markDirty(entity);
        }
        if (velocity.x == 0 && velocity.z == 0) {
            return;
        }
        // About as much as the images may be wrong by, so that some are told and some are not.
        final double astray = (entity & 1) == 0 ? 0 : 0.006;
        position.add(
            velocity.x / ChaosSettings.TICK_RATE_HZ + random.nextDouble(-1, 1) * astray,
            velocity.y / ChaosSettings.TICK_RATE_HZ,
            velocity.z / ChaosSettings.TICK_RATE_HZ);
        keepInside(position);
        host.core().position().markDirty(entity);
    }

    private void toggleVelocity(final World world, final int entity) {
        if (host.core().velocity().on(entity)) {
            world.remove(entity, host.core().velocity());
        } else if (host.core().position().on(entity)) {
            world.add(entity, anyVelocity());
        }
    }

    private void wander(final int entity) {
        final Position position = host.core().position().get(entity);
        if (position != null) {
            position.add(random.nextDouble(-6, 6), 0, random.nextDouble(-6, 6));
            keepInside(position);
            host.core().position().markDirty(entity);
        }
    }

    private void jump(final int entity) {
        final Position position = host.core().position().get(entity);
        if (position != null) {
            position.set(anywhere());
            host.core().position().markDirty(entity);
        }
    }

    private void keepInside(final Position position) {
        final double half = settings.worldMetres() / 2.0;
        position.x = Math.max(-half, Math.min(half, position.x));
        position.z = Math.max(-half, Math.min(half, position.z));
    }

    private void bump(final int entity) {
        final Counted value = counted.get(entity);
        if (value != null) {
            value.number++;
            value.shadow = value.number * 3;
            counted.markDirty(entity);
            if (random.nextInt(4) == 0) {
                host.core().position().markDirty(entity);
            }
        }
    }

    private void toggleBadge(final World world, final int entity) {
        if (badge.on(entity)) {
            world.remove(entity, badge);
        } else if (world.isAlive(entity)) {
            final Badge newBadge = new Badge();
            newBadge.colour = random.nextInt();
            world.add(entity, newBadge);
        }
    }

    private void moveAnchor(final Seat seat) {
        final int what = random.nextInt(100);
        final double half = settings.worldMetres() / 2.0;
        if (what == 0) {
            seat.anchor(random.nextDouble(-half, half), 0, random.nextDouble(-half, half));
        } else if (what < 60 && !settings.still()) {
            seat.anchor(
                Math.max(-half, Math.min(half, seat.anchorX() + random.nextDouble(-2, 2))),
                0,
                Math.max(-half, Math.min(half, seat.anchorZ() + random.nextDouble(-2, 2))));
        }
    }

    private Verdict judge(
        final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        final int ticket = buffer.getInt(offset);
        final int group = Math.floorMod(ticket, GROUPS);
        if (ticket % 5 == 0) {
            return Verdict.rejected("not this one");
        }
        return Verdict.approved(() -> bumpGroup(ticket, group));
    }

    private void bumpGroup(final int ticket, final int group) {
        applied.merge(ticket, 1, Integer::sum);
        groupNumbers[group]++;
        for (int member = 0; member < MEMBERS; member++) {
            final int entity = groups[group][member];
            if (random.nextInt(12) == 0) {
                host.world().despawn(entity);
                groups[group][member] = spawnLinked(group);
                continue;
            }
            linked.get(entity).number = groupNumbers[group];
            linked.markDirty(entity);
            if (random.nextInt(3) == 0) {
                jump(entity);
            }
        }
    }

    @Override
    public void onSeated(final Seat seat) {
        seats.add(seat);
        final double half = settings.worldMetres() / 2.0;
        seat.anchor(random.nextDouble(-half, half), 0, random.nextDouble(-half, half));
    }

    @Override
    public void onLeft(final Seat seat) {
        seats.remove(seat);
    }

    // ---- questions ----

    /** How often the request with this ticket took effect. */
    int applied(final int ticket) {
        return applied.getOrDefault(ticket, 0);
    }

    ComponentType<Counted> counted() {
        return counted;
    }

    ComponentType<Linked> linked() {
        return linked;
    }
}
