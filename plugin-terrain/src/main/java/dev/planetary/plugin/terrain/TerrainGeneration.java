package dev.planetary.plugin.terrain;

import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import java.util.function.LongFunction;

/** Makes, on a client, the chunks that the host did not send since a seed makes them: some columns a tick, in the order in which they were told. */
final class TerrainGeneration implements GameSystem {
    /** Columns made in a tick, at most. */
    static final int COLUMNS_A_TICK = 8;

    private final TerrainView view;
    private final TerrainReader reader;
    private final LongFunction<ColumnGenerator> generators;
    private final Voxels[] made = new Voxels[Column.CHUNKS];
    private ColumnGenerator generator;
    private long seed;

    TerrainGeneration(final TerrainView view, final TerrainReader reader, final LongFunction<ColumnGenerator> generators) {
        this.view = view;
        this.reader = reader;
        this.generators = generators;
    }

    @Override
    public void run(final World world, final int tick) {
        view.tick(tick);
        int left = COLUMNS_A_TICK;
        while (left > 0) {
            final ClientColumn column = reader.nextToGenerate();
            if (column == null) {
                return;
            }
            // It may have left the window, and come back as another.
            if (view.column(column.x, column.z) == column) {
                generate(column);
                left--;
            }
        }
    }

    private void generate(final ClientColumn column) {
        if (generator == null || seed != column.seed) {
            seed = column.seed;
            generator = generators.apply(seed);
        }
        generator.generate(column.x, column.z, made);
        for (int number = Column.CHUNKS - 1; number >= 0; number--) {
            reader.takeGenerated(column, number, made[number]);
        }
    }
}
