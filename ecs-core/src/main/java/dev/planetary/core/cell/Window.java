package dev.planetary.core.cell;

import dev.planetary.core.cell.Repairs.Repair;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * The cells one consumer asks about: for each source, the spatial cells within the radius of the anchor, the global cells and its private one, each
 * with its {@link CellTrack}. A cell stays until it is further than radius + hysteresis. Host loop only.
 */
public final class Window {
    /** The window follows the anchor in steps of at least this much. */
    public static final double ANCHOR_STEP_METRES = 1;

    /** Cells count as within a radius up to this much beyond it, since the wire rounds the anchor. */
    public static final double EDGE_METRES = 0.125;

    private static final int TURN_OF_ROW = 3;

    private final Watchers[] watchers;
    private final CellSource[] sources;
    private final double radius;
    private final double keepRadius;
    private final boolean takesBack;
    private final Bands bands;
    private final Long2ObjectHashMap<CellTrack>[] bySource;
    private final WindowIndex[] indexes;
    private final Circle circle;
    private final List<CellTrack> tracks = new ArrayList<>();
    private final List<CellTrack> pool = new ArrayList<>();
    private final LongArrayList departed = new LongArrayList();
    private final IntArrayList departedSources = new IntArrayList();
    private final IntArrayList departedTicks = new IntArrayList();

    private CellTrack[] queue = new CellTrack[64];
    private int queued;
    private int incomplete;
    private int reopened;
    private int tick;
    private int anchorX;
    private int anchorZ;
    private boolean placed;
    private int residency;
    private int wanted;

    /**
     * A window over sources, in wire order; empty until {@link #open}. Without hysteresis, entities are told by the exact circle; with it, cells are told
     * whole.
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Window(final Watchers[] watchers, final double radius, final double hysteresis, final Bands bands, final Repairs repairs) {
        this.bands = bands;
        this.watchers = watchers;
        this.sources = new CellSource[watchers.length];
        this.radius = radius + EDGE_METRES;
        this.keepRadius = this.radius + hysteresis;
        this.takesBack = repairs.has(Repair.TAKE_BACK);
        this.circle = hysteresis == 0 ? new Circle(radius) : null;
        this.bySource = new Long2ObjectHashMap[watchers.length];
        this.indexes = new WindowIndex[watchers.length];
        for (int i = 0; i < watchers.length; i++) {
            sources[i] = watchers[i].source();
            bySource[i] = new Long2ObjectHashMap<>();
        }
    }

    /**
     * Takes up the cells that are nowhere: global pages and the private cell of the seat.
     *
     * @param wantedSources bits of the sources that the consumer can read, by wire number; of the others it has no cells.
     */
    public void open(final int seat, final int wantedSources, final int newTick) {
        tick = newTick;
        wanted = wantedSources;
        for (int source = 0; source < sources.length; source++) {
            indexes[source] = new WindowIndex(sources[source].grid(), keepRadius, seat);
        }
        for (int source = 0; source < sources.length; source++) {
            if (!wants(source)) {
                continue;
            }
            for (int page = 0; page < EntityCells.GLOBAL_PAGES; page++) {
                enter(source, CellKey.global(page));
            }
            enter(source, CellKey.privateTo(seat));
        }
    }

    private boolean wants(final int source) {
        return (wanted & 1 << source) != 0;
    }

    /** Gives every cell up. */
    public void close() {
        for (int i = tracks.size() - 1; i >= 0; i--) {
            leave(i);
        }
        departed.clear();
        departedSources.clear();
        departedTicks.clear();
        if (circle != null) {
            circle.reset();
        }
        placed = false;
        residency = 0;
    }

