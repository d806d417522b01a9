package dev.planetary.plugin.terrain;

import dev.planetary.core.cell.Tick;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.plugin.terrain.sbe.CompareDecoder;
import dev.planetary.plugin.terrain.sbe.EditDecoder;
import dev.planetary.plugin.terrain.sbe.ResendDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Judges what players ask of the ground. An edit names what its player saw where it works: if that is what is there, the edit is done, whatever else
 * of the chunk has changed; if not, somebody was first, and the answer holds what is there now.
 */
final class TerrainRequests {
    static final RequestType EDIT = new RequestType("edit-ground", EditDecoder.SCHEMA_ID, EditDecoder.TEMPLATE_ID, EditDecoder.BLOCK_LENGTH);
    static final RequestType RESEND =
        new RequestType("resend-chunk", ResendDecoder.SCHEMA_ID, ResendDecoder.TEMPLATE_ID, ResendDecoder.BLOCK_LENGTH);
    static final RequestType COMPARE =
        new RequestType("compare-ground", CompareDecoder.SCHEMA_ID, CompareDecoder.TEMPLATE_ID, CompareDecoder.BLOCK_LENGTH);

    /** Chunks that one player may have sent again within the ticks between two resends of a chunk. */
    static final int RESENDS_A_SEAT = 16;

    /** Comparisons of one player in the same time. */
    private static final int COMPARISONS_A_SEAT = 40;
    private static final double HALF_VOXEL = 0.5;

    private final TerrainWorld world;
    private final TerrainCounters counters;
    private final int reachMetres;
    private final int ticksBetweenResends;
    private final Int2ObjectHashMap<Asked> askedBySeat = new Int2ObjectHashMap<>();
    private final Brush brush = new Brush();
    private final TrueVoxels truth = new TrueVoxels();
    private final Comparison comparison;
    private final EditDecoder edit = new EditDecoder();
    private final ResendDecoder resend = new ResendDecoder();
    private final CompareDecoder compare = new CompareDecoder();
    private OccupancyQuery occupancy = (x, y, z) -> OccupancyQuery.NOTHING;
    private Contributions contributions;

    /** What a seat has asked for lately. */
    private static final class Asked {
        private int sinceTick;
        private int resends;
        private int comparisons;
    }

    TerrainRequests(final TerrainWorld world, final TerrainCounters counters, final int reachMetres, final int ticksBetweenResends) {
        this.world = world;
        this.counters = counters;
        this.reachMetres = reachMetres;
        this.ticksBetweenResends = ticksBetweenResends;
        this.comparison = new Comparison(world);
    }

    /** Nothing is filled where something stands. */
    void occupancy(final OccupancyQuery query) {
        occupancy = query;
    }

    /** Counts what is dug. */
    void contributions(final Contributions account) {
        contributions = account;
    }

    Verdict edit(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        edit.wrap(buffer, offset, blockLength, version);
        brush.set(edit.kind(), edit.x(), edit.y(), edit.z(), edit.size(), (char)edit.material());
        final int base = (int)edit.base();
        final String obstacle = obstacle(seat);
        if (obstacle != null) {
            return Verdict.rejected(obstacle);
        }
        if (base != Brush.ANY_BASE && base != brush.base(world)) {
            counters.conflicts.incrementOrdered();
            return Verdict.rejected("somebody else changed the ground there first", truth.write(brush, world));
        }
        if (!brush.changesAnything(world)) {
            return Verdict.rejected("nothing to " + verb() + " there");
        }
        if (brush.action() == Brush.FILL) {
            final int occupant = occupant();
            if (occupant != OccupancyQuery.NOTHING) {
                return Verdict.rejected("a structure stands there: entity " + occupant);
            }
        }
        final Brush approved = new Brush().set(brush);
        return Verdict.approved(() -> {
            final int changed = world.edit(approved);
            if (approved.action() == Brush.DIG && contributions != null) {
                contributions.add(seat.player(), Contributions.Kind.DUG, changed);
            }
        });
    }

    private String verb() {
        return switch (brush.action()) {
            case Brush.DIG -> "dig";
            case Brush.FILL -> "fill";
            default -> "replace";
        };
    }

    /** What takes one of the voxels that would be filled. */
    private int occupant() {
        for (int y = Math.max(brush.minY(), Column.MIN_Y); y <= Math.min(brush.maxY(), Column.MAX_Y); y++) {
            for (int z = brush.minZ(); z <= brush.maxZ(); z++) {
                for (int x = brush.minX(); x <= brush.maxX(); x++) {
                    if (brush.contains(x, y, z) && world.materialAt(x, y, z) == Materials.AIR) {
                        final int occupant = occupancy.occupantAt(x, y, z);
                        if (occupant != OccupancyQuery.NOTHING) {
                            return occupant;
                        }
                    }
                }
            }
        }
        return OccupancyQuery.NOTHING;
    }

    /** A client compares what it holds, so that nothing is wrong for long, in a world at rest, too. Answered with "no": nothing is to be done. */
    Verdict compare(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        compare.wrap(buffer, offset, blockLength, version);
        final Asked asked = asked(seat, tick);
        if (asked.comparisons == COMPARISONS_A_SEAT) {
            return Verdict.rejected("too many comparisons at once: at most " + COMPARISONS_A_SEAT);
        }
        asked.comparisons++;
        counters.checks.incrementOrdered();
        return comparison.judge(compare, tick);
    }

    private Asked asked(final Seat seat, final int tick) {
        final Asked asked = askedBySeat.computeIfAbsent(seat.number(), key -> new Asked());
        if (!Tick.isNewer(asked.sinceTick + ticksBetweenResends, tick)) {
            asked.sinceTick = tick;
            asked.resends = 0;
            asked.comparisons = 0;
        }
        return asked;
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
        final Asked asked = asked(seat, tick);
        if (asked.resends == RESENDS_A_SEAT) {
            return Verdict.rejected("too many chunks at once: at most " + RESENDS_A_SEAT);
        }
        return Verdict.approved(() -> {
            asked.resends++;
            chunk.resent = true;
            chunk.resentTick = tick;
            world.resend(column, chunk);
        });
    }

    /** Why a brush cannot be used, in words the player can read; null where it can. */
    private String obstacle(final Seat seat) {
        if (!brush.isValid()) {
            return Brush.isKind(brush.kind) && !brush.isBox() && brush.size > Brush.RADIUS_MAX
                ? "too large: radius " + brush.size + ", at most " + Brush.RADIUS_MAX
                : "no such edit";
        }
        if (brush.y < Column.MIN_Y || brush.y > Column.MAX_Y) {
            return "outside the world: height " + brush.y + ", it goes from " + Column.MIN_Y + " to " + Column.MAX_Y;
        }
        final double distance = Math.hypot(
            ((double)brush.minX() + brush.maxX()) / 2 + HALF_VOXEL - seat.anchorX(), ((double)brush.minZ() + brush.maxZ()) / 2 + HALF_VOXEL - seat.anchorZ());
        if (!(distance <= reachMetres)) {
            return "too far: " + (long)Math.ceil(distance) + " m, reach is " + reachMetres + " m";
        }
        if (Brush.hasMaterial(brush.kind) && !world.materials().knows(brush.material)) {
            return "no material has number " + (int)brush.material;
        }
        return null;
    }
}
