package dev.planetary.benchmarks.chaos;

import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;

/** A ball of one material high in the air, or over a border of chunks; each has a spot of its own. */
final class Mound implements Deed {
    private static final int RADIUS = 1;
    private static final int SPACING = 4;
    private static final int WIDE = 18;
    private static final int LOWEST = 180;
    private static final int HIGH = 30;
    /** Materials that every world knows: their numbers are from 1. */
    private static final int MATERIALS = 8;

    private final int x;
    private final int y;
    private final int z;
    private final int material;

    /** The mound of that number, 0 to {@link #MOST}, in the air around the spawn. */
    Mound(final int number, final int spawnX, final int spawnZ) {
        x = spawnX + SPACING * (number % WIDE - WIDE / 2);
        z = spawnZ + SPACING * (number / WIDE % WIDE - WIDE / 2);
        y = LOWEST + SPACING * (number / WIDE / WIDE);
        material = 1 + number % MATERIALS;
    }

    /** How many there are. */
    static final int MOST = WIDE * WIDE * HIGH;

    @Override
    public int ask(final ClientGame game) {
        return game.capability(VoxelEdits.class).orElseThrow().fill(x, y, z, RADIUS, material);
    }

    @Override
    public int askBack(final ClientGame game) {
        return game.capability(VoxelEdits.class).orElseThrow().dig(x, y, z, RADIUS);
    }

    @Override
    public Sight look(final ClientGame game) {
        final VoxelQuery ground = game.capability(VoxelQuery.class).orElseThrow();
        int of = 0;
        int ours = 0;
        int others = 0;
        for (int dx = -RADIUS; dx <= RADIUS; dx++) {
            for (int dy = -RADIUS; dy <= RADIUS; dy++) {
                for (int dz = -RADIUS; dz <= RADIUS; dz++) {
                    final int there = ground.materialAt(x + dx, y + dy, z + dz);
                    final boolean inside = Math.abs(dx) + Math.abs(dy) + Math.abs(dz) <= RADIUS;
                    of += inside ? 1 : 0;
                    ours += inside && there == material ? 1 : 0;
                    others += there != VoxelQuery.AIR && there != material ? 1 : 0;
                }
            }
        }
        if (others > 0) {
            return Sight.OTHER;
        }
        return ours == 0 ? Sight.NONE : ours == of ? Sight.WHOLE : Sight.PART;
    }

    @Override
    public boolean isDoneAlready(final String reason) {
        return reason.startsWith("nothing to ");
    }

    @Override
    public String toString() {
        return "mound at " + x + "," + y + "," + z;
    }
}
