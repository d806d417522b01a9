package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.sbe.DamagePartDecoder;
import dev.planetary.plugin.building.sbe.PlaceBlueprintDecoder;
import dev.planetary.plugin.building.sbe.PlacePartDecoder;
import dev.planetary.plugin.building.sbe.RemovePartDecoder;
import dev.planetary.plugin.building.sbe.RepairPartDecoder;
import dev.planetary.plugin.building.sbe.SetAccessDecoder;
import dev.planetary.plugin.building.sbe.TurnPartDecoder;
import dev.planetary.plugin.building.sbe.UploadBlueprintDecoder;
import dev.planetary.plugin.building.store.StoreRequests;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Judges what players ask of structures: first who may and from where, then what it costs, then whether the place is free, then whether it holds.
 * Nothing is written before all of it was found right.
 */
final class BuildingRequests {
    static final RequestType PLACE =
        new RequestType("place-part", PlacePartDecoder.SCHEMA_ID, PlacePartDecoder.TEMPLATE_ID, PlacePartDecoder.BLOCK_LENGTH);
    static final RequestType REMOVE =
        new RequestType("remove-part", RemovePartDecoder.SCHEMA_ID, RemovePartDecoder.TEMPLATE_ID, RemovePartDecoder.BLOCK_LENGTH);
    static final RequestType DAMAGE =
        new RequestType("damage-part", DamagePartDecoder.SCHEMA_ID, DamagePartDecoder.TEMPLATE_ID, DamagePartDecoder.BLOCK_LENGTH);
    static final RequestType REPAIR =
        new RequestType("repair-part", RepairPartDecoder.SCHEMA_ID, RepairPartDecoder.TEMPLATE_ID, RepairPartDecoder.BLOCK_LENGTH);
    static final RequestType TURN =
        new RequestType("turn-part", TurnPartDecoder.SCHEMA_ID, TurnPartDecoder.TEMPLATE_ID, TurnPartDecoder.BLOCK_LENGTH);
    static final RequestType UPLOAD = new RequestType(
        "upload-blueprint", UploadBlueprintDecoder.SCHEMA_ID, UploadBlueprintDecoder.TEMPLATE_ID, UploadBlueprintDecoder.BLOCK_LENGTH, 1);
    static final RequestType PLACE_BLUEPRINT = new RequestType(
        "place-blueprint", PlaceBlueprintDecoder.SCHEMA_ID, PlaceBlueprintDecoder.TEMPLATE_ID, PlaceBlueprintDecoder.BLOCK_LENGTH);

    /** Most points of one hit. */
    static final int MOST_DAMAGE = 1_000;

    /** Beside the reason where the host does not know the blueprint: upload it, and ask again. */
    static final byte[] UNKNOWN_BLUEPRINT = {1};

    /** Voxels that one player's requests of one tick may have looked at. */
    static final int MOST_VOXELS_A_TICK = 2 * Blueprint.MOST_VOXELS;

    /** Structures of which one player may say in a tick for whom they are, at least. */
    private static final int MOST_STRUCTURES_A_TICK = 4;

    private static final Verdict GONE = Verdict.rejected("that part is gone");

    private final PartCatalogue catalogue;
    private final PartIndex index;
    private final PlacementRules rules;
    private final Rights rights;
    private final Payment payment;
    private final Structures structures;
    private final BlueprintShelf shelf;
    private final StoreRequests stores;
    private final World world;
    private final int reachMetres;
    private final Plan plan = new Plan();
    private final Bill bill = new Bill();
    private final Map<Integer, Work> workBySeat = new HashMap<>();
    private final PlacePartDecoder place = new PlacePartDecoder();
    private final RemovePartDecoder remove = new RemovePartDecoder();
    private final DamagePartDecoder damage = new DamagePartDecoder();
    private final RepairPartDecoder repair = new RepairPartDecoder();
    private final TurnPartDecoder turn = new TurnPartDecoder();
    private final SetAccessDecoder access = new SetAccessDecoder();
    private final UploadBlueprintDecoder upload = new UploadBlueprintDecoder();
    private final PlaceBlueprintDecoder placeBlueprint = new PlaceBlueprintDecoder();

    /** What a player's requests have looked at in a tick. */
    private static final class Work {
        private int tick;
        private int voxels;
    }

