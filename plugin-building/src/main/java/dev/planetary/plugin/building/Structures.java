package dev.planetary.plugin.building;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.VoxelChanges;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.store.Stores;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntHashSet;

/**
 * The structures of a host: makes the changes that were approved, each within an effect, and lets fall what lost its hold, in the same effect. Keeps the
 * index of what stands. Nothing is checked here. Host loop only.
 */
final class Structures implements VoxelChanges.Listener, GameSystem {
    private static final int CHUNK_BITS = 5;

    private final HostContext host;
    private final World world;
    private final CoreComponents core;
    private final PartCatalogue catalogue;
    private final ComponentType<Part> parts;
    private final ComponentType<Health> health;
    private final PartIndex index;
    private final Support support;
    private final Payment payment;
    private final Stores stores;
    private final BuildingCounters counters;
    private final Bill bill = new Bill();
    /** What may have lost its hold: filled and done with within one effect. */
    private final List<PlacedPart> suspects = new ArrayList<>();
    /** Parts whose ground changed, until the effect that lets them fall, which may come at the end of the tick. */
    private final List<PlacedPart> shaken = new ArrayList<>();
    /** Parts that a search for support could not come to, until the next tick. */
    private final List<PlacedPart> later = new ArrayList<>();
    /** Parts that hang together, between a request's judgement and its effect. */
    private final List<PlacedPart> gathered = new ArrayList<>();
    private final IntHashSet seen = new IntHashSet();
    private final Shell shell = new Shell();
    private Contributions contributions;

    Structures(
        final HostContext host,
        final PartCatalogue catalogue,
        final ComponentType<Part> parts,
        final ComponentType<Health> health,
        final PartIndex index,
        final Support support,
        final Payment payment,
        final Stores stores,
        final BuildingCounters counters) {
        this.host = host;
        this.world = host.world();
        this.core = host.core();
        this.catalogue = catalogue;
        this.parts = parts;
        this.health = health;
        this.index = index;
        this.support = support;
        this.payment = payment;
        this.stores = stores;
        this.counters = counters;
    }

    /** Before the first tick: takes in what the world holds. */
    void begin() {
        contributions = host.capability(Contributions.class).orElse(null);
        index.clear();
        final Query saved = world.query(parts, core.position());
        for (int entity = saved.first(); entity != NetworkId.NONE; entity = saved.next(entity)) {
            final Part part = parts.get(entity);
            final PartKind kind = catalogue.kind(part.kind);
            if (kind == null || !Turns.isTurn(part.turn)) {
                throw new InvalidSettingException("the saved world has a part of kind " + part.kind + ", turn " + part.turn
                    + ", which this build does not know: start it with the building plugin that saved it");
            }
            final Position position = core.position().get(entity);
            index.add(new PlacedPart(
                entity, kind, part.turn, (int)Math.floor(position.x), (int)Math.floor(position.y), (int)Math.floor(position.z)));
        }
    }

    // ---- questions ----

    /** Seat of the owner of a part; 65,535 is nobody. */
    int owner(final int entity) {
        final Owner owner = core.owner().get(entity);
        return owner == null ? Stores.NOBODY : owner.seat;
    }

    /** What a part can still bear. */
    int points(final PlacedPart part) {
        return health.on(part.entity) ? Math.min(health.get(part.entity).points, part.kind.health()) : part.kind.health();
    }

    /**
     * Gathers the parts of one owner that hang together with one of them, for {@link #share} to follow at once.
     *
     * @return false where they are more than {@code most}.
     */
    boolean gather(final PlacedPart first, final int most) {
        final int owner = owner(first.entity);
        gathered.clear();
        gathered.add(first);
        seen.clear();
        seen.add(first.entity);
        for (int next = 0; next < gathered.size(); next++) {
            shell.around(gathered.get(next));
            while (shell.next()) {
                final PlacedPart other = index.partAt(shell.x, shell.y, shell.z);
                if (other != null && owner(other.entity) == owner && seen.add(other.entity)) {
                    if (gathered.size() == most) {
                        return false;
                    }
                    gathered.add(other);
                }
            }
        }
        return true;
    }

    // ---- within effects ----

    /** Says for whom the parts are that were gathered, but for stores among them. */
    void share(final int level) {
        for (int i = 0; i < gathered.size(); i++) {
            if (gathered.get(i).kind.storeSlots() == 0) {
                stores.access(gathered.get(i).entity, level);
            }
        }
    }

