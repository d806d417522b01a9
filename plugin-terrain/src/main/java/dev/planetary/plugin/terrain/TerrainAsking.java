package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import dev.planetary.plugin.terrain.sbe.DigEncoder;
import dev.planetary.plugin.terrain.sbe.FillEncoder;
import dev.planetary.plugin.terrain.sbe.ResendEncoder;
import org.agrona.ExpandableArrayBuffer;

/** What a client asks of the ground: digs and fills for its player, and now and then a chunk again that disagreed with an edit. */
final class TerrainAsking implements VoxelEdits, GameSystem {
    private final TerrainView view;
    private final TerrainReader reader;
    private final RequestSender requests;
    private final int ticksBetweenResends;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final DigEncoder dig = new DigEncoder();
    private final FillEncoder fill = new FillEncoder();
    private final ResendEncoder resend = new ResendEncoder();
    private int ticksToWait;

    TerrainAsking(final TerrainView view, final TerrainReader reader, final RequestSender requests, final int ticksBetweenResends) {
        this.view = view;
        this.reader = reader;
        this.requests = requests;
        this.ticksBetweenResends = ticksBetweenResends;
    }

    @Override
    public int dig(final int x, final int y, final int z, final int radius) {
        checkRadius(radius);
        dig.wrap(message, 0).x(x).y(y).z(z).radius((short)radius);
        return requests.send(TerrainRequests.DIG, message, 0, DigEncoder.BLOCK_LENGTH);
    }

    @Override
    public int fill(final int x, final int y, final int z, final int radius, final int material) {
        checkRadius(radius);
        if (material <= 0 || material > Character.MAX_VALUE) {
            throw new IllegalArgumentException("material " + material + ": expected 1 to 65535");
        }
        fill.wrap(message, 0).x(x).y(y).z(z).radius((short)radius).material(material);
        return requests.send(TerrainRequests.FILL, message, 0, FillEncoder.BLOCK_LENGTH);
    }

    private static void checkRadius(final int radius) {
        if (radius < 0 || radius > Brush.RADIUS_MAX) {
            throw new IllegalArgumentException("radius " + radius + ": expected 0 to " + Brush.RADIUS_MAX);
        }
    }

    @Override
    public void run(final World world, final int tick) {
        ticksToWait = Math.max(0, ticksToWait - 1);
        if (reader.brokenChunks() > 0 && ticksToWait == 0) {
            ticksToWait = ticksBetweenResends;
            for (final ClientColumn column : view.columns()) {
                for (int number = 0; number < Column.CHUNKS; number++) {
                    if (column.chunks[number].broken) {
                        resend.wrap(message, 0).x(column.x).z(column.z).chunk((short)number);
                        requests.send(TerrainRequests.RESEND, message, 0, ResendEncoder.BLOCK_LENGTH);
                    }
                }
            }
        }
    }
}