    BuildingRequests(
        final PartCatalogue catalogue,
        final PartIndex index,
        final PlacementRules rules,
        final Rights rights,
        final Payment payment,
        final Structures structures,
        final BlueprintShelf shelf,
        final StoreRequests stores,
        final World world,
        final int reachMetres) {
        this.catalogue = catalogue;
        this.index = index;
        this.rules = rules;
        this.rights = rights;
        this.payment = payment;
        this.structures = structures;
        this.shelf = shelf;
        this.stores = stores;
        this.world = world;
        this.reachMetres = reachMetres;
    }

    // ---- placing ----

    Verdict place(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        place.wrap(buffer, offset, blockLength, version);
        final PartKind kind = catalogue.kind(place.kind());
        if (kind == null) {
            return Verdict.rejected("no part has number " + place.kind());
        }
        if (!Turns.isTurn(place.turn())) {
            return Verdict.rejected("there is no turn " + place.turn());
        }
        return judge(seat, plan.single(kind, place.x(), place.y(), place.z(), place.turn()), (int)place.store(), tick);
    }

    Verdict placeBlueprint(
        final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        placeBlueprint.wrap(buffer, offset, blockLength, version);
        if (placeBlueprint.quarters() >= Turns.UPRIGHT) {
            return Verdict.rejected("blueprints stand upright: expected 0 to 3 quarter turns, not " + placeBlueprint.quarters());
        }
        final Blueprint blueprint = shelf.find(placeBlueprint.hash());
        if (blueprint == null) {
            return Verdict.rejected("the host does not have that blueprint; upload it again", UNKNOWN_BLUEPRINT);
        }
        try {
            plan.blueprint(blueprint.turned(placeBlueprint.quarters()), placeBlueprint.x(), placeBlueprint.y(), placeBlueprint.z());
        } catch (final BlueprintFormatException e) {
            // Parts that share voxels may begin at one place when turned.
            return Verdict.rejected(e.getMessage());
        }
        return judge(seat, plan, (int)placeBlueprint.store(), tick);
    }