    /** Places all parts of a plan and takes the payment for them. */
    void place(final Seat seat, final Plan plan, final int store) {
        bill.clear().add(plan);
        if (!bill.isEmpty()) {
            payment.pay(seat, store, bill.items(), bill.counts());
        }
        for (int i = 0; i < plan.parts; i++) {
            final int entity = world.spawn(
                new Position(plan.x[i], plan.y[i], plan.z[i]), new Part(plan.kinds[i].number(), plan.turns[i]), new Owner(seat.number()));
            // A store has an access of its own, which is of what it holds.
            if (plan.level != Stores.NOT_SAID && plan.kinds[i].storeSlots() == 0) {
                stores.access(entity, plan.level);
            }
            index.add(new PlacedPart(entity, plan.kinds[i], plan.turns[i], plan.x[i], plan.y[i], plan.z[i]));
        }
        counters.placed.getAndAddRelease(plan.parts);
        count(seat, Contributions.Kind.PLACED, plan.parts);
    }

    /** Takes a part away and pays back what it is worth. */
    void remove(final Seat seat, final PlacedPart part, final int store) {
        bill.clear().add(part.kind, points(part), 0);
        suspects.clear();
        support.touching(part, suspects);
        payment.onGoing(part.entity);
        if (!bill.isEmpty()) {
            payment.refund(seat, store, bill.items(), bill.counts());
        }
        index.remove(part);
        world.despawn(part.entity);
        counters.removed.increment();
        count(seat, Contributions.Kind.REMOVED, 1);
        letFall();
    }

    /** Damages a part; one that can bear no more is gone. */
    void damage(final PlacedPart part, final int by) {
        final int before = points(part);
        final int after = Math.max(0, before - by);
        bill.clear().add(part.kind, before, after);
        lose();
        if (after > 0) {
            setPoints(part, after);
            return;
        }
        suspects.clear();
        support.touching(part, suspects);
        payment.onGoing(part.entity);
        index.remove(part);
        world.despawn(part.entity);
        counters.removed.increment();
        letFall();
    }

    /** Makes a part whole for payment. */
    void repair(final Seat seat, final PlacedPart part, final int store) {
        bill.clear().add(part.kind, part.kind.health(), points(part));
        if (!bill.isEmpty()) {
            payment.pay(seat, store, bill.items(), bill.counts());
        }
        setPoints(part, part.kind.health());
    }

    /** Turns a part about its least corner. */
    void turn(final PlacedPart part, final int turn) {
        suspects.clear();
        support.touching(part, suspects);
        index.remove(part);
        index.add(new PlacedPart(part.entity, part.kind, turn, part.x, part.y, part.z));
        parts.get(part.entity).turn = turn;
        parts.markDirty(part.entity);
        letFall();
    }

    private void setPoints(final PlacedPart part, final int points) {
        if (health.on(part.entity)) {
            health.get(part.entity).points = points;
            health.markDirty(part.entity);
        } else {
            world.add(part.entity, new Health(points));
        }
    }

    private void count(final Seat seat, final Contributions.Kind kind, final long amount) {
        if (contributions != null) {
            contributions.add(seat.player(), kind, amount);
        }
    }

    private void lose() {
        if (!bill.isEmpty()) {
            payment.lost(bill.items(), bill.counts());
        }
    }

    /** Lets fall those of the suspects that nothing holds, and all that rested on them. */
    private void letFall() {
        if (suspects.isEmpty()) {
            return;
        }
        final List<PlacedPart> fallen = support.fall(suspects);
        bill.clear();
        for (final PlacedPart part : fallen) {
            bill.add(part.kind, points(part), 0);
            payment.onGoing(part.entity);
            world.despawn(part.entity);
        }
        lose();
        counters.fallen.getAndAddRelease(fallen.size());
        later.addAll(support.unseen());
    }

    // ---- what happens without a request ----

    /** The ground changed: within the effect that changed it, what stood on it falls. */
    @Override
    public void onChunkChanged(
        final int chunkX, final int chunkY, final int chunkZ, final int minX, final int minY, final int minZ, final int maxX, final int maxY,
        final int maxZ) {
        final int x = chunkX << CHUNK_BITS;
        final int y = chunkY << CHUNK_BITS;
        final int z = chunkZ << CHUNK_BITS;
        index.collect(x + minX - 1, y + minY - 1, z + minZ - 1, x + maxX + 1, y + maxY + 1, z + maxZ + 1, shaken);
        if (!shaken.isEmpty()) {
            host.carryOut(() -> letFallOf(shaken));
        }
    }

    private void letFallOf(final List<PlacedPart> parts) {
        suspects.clear();
        suspects.addAll(parts);
        parts.clear();
        letFall();
    }

    /** What a search for support could not come to is looked at in the next tick. */
    @Override
    public void run(final World itsWorld, final int tick) {
        if (!later.isEmpty()) {
            host.carryOut(() -> letFallOf(later));
        }
    }
}
