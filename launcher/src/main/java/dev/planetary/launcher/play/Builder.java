package dev.planetary.launcher.play;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.joml.Vector3d;

/**
 * The part of a bot that builds: places parts by hand and by blueprint, from what it has or from a store that everyone may use, takes away, hits, mends and
 * turns what is its own, and digs under what is not. Every so many ticks of the host all builders near a site want the same there at the same moment, so
 * that all but one are told no. It keeps no account of what it built: what its world shows is what there is.
 */
final class Builder {
    /** Works no further away than this, along the ground; hosts let players reach 12 m unless they are told otherwise. */
    static final double REACH_METRES = 10;

    /** Most parts of one builder; with more it takes away. */
    static final int MOST_PARTS = 60;

    /** Between two moments at which all want the same, in ticks of the host. */
    static final int CONTEST_TICKS = 200;

    /** Sites lie in a square grid of this width. */
    static final int SITE_METRES = 24;

    /** So long before the moment they set out for it. */
    private static final int WAY_TICKS = 60;

    private static final double NEAR_METRES = 7;
    private static final int HIGHEST = 10;
    private static final int EYE_HEIGHT = 6;
    private static final int HUT_WIDTH = 4;
    private static final int HUT_HEIGHT = 5;
    private static final int SHARED_ITEMS = 60;
    private static final int SPARED_ITEMS = 100;
    private static final int FEW_ITEMS = 12;
    private static final int HIT_POINTS = 60;
    private static final int HARD_HIT_POINTS = 1_000;
    private static final int REMOVED_AT_ONCE = 3;
    private static final int TURNS = 24;
    private static final int UPRIGHT = 4;
    private static final int FILL_MATERIAL = 1;
    private static final int FILL_RADIUS = 2;
    private static final int DIG_RADIUS = 3;
    private static final int WISHES = 4;
    private static final int PLACES_TRIED = 6;
    private static final String[] SMALL_PARTS = {"wood-block", "stone-block", "pillar", "stairs", "lamp", "glass-block"};
    private static final String[] WIDE_PARTS = {"wall", "beam", "foundation", "floor"};
    private static final String[] ITEMS = {"wood", "stone", "iron", "glass"};

    private final Random random;
    private final Building building;
    private final Parts parts;
    private final Verdicts verdicts;
    private final Optional<VoxelQuery> ground;
    private final Optional<VoxelEdits> edits;
    private final Optional<Inventories> inventories;
    private final Optional<Storage> storage;
    private final byte[] hut;
    private final int chest;
    private final Vector3d at = new Vector3d();
    private int chestX;
    private int chestY;
    private int chestZ;
    private boolean chestIsComing;
    private long pastRound = Long.MIN_VALUE;
    private int topX;
    private int topY;
    private int topZ;

    /**
     * A builder with its own chance.
     *
     * @param edits of the ground, not counted: what it asks for is counted here.
     */
    Builder(
        final long seed,
        final Building building,
        final Parts parts,
        final Verdicts verdicts,
        final Optional<VoxelQuery> ground,
        final Optional<VoxelEdits> edits,
        final Optional<Inventories> inventories,
        final Optional<Storage> storage) {
        this.random = new Random(seed);
        this.building = building;
        this.parts = parts;
        this.verdicts = verdicts;
        this.ground = ground;
        this.edits = edits;
        this.inventories = inventories;
        this.storage = storage;
        this.chest = building.kind("chest");
        this.hut = hut();
    }

    /** A foundation, four pillars, a roof and a lamp; empty where the game has no such parts. */
    private byte[] hut() {
        final int foundation = building.kind("foundation");
        final int pillar = building.kind("pillar");
        final int roof = building.kind("roof");
        final int lamp = building.kind("lamp");
        if (foundation == 0 || pillar == 0 || roof == 0 || lamp == 0) {
            return new byte[0];
        }
        final int far = HUT_WIDTH - 1;
        return building.blueprint(
            foundation, 0, 0, 0, 0,
            pillar, 0, 1, 0, 0,
            pillar, far, 1, 0, 0,
            pillar, 0, 1, far, 0,
            pillar, far, 1, far, 0,
            roof, 0, HUT_HEIGHT - 1, 0, 0,
            lamp, 1, 1, 1, 0);
    }