    /** Follows the anchor (metres): cells come within the radius and go beyond radius + hysteresis. Called once a tick. */
    public void follow(final double x, final double z, final int newTick) {
        tick = newTick;
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        if (circle == null ? placed && Math.abs(x - anchorX / steps) < ANCHOR_STEP_METRES && Math.abs(z - anchorZ / steps) < ANCHOR_STEP_METRES
            : circle.isAt(x, z)) {
            return;
        }
        // The client works with the anchor as the wire says it, so the host does, too: both must agree which cell is in.
        anchorX = (int)Math.rint(x * steps);
        anchorZ = (int)Math.rint(z * steps);
        placed = true;
        final double atX = anchorX / steps;
        final double atZ = anchorZ / steps;
        for (int i = tracks.size() - 1; i >= 0; i--) {
            final CellTrack track = tracks.get(i);
            if (CellKey.kind(track.cell) == CellKey.SPATIAL
                && sources[track.source].grid().distanceSquared(track.cell, atX, atZ) > keepRadius * keepRadius) {
                departed.addLong(track.cell);
                departedSources.addInt(track.source);
                departedTicks.addInt(tick);
                leave(i);
            }
        }
        for (int source = 0; source < sources.length; source++) {
            if (wants(source)) {
                indexes[source].anchor(anchorX, anchorZ);
            }
        }
        moveCircle(x, z);
        takeBack(atX, atZ);
        for (int source = 0; source < sources.length; source++) {
            if (wants(source)) {
                enterWithin(source, atX, atZ);
            }
        }
        for (int i = 0; i < tracks.size(); i++) {
            final CellTrack track = tracks.get(i);
            track.number = indexes[track.source].of(track.cell);
            if (bands.any()) {
                track.everyTicks = everyTicks(track);
            }
        }
    }

    private int everyTicks(final CellTrack track) {
        return CellKey.kind(track.cell) == CellKey.SPATIAL ? bands.ticks(distance(track) / radius) : 1;
    }

    private double distance(final CellTrack track) {
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        return Math.sqrt(sources[track.source].grid().distanceSquared(track.cell, anchorX / steps, anchorZ / steps));
    }

    /** The circle moves: cells on its border, as it was and as it is, must be looked at again; what the others were told stays told. */
    private void moveCircle(final double x, final double z) {
        if (circle == null) {
            return;
        }
        final int before = circle.now();
        circle.move(tick, x, z);
        if (before == Circle.UNKNOWN) {
            return;
        }
        for (int i = 0; i < tracks.size(); i++) {
            final CellTrack track = tracks.get(i);
            if (!track.exact) {
                continue;
            }
            final CellGrid grid = sources[track.source].grid();
            final int then = track.base == Stamp.NEVER ? before : circle.at(track.baseTick);
            final boolean inside = circle.holdsWhole(circle.now(), grid, track.cell);
            if (inside && then != Circle.UNKNOWN && circle.holdsWhole(then, grid, track.cell) && !track.recheck) {
                if (track.queued < 0) {
                    track.baseTick = tick;
                }
            } else {
                track.recheck = true;
                queue(track);
            }
        }
    }

    private void enterWithin(final int source, final double atX, final double atZ) {
        final CellGrid grid = sources[source].grid();
        final int toX = grid.column(atX + radius);
        final int toZ = grid.column(atZ + radius);
        for (int cellX = grid.column(atX - radius); cellX <= toX; cellX++) {
            for (int cellZ = grid.column(atZ - radius); cellZ <= toZ; cellZ++) {
                final long cell = CellKey.spatial(cellX, cellZ);
                if (grid.distanceSquared(cell, atX, atZ) <= radius * radius && bySource[source].get(cell) == null) {
                    enter(source, cell);
                }
            }
        }
    }

    /**
     * A cell that left may come back within radius + hysteresis before the consumer has heard that it was out, and then the consumer goes on showing
     * what it had there: it enters again, as if it had come within the radius.
     */
    private void takeBack(final double atX, final double atZ) {
        for (int i = departed.size() - 1; i >= 0; i--) {
            final int source = departedSources.getInt(i);
            final long cell = departed.getLong(i);
            final boolean back = takesBack && departedTicks.getInt(i) != tick
                && sources[source].grid().distanceSquared(cell, atX, atZ) <= keepRadius * keepRadius;
            if (back && bySource[source].get(cell) == null) {
                enter(source, cell);
            }
            if (back) {
                forgetDeparted(i);
            }
        }
    }

