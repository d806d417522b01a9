package dev.planetary.plugin.building;

/** Parts in the index of a test, under ids that count up. */
final class Standing {
    final PartCatalogue catalogue = PartCatalogue.standard();
    final PartIndex index = new PartIndex();
    private int last;

    PlacedPart add(final String kind, final int x, final int y, final int z) {
        return add(kind, x, y, z, 0);
    }

    PlacedPart add(final String kind, final int x, final int y, final int z, final int turn) {
        final PlacedPart part = new PlacedPart(++last, catalogue.kind(kind), turn, x, y, z);
        index.add(part);
        return part;
    }
}
