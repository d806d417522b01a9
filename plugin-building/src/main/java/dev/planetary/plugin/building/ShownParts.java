package dev.planetary.plugin.building;

import dev.planetary.core.cell.EntityListener;
import dev.planetary.core.component.Position;
import dev.planetary.core.world.ComponentType;

/** On a client, keeps the index of the parts in the window as they come, change and go. What the catalogue does not know is passed over. */
final class ShownParts implements EntityListener {
    private final PartCatalogue catalogue;
    private final ComponentType<Part> parts;
    private final ComponentType<Position> positions;
    private final PartIndex index;

    ShownParts(final PartCatalogue catalogue, final ComponentType<Part> parts, final ComponentType<Position> positions, final PartIndex index) {
        this.catalogue = catalogue;
        this.parts = parts;
        this.positions = positions;
        this.index = index;
    }

    @Override
    public void onEntered(final int entity) {
        final Part part = parts.get(entity);
        final Position position = positions.get(entity);
        final PartKind kind = part == null || position == null ? null : catalogue.kind(part.kind);
        if (kind == null || !Turns.isTurn(part.turn)) {
            return;
        }
        final PlacedPart placed = new PlacedPart(entity, kind, part.turn, floor(position.x), floor(position.y), floor(position.z));
        if (PartIndex.isInWorld(placed.x, placed.y, placed.z, placed.sizeX, placed.sizeY, placed.sizeZ)) {
            index.add(placed);
        }
    }

    private static int floor(final double metres) {
        return (int)Math.floor(metres);
    }

    @Override
    public void onChanged(final int entity, final long components) {
        if ((components & (parts.bit() | positions.bit())) != 0) {
            onLeft(entity);
            onEntered(entity);
        }
    }

    @Override
    public void onLeft(final int entity) {
        final PlacedPart known = index.part(entity);
        if (known != null) {
            index.remove(known);
        }
    }
}
