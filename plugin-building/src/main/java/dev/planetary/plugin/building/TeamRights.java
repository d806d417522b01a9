package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;
import dev.planetary.plugin.building.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Rights by owner and team. A part is its owner's, its owner's team's, or everyone's: as was said of its structure ({@link Stores#said}), else as its
 * owner said of all that it builds. One that is nobody's is everyone's. A store says who may use what it holds; it is changed by its owner alone.
 */
final class TeamRights implements Rights {
    private final PartIndex index;
    private final IntUnaryOperator ownerOf;
    private final Stores stores;
    private final PlacementRules.PartNames names;
    private final int distance;
    private final List<PlacedPart> near = new ArrayList<>();
    private final Shell shell = new Shell();

    /**
     * Rights by owner and team.
     *
     * @param ownerOf  seat of the owner of an entity.
     * @param distance voxels around a part within which those build alone who may change it; 0 for none.
     */
    TeamRights(
        final PartIndex index, final IntUnaryOperator ownerOf, final Stores stores, final PlacementRules.PartNames names, final int distance) {
        this.index = index;
        this.ownerOf = ownerOf;
        this.stores = stores;
        this.names = names;
        this.distance = distance;
    }

    @Override
    public String obstacleToBuilding(final Seat seat, final Plan what) {
        what.level = Stores.NOT_SAID;
        if (!collect(seat, what)) {
            return null;
        }
        for (int i = 0; distance > 0 && i < near.size(); i++) {
            final PlacedPart part = near.get(i);
            if (!mayBuildOnto(seat, part)) {
                return "within " + distance + " m of " + names.nameOf(part) + ", where only " + whose(part) + " builds";
            }
        }
        for (int i = 0; i < what.parts; i++) {
            PlacedPart last = null;
            shell.around(what.x[i], what.y[i], what.z[i], what.size(i, 0), what.size(i, 1), what.size(i, 2));
            while (shell.next()) {
                final PlacedPart part = index.partAt(shell.x, shell.y, shell.z);
                if (part != null && part != last) {
                    last = part;
                    if (!mayBuildOnto(seat, part)) {
                        return "it would touch " + names.nameOf(part) + ", onto which only " + whose(part) + " builds";
                    }
                    if (what.level == Stores.NOT_SAID && part.kind.storeSlots() == 0) {
                        what.level = stores.said(part.entity);
                    }
                }
            }
        }
        return null;
    }

    /** Whether what stands near matters: it is not for this player, or is of a structure of which something was said. */
    private boolean collect(final Seat seat, final Plan what) {
        int minX = Integer.MAX_VALUE;
        int minY = Integer.MAX_VALUE;
        int minZ = Integer.MAX_VALUE;
        int maxX = Integer.MIN_VALUE;
        int maxY = Integer.MIN_VALUE;
        int maxZ = Integer.MIN_VALUE;
        for (int i = 0; i < what.parts; i++) {
            minX = Math.min(minX, what.x[i]);
            minY = Math.min(minY, what.y[i]);
            minZ = Math.min(minZ, what.z[i]);
            maxX = Math.max(maxX, what.x[i] + what.size(i, 0) - 1);
            maxY = Math.max(maxY, what.y[i] + what.size(i, 1) - 1);
            maxZ = Math.max(maxZ, what.z[i] + what.size(i, 2) - 1);
        }
        // What touches counts at any distance.
        final int around = Math.max(1, distance);
        near.clear();
        index.collect(minX - around, minY - around, minZ - around, maxX + around, maxY + around, maxZ + around, near);
        for (int i = 0; i < near.size(); i++) {
            final PlacedPart part = near.get(i);
            if (!mayBuildOnto(seat, part) || stores.said(part.entity) != Stores.NOT_SAID) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String obstacleToChange(final Seat seat, final PlacedPart part) {
        final boolean isStore = part.kind.storeSlots() > 0;
        final int owner = ownerOf.applyAsInt(part.entity);
        return isStore && (owner == seat.number() || owner == Stores.NOBODY) || !isStore && mayBuildOnto(seat, part) ? null
            : "that is " + names.nameOf(part) + ", not yours";
    }

    private boolean mayBuildOnto(final Seat seat, final PlacedPart part) {
        final int owner = ownerOf.applyAsInt(part.entity);
        return owner == Stores.NOBODY || owner == seat.number() || stores.isAllowed(seat.number(), owner, level(part, owner));
    }

    private int level(final PlacedPart part, final int owner) {
        final int said = stores.said(part.entity);
        return said != Stores.NOT_SAID ? said : stores.saidOfAll(owner);
    }

    private String whose(final PlacedPart part) {
        return stores.isForTeam(level(part, ownerOf.applyAsInt(part.entity))) ? "its owner's team" : "its owner";
    }
}