    /** Whether it can build at all: the host has given the player an account, which one without the plugin for it never does. */
    boolean isAtWork() {
        return inventories.isEmpty() || inventories.get().holderOf(parts.seat()) != Inventories.NONE;
    }

    /** Does one thing, as chance will have it, near where the bot is. */
    void build(final Vector3d place) {
        if (chestIsComing && openChest()) {
            return;
        }
        if (parts.countOwn() > MOST_PARTS) {
            clearAway(place);
            return;
        }
        final int chance = random.nextInt(100);
        if (chance < 30) {
            placePart(place, OccupancyQuery.NOTHING);
        } else if (chance < 50) {
            buildFromStore(place);
        } else if (chance < 60) {
            findTop(place, NEAR_METRES, HUT_WIDTH);
            placeHut(false, OccupancyQuery.NOTHING);
        } else if (chance < 70) {
            change(place);
        } else if (chance < 78) {
            remove(parts.pick(true, place, REACH_METRES, random));
        } else if (chance < 82) {
            // Somebody else's: the host says no.
            remove(parts.pick(false, place, REACH_METRES, random));
        } else if (chance < 90) {
            moveItems(place);
        } else {
            undermine(place);
        }
    }

    /**
     * Where the host's clock strikes, wants what all others near the same site want.
     *
     * @param hostTick what tick it is on the host at this moment.
     */
    void contest(final Vector3d place, final double hostTick) {
        final long round = (long)Math.floor(hostTick / CONTEST_TICKS);
        if (round == pastRound) {
            return;
        }
        final boolean isFirst = pastRound == Long.MIN_VALUE;
        pastRound = round;
        final int x = site(place.x);
        final int z = site(place.z);
        if (isFirst || Math.hypot(x - place.x, z - place.z) > REACH_METRES - HUT_WIDTH) {
            return;
        }
        topX = x;
        topZ = z;
        switch ((int)Math.floorMod(round, (long)WISHES)) {
            case 0 -> {
                topY = top(x, z, 1, place);
                place("stone-block", 0, OccupancyQuery.NOTHING, true);
            }
            case 1 -> {
                topY = top(x, z, HUT_WIDTH, place);
                placeHut(true, OccupancyQuery.NOTHING);
            }
            case 2 -> takeAll(x, z);
            default -> edits.ifPresent(earth ->
                verdicts.asked(Deed.FILL, earth.fill(x, surface(x, z, place), z, FILL_RADIUS, FILL_MATERIAL), true));
        }
    }

    /** Whether it is time to go to the site that is nearest; then, where from here that lies, in radians from x to z. */
    OptionalDouble way(final Vector3d place, final double hostTick) {
        final double x = site(place.x) - place.x;
        final double z = site(place.z) - place.z;
        final double left = CONTEST_TICKS * (1 + Math.floor(hostTick / CONTEST_TICKS)) - hostTick;
        return left <= WAY_TICKS && Math.hypot(x, z) > 1 ? OptionalDouble.of(Math.atan2(z, x)) : OptionalDouble.empty();
    }

    private static int site(final double metres) {
        return SITE_METRES * (int)Math.floor(metres / SITE_METRES) + SITE_METRES / 2;
    }

    /** All that the nearest store for everyone holds: who comes second is told that it is not there. */
    private void takeAll(final int x, final int z) {
        final int store = storeNear(x, z);
        if (store != OccupancyQuery.NOTHING) {
            final int item = inventories.orElseThrow().item(ITEMS[0]);
            final int there = inventories.orElseThrow().count(store, item);
            if (there > 0) {
                verdicts.asked(Deed.WITHDRAW, storage.orElseThrow().withdraw(store, item, there), true);
            }
        }
    }

    // ---- one deed each ----