    private void forgetDeparted(final int i) {
        departed.fastUnorderedRemove(i);
        departedSources.fastUnorderedRemove(i);
        departedTicks.fastUnorderedRemove(i);
    }

    /** The consumer has heard of the window as it was at this tick. */
    public void onHeard(final int tick) {
        for (int i = departed.size() - 1; i >= 0; i--) {
            if (!Tick.isNewer(departedTicks.getInt(i), tick)) {
                forgetDeparted(i);
            }
        }
    }

    private void enter(final int source, final long cell) {
        final CellTrack track = pool.isEmpty() ? new CellTrack() : pool.remove(pool.size() - 1);
        track.forget();
        track.window = this;
        track.cell = cell;
        track.source = source;
        track.handle = sources[source].watch(cell);
        track.number = indexes[source].of(cell);
        track.exact = circle != null && source == EntityCells.SOURCE_ID && CellKey.kind(cell) == CellKey.SPATIAL;
        track.everyTicks = 1;
        // Neighbours take turns, whoever asks.
        track.turn = CellKey.kind(cell) == CellKey.SPATIAL ? CellKey.x(cell) + TURN_OF_ROW * CellKey.z(cell) : 0;
        track.residency = ++residency;
        track.everComplete = false;
        track.stayHeard = false;
        track.told = false;
        track.sentCount = 0;
        track.unfit = 0;
        incomplete++;
        bySource[source].put(cell, track);
        tracks.add(track);
        watchers[source].add(track);
        queue(track);
    }

    private void leave(final int index) {
        final CellTrack track = tracks.get(index);
        final CellTrack last = tracks.remove(tracks.size() - 1);
        if (last != track) {
            tracks.set(index, last);
        }
        bySource[track.source].remove(track.cell);
        watchers[track.source].remove(track);
        unqueue(track);
        if (!track.everComplete) {
            incomplete--;
        }
        sources[track.source].unwatch(track.handle);
        track.residency = 0;
        pool.add(track);
    }

    // ---- cells that have news ----

    /** The track's cell has news for it: it is asked from the next tick's answers on, until it is served up to the head. */
    void queue(final CellTrack track) {
        if (track.queued >= 0) {
            return;
        }
        if (queued == queue.length) {
            queue = java.util.Arrays.copyOf(queue, queued * 2);
        }
        track.queued = queued;
        track.servedTick = tick;
        queue[queued++] = track;
    }

    /** The track lacks nothing any more. */
    void complete(final CellTrack track) {
        unqueue(track);
        if (!track.everComplete) {
            track.everComplete = true;
            incomplete--;
        }
    }

    /** Something that the track was told is lost, and it stands again where it stood before. */
    void setBack(final CellTrack track) {
        if (track.exact && circle.hasCrossed(sources[track.source].grid(), track.cell, track.baseTick)) {
            // Of those near the border, some were told to come or go since, and it is not certain of which that has arrived.
            track.forget();
        }
        queueAgain(track);
    }

    /** The track lacks something again that it was served. */
    void queueAgain(final CellTrack track) {
        if (track.everComplete) {
            track.everComplete = false;
            incomplete++;
            reopened++;
        }
        queue(track);
    }

    private void unqueue(final CellTrack track) {
        if (track.queued < 0) {
            return;
        }
        final CellTrack last = queue[--queued];
        queue[track.queued] = last;
        last.queued = track.queued;
        queue[queued] = null;
        track.queued = -1;
    }

    /** Whether something is left to be told. */
    public boolean hasNews() {
        return queued > 0;
    }

    /** How many tracks have news. */
    int queued() {
        return queued;
    }

    /** One of those, in no order. */
    CellTrack queued(final int i) {
        return queue[i];
    }

    /** Whether a place that lies in a cell of the window is told: always, or by the exact circle. */
    public boolean isInView(final double x, final double z) {
        return circle == null || circle.now() != Circle.UNKNOWN && circle.holds(circle.now(), x, z);
    }

    /** The exact circle, or null where cells are told whole. */
    Circle circle() {
        return circle;
    }

