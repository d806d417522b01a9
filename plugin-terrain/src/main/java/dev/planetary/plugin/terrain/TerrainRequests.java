package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.Tick;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.plugin.terrain.sbe.DigDecoder;
import dev.planetary.plugin.terrain.sbe.FillDecoder;
import dev.planetary.plugin.terrain.sbe.ResendDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/** Judges what players ask of the ground. */
final class TerrainRequests {
    static final RequestType DIG = new RequestType("dig", DigDecoder.SCHEMA_ID, DigDecoder.TEMPLATE_ID, DigDecoder.BLOCK_LENGTH);
    static final RequestType FILL = new RequestType("fill", FillDecoder.SCHEMA_ID, FillDecoder.TEMPLATE_ID, FillDecoder.BLOCK_LENGTH);
    static final RequestType RESEND =
        new RequestType("resend-chunk", ResendDecoder.SCHEMA_ID, ResendDecoder.TEMPLATE_ID, ResendDecoder.BLOCK_LENGTH);

    /** Chunks that one player may have sent again within the ticks between two resends of a chunk. */
    private static final int RESENDS_A_SEAT = 4;
    private static final double HALF_VOXEL = 0.5;

    private final TerrainWorld world;
    private final int reachMetres;
    private final int ticksBetweenResends;
    private final Int2ObjectHashMap<Resends> resendsBySeat = new Int2ObjectHashMap<>();
    private final DigDecoder dig = new DigDecoder();
    private final FillDecoder fill = new FillDecoder();
    private final ResendDecoder resend = new ResendDecoder();

    /** What a seat has had sent again lately. */
    private static final class Resends {
        private int sinceTick;
        private int count;
    }

    TerrainRequests(final TerrainWorld world, final int reachMetres, final int ticksBetweenResends) {
        this.world = world;
        this.reachMetres = reachMetres;
        this.ticksBetweenResends = ticksBetweenResends;
    }

    Verdict dig(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        dig.wrap(buffer, offset, blockLength, version);
        final int x = dig.x();
        final int y = dig.y();
        final int z = dig.z();
        final int radius = dig.radius();
        final String obstacle = obstacle(seat, x, y, z, radius);
        if (obstacle != null) {
            return Verdict.rejected(obstacle);
        }
        if (!world.wouldChange(Brush.DIG, x, y, z, radius)) {
            return Verdict.rejected("nothing to dig there");
        }
        return Verdict.approved(() -> world.edit(Brush.DIG, x, y, z, radius, Materials.AIR));
    }

    Verdict fill(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        fill.wrap(buffer, offset, blockLength, version);
        final int x = fill.x();
        final int y = fill.y();
        final int z = fill.z();
        final int radius = fill.radius();
        final int material = fill.material();
        final String obstacle = obstacle(seat, x, y, z, radius);
        if (obstacle != null) {
            return Verdict.rejected(obstacle);
        }
        if (material == Materials.AIR || !world.materials().knows(material)) {
            return Verdict.rejected("no material has number " + material);
        }
        if (!world.wouldChange(Brush.FILL, x, y, z, radius)) {
            return Verdict.rejected("nothing to fill there");
        }
        return Verdict.approved(() -> world.edit(Brush.FILL, x, y, z, radius, (char)material));
    }

    /** A client found that what it holds of a chunk disagrees with an edit. Everybody who watches the chunk is sent it, so it is not done often. */
    Verdict resend(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        resend.wrap(buffer, offset, blockLength, version);
        final HostColumn column = world.watched(resend.x(), resend.z());
        final int number = resend.chunk();
        if (column == null || number >= Column.CHUNKS) {
            return Verdict.rejected("nobody watches that chunk");
        }
        final HostChunk chunk = column.chunks[number];
        if (chunk.resent && Tick.isNewer(chunk.resentTick + ticksBetweenResends, tick)) {
            return Verdict.rejected("that chunk was sent again just now");
        }
        final Resends resends = resendsBySeat.computeIfAbsent(seat.number(), key -> new Resends());
        if (!Tick.isNewer(resends.sinceTick + ticksBetweenResends, tick)) {
            resends.sinceTick = tick;
            resends.count = 0;
        }
        if (resends.count == RESENDS_A_SEAT) {
            return Verdict.rejected("too many chunks at once: at most " + RESENDS_A_SEAT);
        }
        return Verdict.approved(() -> {
            resends.count++;
            chunk.resent = true;
            chunk.resentTick = tick;
            world.resend(column, chunk);
        });
    }

    /** Why a ball cannot be worked on, in words the player can read; null where it can. */
    private String obstacle(final Seat seat, final int x, final int y, final int z, final int radius) {
        if (radius > Brush.RADIUS_MAX) {
            return "too large: radius " + radius + ", at most " + Brush.RADIUS_MAX;
        }
        if (y < Column.MIN_Y || y > Column.MAX_Y) {
            return "outside the world: height " + y + ", it goes from " + Column.MIN_Y + " to " + Column.MAX_Y;
        }
        final double distance = Math.hypot(x + HALF_VOXEL - seat.anchorX(), z + HALF_VOXEL - seat.anchorZ());
        if (!(distance <= reachMetres)) {
            return "too far: " + (long)Math.ceil(distance) + " m, reach is " + reachMetres + " m";
        }
        return null;
    }
}