    private void placePart(final Vector3d place, final int store) {
        final boolean isWide = random.nextInt(3) == 0;
        final String[] names = isWide ? WIDE_PARTS : SMALL_PARTS;
        findTop(place, NEAR_METRES, isWide ? HUT_WIDTH : 1);
        place(names[random.nextInt(names.length)], random.nextInt(5) == 0 ? random.nextInt(TURNS) : random.nextInt(UPRIGHT), store, false);
    }

    private void place(final String name, final int turn, final int store, final boolean isContested) {
        final int kind = building.kind(name);
        if (kind != 0 && topY != Integer.MIN_VALUE) {
            verdicts.asked(Deed.PLACE, building.place(kind, topX, topY, topZ, turn, store), isContested);
        }
    }

    private void placeHut(final boolean isContested, final int store) {
        if (hut.length > 0 && topY != Integer.MIN_VALUE) {
            final int quarters = isContested ? 0 : random.nextInt(UPRIGHT);
            verdicts.asked(Deed.BLUEPRINT, building.placeBlueprint(hut, topX, topY, topZ, quarters, store), isContested);
        }
    }

    /** From the store for everyone that is near; where there is none, it sets one up. */
    private void buildFromStore(final Vector3d place) {
        final int store = storeNear(place.x, place.z);
        if (store != OccupancyQuery.NOTHING) {
            if (random.nextInt(4) == 0) {
                findTop(place, NEAR_METRES, HUT_WIDTH);
                placeHut(false, store);
            } else {
                placePart(place, store);
            }
        } else if (storage.isPresent() && chest != 0) {
            findTop(place, NEAR_METRES, 1);
            if (topY != Integer.MIN_VALUE) {
                chestX = topX;
                chestY = topY;
                chestZ = topZ;
                chestIsComing = true;
                verdicts.asked(Deed.PLACE, building.place(chest, topX, topY, topZ, 0, OccupancyQuery.NOTHING), false);
            }
        }
    }

    /** Lets everyone use the chest that it asked for, once it stands, and puts something in. False where it never came. */
    private boolean openChest() {
        final int store = parts.partAt(chestX, chestY, chestZ);
        chestIsComing = false;
        if (store == OccupancyQuery.NOTHING || storage.isEmpty()) {
            return false;
        }
        verdicts.asked(Deed.SHARE, storage.get().access(store, Storage.EVERYONE), false);
        for (final String name : ITEMS) {
            deposit(store, name);
        }
        return true;
    }

    private void moveItems(final Vector3d place) {
        final int store = storeNear(place.x, place.z);
        if (store == OccupancyQuery.NOTHING) {
            return;
        }
        final String name = ITEMS[random.nextInt(ITEMS.length)];
        if (random.nextInt(3) > 0) {
            deposit(store, name);
        } else {
            final int item = inventories.orElseThrow().item(name);
            verdicts.asked(Deed.WITHDRAW, storage.orElseThrow().withdraw(store, item, FEW_ITEMS), false);
        }
    }

    private void deposit(final int store, final String name) {
        final int item = inventories.map(all -> all.item(name)).orElse(Inventories.NONE);
        if (item != Inventories.NONE && own(item) > SPARED_ITEMS + SHARED_ITEMS) {
            verdicts.asked(Deed.DEPOSIT, storage.orElseThrow().deposit(store, item, SHARED_ITEMS), false);
        }
    }

    private int own(final int item) {
        return inventories.map(all -> all.count(all.holderOf(parts.seat()), item)).orElse(0);
    }

    private int storeNear(final double x, final double z) {
        return storage.isEmpty() || inventories.isEmpty() ? OccupancyQuery.NOTHING : storage.get().sharedStoreNear(x, z, REACH_METRES);
    }

    private void remove(final int part) {
        if (part != OccupancyQuery.NOTHING) {
            verdicts.asked(Deed.REMOVE, building.remove(part, OccupancyQuery.NOTHING), false);
        }
    }

