package dev.planetary.plugin.building;

/** Blueprints that tests build, of the parts that come with the plugin. */
final class Buildings {
    private Buildings() {
    }

    /** A foundation, walls with a door and windows, a roof, a lamp. */
    static Blueprint hut(final PartCatalogue parts) {
        final BlueprintBuilder builder = new BlueprintBuilder();
        builder.add(parts.kind("foundation"), 0, 0, 0, 0);
        builder.add(parts.kind("wall"), 0, 1, 0, 0);
        builder.add(parts.kind("door"), 0, 1, 3, 0);
        for (int x = 1; x < 4; x++) {
            builder.add(parts.kind("wood-block"), x, 1, 3, 0);
            builder.add(parts.kind("window"), x, 2, 3, 0);
        }
        for (int x = 0; x < 4; x++) {
            builder.add(parts.kind("wood-block"), x, 3, 3, 0);
        }
        builder.add(parts.kind("pillar"), 0, 1, 1, 0);
        builder.add(parts.kind("pillar"), 3, 1, 1, 0);
        builder.add(parts.kind("roof"), 0, 4, 0, 0);
        builder.add(parts.kind("lamp"), 1, 1, 1, 0);
        return builder.build();
    }

    /** 1,000 blocks: walls around nothing, 25 high. */
    static Blueprint tower(final PartCatalogue parts) {
        final BlueprintBuilder builder = new BlueprintBuilder();
        for (int y = 0; y < 25; y++) {
            for (int i = 0; i < 10; i++) {
                final PartKind kind = parts.kind(y % 5 == 2 && i % 3 == 1 ? "glass-block" : "stone-block");
                builder.add(kind, i, y, 0, 0).add(kind, 10, y, i, 0).add(kind, i + 1, y, 10, 0).add(kind, 0, y, i + 1, 0);
            }
        }
        return builder.build();
    }

    /** Two storeys of walls, floors, pillars and beams, turned in several ways. */
    static Blueprint cottage(final PartCatalogue parts) {
        final BlueprintBuilder builder = new BlueprintBuilder();
        for (int x = 0; x < 6; x++) {
            for (int z = 0; z < 4; z++) {
                builder.add(parts.kind("foundation"), 4 * x, 0, 4 * z, 0).add(parts.kind("floor"), 4 * x, 4, 4 * z, x % 4);
                builder.add(parts.kind("roof"), 4 * x, 8, 4 * z, 0);
            }
        }
        for (int storey = 1; storey < 8; storey += 4) {
            for (int x = 0; x < 5; x++) {
                builder.add(parts.kind("wall"), 4 * x + 1, storey, 0, 0).add(parts.kind("wall"), 4 * x + 1, storey, 15, 2);
            }
            for (int z = 0; z < 3; z++) {
                builder.add(parts.kind("wall"), 0, storey, 4 * z + 1, 1).add(parts.kind("wall"), 23, storey, 4 * z + 1, 3);
            }
            for (int x = 4; x < 24; x += 4) {
                for (int z = 4; z < 15; z += 4) {
                    builder.add(parts.kind("pillar"), x - 1, storey, z, 0);
                }
            }
            for (int x = 2; x < 22; x++) {
                if (x % 4 != 3) {
                    builder.add(parts.kind("beam"), x, storey + 2, 7, 1);
                }
            }
        }
        return builder.build();
    }
}