    private Verdict judge(final Seat seat, final Plan what, final int store, final int tick) {
        final String obstacle = obstacle(seat, what, store, tick);
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.place(seat, what, store));
    }

    private String obstacle(final Seat seat, final Plan what, final int store, final int tick) {
        String obstacle = tooMuch(seat, what.volume(), tick);
        obstacle = obstacle != null ? obstacle : PlacementRules.outsideWorld(what);
        obstacle = obstacle != null ? obstacle : PlacementRules.tooFar(what, seat.anchorX(), seat.anchorZ(), reachMetres);
        obstacle = obstacle != null ? obstacle : rights.obstacleToBuilding(seat, what);
        obstacle = obstacle != null ? obstacle : tooDear(seat, store, bill.clear().add(what));
        obstacle = obstacle != null ? obstacle : rules.blocked(what, 0);
        obstacle = obstacle != null ? obstacle : rules.unsupported(what, 0);
        if (obstacle == null && !world.hasRoomFor(what.parts)) {
            obstacle = "the world is full: it has no room for " + what.parts + " more";
        }
        return obstacle;
    }

    /** Looking at voxels is what costs the host: a player has so much of it a tick. */
    private String tooMuch(final Seat seat, final int voxels, final int tick) {
        final Work work = workBySeat.computeIfAbsent(seat.number(), nobody -> new Work());
        if (work.tick != tick) {
            work.tick = tick;
            work.voxels = 0;
        }
        work.voxels += voxels;
        return work.voxels <= MOST_VOXELS_A_TICK ? null : "too much to build at once; ask again in a moment";
    }

    private String tooDear(final Seat seat, final int store, final Bill cost) {
        return cost.isEmpty() ? null : payment.obstacle(seat, store, cost.items(), cost.counts());
    }

    // ---- what stands ----

    Verdict remove(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        remove.wrap(buffer, offset, blockLength, version);
        final PlacedPart part = index.part((int)remove.part());
        final int store = (int)remove.store();
        if (part == null) {
            return GONE;
        }
        String obstacle = obstacle(seat, part);
        obstacle = obstacle != null ? obstacle : payment.obstacleToRemoval(seat, part.entity);
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.remove(seat, part, store));
    }

    Verdict damage(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        damage.wrap(buffer, offset, blockLength, version);
        final PlacedPart part = index.part((int)damage.part());
        final int points = damage.points();
        if (part == null) {
            return GONE;
        }
        if (points < 1 || points > MOST_DAMAGE) {
            return Verdict.rejected("a hit of " + points + " points: expected 1 to " + MOST_DAMAGE);
        }
        final String obstacle = obstacle(seat, part);
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.damage(part, points));
    }

    Verdict repair(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        repair.wrap(buffer, offset, blockLength, version);
        final PlacedPart part = index.part((int)repair.part());
        final int store = (int)repair.store();
        if (part == null) {
            return GONE;
        }
        final int points = structures.points(part);
        String obstacle = obstacle(seat, part);
        if (obstacle == null && points == part.kind.health()) {
            obstacle = "the " + part.kind.name() + " is whole";
        }
        obstacle = obstacle != null ? obstacle : tooDear(seat, store, bill.clear().add(part.kind, part.kind.health(), points));
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.repair(seat, part, store));
    }

    Verdict turn(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        turn.wrap(buffer, offset, blockLength, version);
        final PlacedPart part = index.part((int)turn.part());
        final int to = turn.turn();
        if (part == null) {
            return GONE;
        }
        if (!Turns.isTurn(to)) {
            return Verdict.rejected("there is no turn " + to);
        }
        String obstacle = tooMuch(seat, part.kind.volume(), tick);
        obstacle = obstacle != null ? obstacle : obstacle(seat, part);
        if (obstacle == null && to == part.turn) {
            obstacle = "the " + part.kind.name() + " is turned so already";
        }
        plan.single(part.kind, part.x, part.y, part.z, to);
        obstacle = obstacle != null ? obstacle : PlacementRules.outsideWorld(plan);
        obstacle = obstacle != null ? obstacle : rights.obstacleToBuilding(seat, plan);
        obstacle = obstacle != null ? obstacle : rules.blocked(plan, part.entity);
        obstacle = obstacle != null ? obstacle : rules.unsupported(plan, part.entity);
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.turn(part, to));
    }

    private String obstacle(final Seat seat, final PlacedPart part) {
        final String obstacle = PlacementRules.tooFar(part, seat.anchorX(), seat.anchorZ(), reachMetres);
        return obstacle != null ? obstacle : rights.obstacleToChange(seat, part);
    }

    // ---- for whom ----

    /** For whom a store is, a structure, or, where neither is named, all that the player builds. */
    Verdict access(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        access.wrap(buffer, offset, blockLength, version);
        final int named = (int)access.store();
        final int level = access.level();
        final PlacedPart part = index.part(named);
        if (named == Inventories.NONE || part == null || part.kind.storeSlots() > 0) {
            return stores.access(seat, buffer, offset, blockLength, version, tick);
        }
        String obstacle = tooMuch(seat, Blueprint.MOST_VOXELS / MOST_STRUCTURES_A_TICK, tick);
        obstacle = obstacle != null ? obstacle : StoreRequests.obstacleToLevel(level);
        obstacle = obstacle != null ? obstacle : PlacementRules.tooFar(part, seat.anchorX(), seat.anchorZ(), reachMetres);
        if (obstacle == null && structures.owner(part.entity) != seat.number()) {
            obstacle = "only its owner says for whom a structure is";
        }
        if (obstacle == null && !structures.gather(part, Blueprint.MOST_PARTS)) {
            obstacle = "more than " + Blueprint.MOST_PARTS + " parts of yours hang together there: say for whom all is that you build";
        }
        return obstacle != null ? Verdict.rejected(obstacle) : Verdict.approved(() -> structures.share(level));
    }

    // ---- blueprints ----

    Verdict upload(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        upload.wrap(buffer, offset, blockLength, version);
        final long hash = upload.hash();
        final int length = upload.length();
        final int from = upload.from();
        final byte[] piece = new byte[upload.bytesLength()];
        upload.getBytes(piece, 0, piece.length);
        final int number = seat.number();
        if (!shelf.fits(number, hash, length, from, piece.length)) {
            return Verdict.rejected("that piece of a blueprint does not follow the one before it; begin again");
        }
        final byte[] whole = shelf.completed(number, length, from, piece);
        if (whole == null) {
            return Verdict.approved(() -> shelf.keep(number, hash, length, from, piece));
        }
        if (Blueprint.hash(whole) != hash) {
            return Verdict.rejected("the blueprint did not arrive as its hash says; upload it again");
        }
        try {
            final Blueprint blueprint = Blueprint.decode(catalogue, whole);
            return Verdict.approved(() -> shelf.put(number, hash, blueprint));
        } catch (final BlueprintFormatException e) {
            return Verdict.rejected(e.getMessage());
        }
    }
}
