package dev.planetary.plugin.building;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Position;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * On a client, keeps the index of the parts in the window: looks at each once a tick, about 20 ns, and allocates only for what is new. What the
 * catalogue does not know is passed over.
 */
final class ShownParts implements GameSystem {
    private final PartCatalogue catalogue;
    private final ComponentType<Part> parts;
    private final ComponentType<Position> positions;
    private final PartIndex index;
    private final Query query;
    private final List<PlacedPart> gone = new ArrayList<>();

    ShownParts(
        final World world, final CoreComponents core, final PartCatalogue catalogue, final ComponentType<Part> parts, final PartIndex index) {
        this.catalogue = catalogue;
        this.parts = parts;
        this.positions = core.position();
        this.index = index;
        this.query = world.query(parts, positions);
    }

    @Override
    public void run(final World world, final int tick) {
        int known = 0;
        int others = 0;
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            if (isKnown(entity)) {
                known++;
            } else {
                others++;
            }
        }
        if (known < index.size()) {
            takeOut();
        }
        if (others > 0) {
            takeIn();
        }
    }

    private boolean isKnown(final int entity) {
        final PlacedPart known = index.part(entity);
        return known != null && isAsShown(known, parts.get(entity), positions.get(entity));
    }

    private static boolean isAsShown(final PlacedPart known, final Part part, final Position position) {
        return part != null && position != null && part.kind == known.kind.number() && part.turn == known.turn && floor(position.x) == known.x
            && floor(position.y) == known.y && floor(position.z) == known.z;
    }

    private static int floor(final double metres) {
        return (int)Math.floor(metres);
    }

    private void takeOut() {
        gone.clear();
        for (final PlacedPart part : index.all()) {
            if (!isAsShown(part, parts.get(part.entity), positions.get(part.entity))) {
                gone.add(part);
            }
        }
        for (int i = 0; i < gone.size(); i++) {
            index.remove(gone.get(i));
        }
    }

    private void takeIn() {
        for (int entity = query.first(); entity != NetworkId.NONE; entity = query.next(entity)) {
            if (index.part(entity) == null) {
                final Part part = parts.get(entity);
                final Position position = positions.get(entity);
                final PartKind kind = catalogue.kind(part.kind);
                if (kind != null && Turns.isTurn(part.turn)) {
                    final PlacedPart placed =
                        new PlacedPart(entity, kind, part.turn, floor(position.x), floor(position.y), floor(position.z));
                    if (PartIndex.isInWorld(placed.x, placed.y, placed.z, placed.sizeX, placed.sizeY, placed.sizeZ)) {
                        index.add(placed);
                    }
                }
            }
        }
    }
}