    private void change(final Vector3d place) {
        final int part = parts.pick(true, place, REACH_METRES, random);
        if (part != OccupancyQuery.NOTHING) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    verdicts.asked(Deed.DAMAGE, building.damage(part, 1 + random.nextInt(HIT_POINTS)), false);
                    verdicts.asked(Deed.REPAIR, building.repair(part, OccupancyQuery.NOTHING), false);
                }
                case 1 -> verdicts.asked(Deed.DAMAGE, building.damage(part, HIT_POINTS), false);
                default -> verdicts.asked(Deed.TURN, building.turn(part, random.nextInt(TURNS)), false);
            }
        }
    }

    /** It has built enough: some of it goes, now and then by force, with all that rests on it. */
    private void clearAway(final Vector3d place) {
        if (random.nextInt(4) == 0) {
            final int part = parts.pick(true, place, REACH_METRES, random);
            if (part != OccupancyQuery.NOTHING) {
                verdicts.asked(Deed.DAMAGE, building.damage(part, HARD_HIT_POINTS), false);
            }
            return;
        }
        for (int i = 0; i < REMOVED_AT_ONCE; i++) {
            remove(parts.pick(true, place, REACH_METRES, random));
        }
    }

    /** Digs where somebody else's part stands, so that it falls. */
    private void undermine(final Vector3d place) {
        final int part = parts.pick(false, place, NEAR_METRES, random);
        if (part != OccupancyQuery.NOTHING && edits.isPresent()) {
            parts.place(part, at);
            verdicts.asked(Deed.DIG, edits.get().dig(voxel(at.x), voxel(at.y) - 1, voxel(at.z), DIG_RADIUS), false);
        }
    }

    // ---- where ----

    /** Looks for a place near the bot, at its feet first, where a ball of earth meets nothing that is built; who is buried comes out on top. */
    boolean findFillable(final Vector3d place, final int radius, final Vector3d into) {
        for (int i = 0; i < PLACES_TRIED; i++) {
            final double around = random.nextDouble() * 2 * Math.PI;
            final double far = NEAR_METRES * i / PLACES_TRIED;
            final int x = voxel(place.x + far * Math.cos(around));
            final int z = voxel(place.z + far * Math.sin(around));
            final int y = i == 0 ? voxel(place.y) : surface(x, z, place);
            if (y != Integer.MIN_VALUE && !isSolid(x, y, z) && isFree(x, y, z, radius)) {
                into.set(x, y, z);
                return true;
            }
        }
        return false;
    }

    private boolean isFree(final int x, final int y, final int z, final int radius) {
        for (int dx = -radius; dx <= radius; dx++) {
            for (int dy = -radius; dy <= radius; dy++) {
                for (int dz = -radius; dz <= radius; dz++) {
                    if (parts.isTaken(x + dx, y + dy, z + dz)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** A place near the bot for something so wide, on the ground or on what stands there. */
    private void findTop(final Vector3d place, final double metres, final int width) {
        final double around = random.nextDouble() * 2 * Math.PI;
        final double far = 2 + (metres - 2) * random.nextDouble();
        topX = voxel(place.x + far * Math.cos(around));
        topZ = voxel(place.z + far * Math.sin(around));
        topY = top(topX, topZ, width, place);
    }

    /** The lowest height that is free over all columns of a square; {@code Integer.MIN_VALUE} where there is none within reach. */
    private int top(final int fromX, final int fromZ, final int width, final Vector3d place) {
        final int highest = voxel(place.y) + HIGHEST;
        int top = Integer.MIN_VALUE;
        for (int x = fromX; x < fromX + width; x++) {
            for (int z = fromZ; z < fromZ + width; z++) {
                int y = surface(x, z, place);
                while (y != Integer.MIN_VALUE && y <= highest && (parts.isTaken(x, y, z) || isSolid(x, y, z))) {
                    y++;
                }
                top = Math.max(top, y);
            }
        }
        return top > highest ? Integer.MIN_VALUE : top;
    }

    private int surface(final int x, final int z, final Vector3d place) {
        return ground.map(voxels -> voxels.surfaceBelow(x, voxel(place.y) + EYE_HEIGHT, z)).orElse(voxel(place.y));
    }

    private boolean isSolid(final int x, final int y, final int z) {
        return ground.isPresent() && ground.get().isSolid(x, y, z);
    }

    private static int voxel(final double metres) {
        return (int)Math.floor(metres);
    }
}
