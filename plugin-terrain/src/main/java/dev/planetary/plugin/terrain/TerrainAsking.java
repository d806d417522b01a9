package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.World;
import dev.planetary.plugin.terrain.sbe.EditEncoder;
import dev.planetary.plugin.terrain.sbe.ResendEncoder;
import org.agrona.ExpandableArrayBuffer;

/**
 * What a client asks of the ground: edits for its player, which are shown at once and taken back where the host says no, and now and then a chunk again
 * that is not what the host has.
 */
final class TerrainAsking implements VoxelEdits, GameSystem, RequestSender.VerdictListener {
    private final ClientContext client;
    private final TerrainView view;
    private final TerrainReader reader;
    private final TerrainCounters counters;
    private final RequestSender requests;
    private final int ticksBetweenResends;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final EditEncoder edit = new EditEncoder();
    private final ResendEncoder resend = new ResendEncoder();
    private final Brush brush = new Brush();
    private final Brush answered = new Brush();
    private int ticksToWait;
    private int lastBroken;

    TerrainAsking(
        final ClientContext client, final TerrainView view, final TerrainReader reader, final TerrainCounters counters, final int ticksBetweenResends) {
        this.client = client;
        this.view = view;
        this.reader = reader;
        this.counters = counters;
        this.requests = client.requests();
        this.ticksBetweenResends = ticksBetweenResends;
    }

    @Override
    public int dig(final int x, final int y, final int z, final int radius) {
        checkRadius(radius);
        return ask(brush.ball(Brush.DIG, x, y, z, radius, Materials.AIR));
    }

    @Override
    public int fill(final int x, final int y, final int z, final int radius, final int material) {
        checkRadius(radius);
        checkMaterial(material);
        return ask(brush.ball(Brush.FILL, x, y, z, radius, (char)material));
    }

    @Override
    public int replace(final int x, final int y, final int z, final int radius, final int material) {
        checkRadius(radius);
        checkMaterial(material);
        return ask(brush.ball(Brush.REPLACE, x, y, z, radius, (char)material));
    }

    @Override
    public int digBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ) {
        checkEdges(edgeX, edgeY, edgeZ);
        return ask(brush.box(Brush.DIG, minX, minY, minZ, edgeX, edgeY, edgeZ, Materials.AIR));
    }

    @Override
    public int fillBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ, final int material) {
        checkEdges(edgeX, edgeY, edgeZ);
        checkMaterial(material);
        return ask(brush.box(Brush.FILL, minX, minY, minZ, edgeX, edgeY, edgeZ, (char)material));
    }

    private static void checkRadius(final int radius) {
        if (radius < 0 || radius > Brush.RADIUS_MAX) {
            throw new IllegalArgumentException("radius " + radius + ": expected 0 to " + Brush.RADIUS_MAX);
        }
    }

    private static void checkMaterial(final int material) {
        if (material <= 0 || material > Character.MAX_VALUE) {
            throw new IllegalArgumentException("material " + material + ": expected 1 to 65535");
        }
    }

    private static void checkEdges(final int edgeX, final int edgeY, final int edgeZ) {
        if (Math.min(edgeX, Math.min(edgeY, edgeZ)) < 1 || Math.max(edgeX, Math.max(edgeY, edgeZ)) > Brush.EDGE_MAX) {
            throw new IllegalArgumentException("box of " + edgeX + " x " + edgeY + " x " + edgeZ + ": expected edges of 1 to " + Brush.EDGE_MAX);
        }
    }

    private int ask(final Brush asked) {
        edit.wrap(message, 0).kind((short)asked.kind).x(asked.x).y(asked.y).z(asked.z).size(asked.size).material(asked.material)
            .base(Integer.toUnsignedLong(view.shows(asked) ? asked.base(view) : Brush.ANY_BASE));
        final int request = requests.send(TerrainRequests.EDIT, message, 0, EditEncoder.BLOCK_LENGTH);
        if (request != RequestSender.NONE) {
            view.predict(request, asked);
        }
        return request;
    }

    /** The effects of an approved edit, or those that beat a rejected one, were told before this. */
    @Override
    public void onVerdict(final int requestId, final boolean approved, final String reason, final byte[] detail) {
        if (view.answered(requestId, answered) && !approved) {
            counters.conflicts.incrementOrdered();
            if (!TrueVoxels.agrees(detail, answered, view)) {
                reader.doubt(answered);
            }
        }
    }

    @Override
    public void run(final World world, final int tick) {
        if (!client.isLive() && view.predicted() > 0) {
            view.withdrawAll();
        }
        ticksToWait = Math.max(0, ticksToWait - 1);
        final int broken = reader.brokenChunks();
        if (broken > 0 && (ticksToWait == 0 || broken > lastBroken)) {
            askAgain(ticksToWait == 0);
        }
        lastBroken = broken;
    }

    /** Asks for chunks that are not what the host has: those found since the last time, or all. */
    private void askAgain(final boolean all) {
        int left = TerrainRequests.RESENDS_A_SEAT;
        if (all) {
            ticksToWait = ticksBetweenResends + 1;
        }
        for (final ClientColumn column : view.columns()) {
            for (int number = 0; number < Column.CHUNKS && left > 0; number++) {
                final ClientChunk chunk = column.chunks[number];
                if (chunk.broken && (all || !chunk.asked)) {
                    resend.wrap(message, 0).x(column.x).z(column.z).chunk((short)number);
                    chunk.asked = requests.send(TerrainRequests.RESEND, message, 0, ResendEncoder.BLOCK_LENGTH) != RequestSender.NONE;
                    left--;
                }
            }
        }
    }
}
