package dev.planetary.benchmarks.join;

import dev.planetary.core.cell.CellKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The chunks of a world whose middles are nearest to a place: what a newcomer waits for. Uniform and empty ones count like others. */
final class NearestChunks {
    private static final double SIZE_METRES = 32;
    private static final double HALF = SIZE_METRES / 2;
    /** Columns from the place that are looked at, each way: 500 chunks of one layer alone reach 13 far. */
    private static final int REACH = 16;

    private final Set<Chunk> left;
    private final Set<Long> columns = new HashSet<>();
    private final double radiusMetres;

    /** A chunk by its coordinates: voxel by 32. */
    record Chunk(int x, int y, int z) {
        private double distanceSquared(final double[] place) {
            final double dx = x * SIZE_METRES + HALF - place[0];
            final double dy = y * SIZE_METRES + HALF - place[1];
            final double dz = z * SIZE_METRES + HALF - place[2];
            return dx * dx + dy * dy + dz * dz;
        }

        /** Metres along the ground from a place to the nearest edge of the chunk's column. */
        private double gap(final double[] place) {
            return Math.hypot(gap(x * SIZE_METRES, place[0]), gap(z * SIZE_METRES, place[2]));
        }

        private static double gap(final double low, final double at) {
            return Math.max(0, Math.max(low - at, at - low - SIZE_METRES));
        }
    }

    private NearestChunks(final List<Chunk> chosen, final double[] place) {
        left = new HashSet<>(chosen);
        radiusMetres = chosen.stream().mapToDouble(chunk -> chunk.gap(place)).max().orElse(0);
        chosen.forEach(chunk -> columns.add(CellKey.spatial(chunk.x, chunk.z)));
    }

    /**
     * Finds them.
     *
     * @param place   x, y and z in metres.
     * @param lowestY lowest chunk of the world.
     * @param height  chunks above one another in the world.
     * @param count   how many.
     */
    static NearestChunks of(final double[] place, final int lowestY, final int height, final int count) {
        final int atX = (int)Math.floor(place[0] / SIZE_METRES);
        final int atZ = (int)Math.floor(place[2] / SIZE_METRES);
        final List<Chunk> all = new ArrayList<>();
        for (int x = atX - REACH; x <= atX + REACH; x++) {
            for (int z = atZ - REACH; z <= atZ + REACH; z++) {
                for (int y = lowestY; y < lowestY + height; y++) {
                    all.add(new Chunk(x, y, z));
                }
            }
        }
        all.sort(Comparator.<Chunk>comparingDouble(chunk -> chunk.distanceSquared(place))
            .thenComparingInt(Chunk::x).thenComparingInt(Chunk::y).thenComparingInt(Chunk::z));
        return new NearestChunks(all.subList(0, Math.min(count, all.size())), place);
    }

    /** A new set of all of them, to cross off what has come. */
    Set<Chunk> all() {
        return new HashSet<>(left);
    }

    /** Cells of the terrain that hold them. */
    Set<Long> columns() {
        return columns;
    }

    /** Metres along the ground to the column that is farthest: a window of this radius holds them all. */
    double radiusMetres() {
        return radiusMetres;
    }
}
