package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The rights of a game without teams: a part may be changed by who placed it, one that is nobody's by everybody, and where somebody's parts stand, others
 * keep a distance.
 */
final class OwnerRights implements Rights {
    private static final int NOBODY = 0xFFFF;

    private final PartIndex index;
    private final IntUnaryOperator ownerOf;
    private final PlacementRules.PartNames names;
    private final int distance;
    private final List<PlacedPart> near = new ArrayList<>();

    /**
     * Rights by owner.
     *
     * @param ownerOf  seat of the owner of an entity.
     * @param distance voxels around a part within which nobody else builds; 0 for none.
     */
    OwnerRights(final PartIndex index, final IntUnaryOperator ownerOf, final PlacementRules.PartNames names, final int distance) {
        this.index = index;
        this.ownerOf = ownerOf;
        this.names = names;
        this.distance = distance;
    }

    @Override
    public String obstacleToBuilding(
        final Seat seat, final int minX, final int minY, final int minZ, final int maxX, final int maxY, final int maxZ) {
        if (distance == 0) {
            return null;
        }
        near.clear();
        index.collect(minX - distance, minY - distance, minZ - distance, maxX + distance, maxY + distance, maxZ + distance, near);
        for (final PlacedPart part : near) {
            if (!mayChange(seat, part)) {
                return "within " + distance + " m of " + names.nameOf(part) + ", where only its owner builds";
            }
        }
        return null;
    }

    @Override
    public String obstacleToChange(final Seat seat, final PlacedPart part) {
        return mayChange(seat, part) ? null : "that is " + names.nameOf(part) + ", not yours";
    }

    private boolean mayChange(final Seat seat, final PlacedPart part) {
        final int owner = ownerOf.applyAsInt(part.entity);
        return owner == NOBODY || owner == seat.number();
    }
}