    /** The track of a cell, or null where the window does not hold it. */
    CellTrack track(final int source, final long cell) {
        return bySource[source].get(cell);
    }

    /** Numbers of a source's cells. */
    WindowIndex index(final int source) {
        return indexes[source];
    }

    /** Whether every cell has been served up to its head at least once in this stay, and none of that is known to be lost. */
    public boolean isComplete() {
        return placed && incomplete == 0;
    }

    /** How often a cell that was complete came to lack something that it had been served; counts on, with wrap-around. */
    public int reopened() {
        return reopened;
    }

    /** Whether the window holds this cell of the source. */
    public boolean holds(final int source, final long cell) {
        return bySource[source].get(cell) != null;
    }

    /** A transaction tells the consumer of all that effects did to this cell of the source since a stamp; nothing where the window does not hold it. */
    public void told(final int source, final long cell, final long since) {
        final CellTrack track = bySource[source].get(cell);
        if (track != null && track.stayHeard) {
            sources[source].told(track.handle, track, since);
            if (!sources[source].hasNews(track.handle, track)) {
                complete(track);
            }
        }
    }

    /**
     * The consumer was told of a transaction as a whole. In a cell of which it has not heard yet it can show nothing of that: such a cell arrives with the
     * answers that tell of it again.
     */
    public void reopen() {
        for (int i = 0; i < tracks.size(); i++) {
            final CellTrack track = tracks.get(i);
            if (!track.stayHeard && track.everComplete && sources[track.source].hasNews(track.handle, track)) {
                queueAgain(track);
            }
        }
    }

    /** Whether the cell has left the window and the consumer may not have heard of that. */
    boolean hasLeft(final int source, final long cell) {
        for (int i = 0; i < departed.size(); i++) {
            if (departed.getLong(i) == cell && departedSources.getInt(i) == source) {
                return true;
            }
        }
        return false;
    }

    /** Cells of all sources, in no order. */
    public int size() {
        return tracks.size();
    }

    /** One of the cells. */
    public CellTrack track(final int i) {
        return tracks.get(i);
    }

    /** Anchor, metres times 16. */
    public int anchorX() {
        return anchorX;
    }

    /** Anchor, metres times 16. */
    public int anchorZ() {
        return anchorZ;
    }

    /** Source of a track. */
    public CellSource source(final CellTrack track) {
        return sources[track.source];
    }

    /** Whether the track is asked in this tick. What the consumer has nothing of yet does not wait for its turn. */
    boolean isDue(final CellTrack track, final int atTick) {
        return track.everyTicks == 1 || track.base == Stamp.NEVER || Math.floorMod(atTick + track.turn, track.everyTicks) == 0;
    }

    /** Why the consumer was, or was not, sent what a cell of a source holds. Looks at all that has news; for an operator, not for each tick. */
    public Explanation explain(final int source, final long cell, final int atTick) {
        final CellTrack track = bySource[source].get(cell);
        if (track == null) {
            return new Explanation(cell, false, 0, 0, 0, 0, 0, false, 0, 0, 0);
        }
        final boolean waits = track.queued >= 0;
        int rank = 0;
        for (int i = 0; waits && i < queued; i++) {
            rank += urgency(queue[i], atTick) > urgency(track, atTick) ? 1 : 0;
        }
        return new Explanation(
            cell, true, sources[source].head(track.handle), track.cursor, track.base, track.leans ? track.leanStamp : Stamp.NEVER, track.everyTicks, waits,
            waits ? atTick - track.servedTick : 0, rank, track.sentCount);
    }

    /** How urgent the track's cell is: weight of its source and distance, times ticks since it was served. */
    double urgency(final CellTrack track, final int atTick) {
        final CellSource source = sources[track.source];
        double nearness = 1;
        if (CellKey.kind(track.cell) == CellKey.SPATIAL) {
            final double share = distance(track) / radius;
            nearness = 1 / (1 + 15 * share * share);
        }
        return source.weight() * nearness * (atTick - track.servedTick + 1);
    }
}
