package dev.planetary.core.session;

import dev.planetary.core.cell.AnswerReader;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellView;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.cell.Tick;
import dev.planetary.core.cell.Window;
import dev.planetary.core.cell.WindowIndex;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * The newest window that the host named, and for each cell which stay of it in the window the client has heard of last: answers of an earlier stay
 * are refused, and a later one begins with an empty cell. Client loop only.
 */
final class ClientWindow {
    /** The answer may be applied. */
    static final int ADMITTED = 0;
    /** The answer is for a stay that is over: it is read no further. */
    static final int OVER = 1;
    /** The client cannot tell. */
    static final int UNSURE = 2;

    /** Stays are told in 16 bits: what lies this far behind the newest one is told from what lies as far ahead no more. */
    private static final int TOLD_APART = 1 << 15;

    /** Anchors that are remembered; a power of two. */
    private static final int ANCHORS = 256;

    // What heldSince can say.
    private static final int HELD = 0;
    private static final int WAS_OUT = 1;
    private static final int FORGOTTEN = 2;

    /** Cells that are out are remembered up to this many, so that late answers for them are refused when they come in again. */
    private static final int MOST_REMEMBERED = 65_536;

    private final CellView[] views;
    private final CellGrid[] grids;
    private final double radius;
    private final double keepRadius;
    private final WindowIndex[] indexes;
    private final AnswerReader answers;
    private final int seat;
    private final boolean refuseOutside;
    private final boolean unsureNotAcked;

    /** By source: the stay of each cell that was heard of last. */
    private final Long2ObjectHashMap<Stay>[] stays;
    private final LongArrayList evicted = new LongArrayList();
    private int tick;
    private boolean placed;
    private int anchorX;
    private int anchorZ;
    private int newestStay;
    /** The newest anchors, and from which tick on each counted; in a ring, into which {@link #anchors} were put. */
    private final int[] anchorTicks = new int[ANCHORS];
    private final int[] anchorXs = new int[ANCHORS];
    private final int[] anchorZs = new int[ANCHORS];
    private int anchors;

    /** A stay of a cell in the window. */
    private static final class Stay {
        /** Low 16 bits of its number. */
        private int low;

        /** The number below which (inclusive) every other stay is over. */
        private int lastOver;

        /** Smallest tick of a datagram that named the stay. */
        private int firstTick;

        private boolean open;

        /** Newest tick at which the cell was out, says a transaction. */
        private int leftTick;
        private boolean everLeft;

        private void open(final int number, final int tick) {
            low = number & 0xFFFF;
            lastOver = number;
            firstTick = tick;
            open = true;
        }

        private void heardIn(final int tick) {
            if (Tick.isNewer(firstTick, tick)) {
                firstTick = tick;
            }
        }
    }

    /** A window; {@code views} by the host's wire numbers, null where this side lacks one. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    ClientWindow(final CellView[] views, final CellGrid[] grids, final double radius, final double hysteresis, final int seat, final Repairs repairs) {
        this.views = views;
        this.grids = grids;
        this.radius = radius + Window.EDGE_METRES;
        this.keepRadius = this.radius + hysteresis;
        this.seat = seat;
        this.refuseOutside = repairs.has(Repair.NEWEST_WINDOW);
        this.unsureNotAcked = repairs.has(Repair.UNSURE_NOT_ACKED);
        this.indexes = new WindowIndex[grids.length];
        for (int i = 0; i < grids.length; i++) {
            indexes[i] = new WindowIndex(grids[i], keepRadius, seat);
        }
        this.answers = new AnswerReader(indexes);
        this.stays = new Long2ObjectHashMap[views.length];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = new Long2ObjectHashMap<>();
        }
    }

    /** Follows the anchor that a datagram of {@code newTick} names, if that is the newest; cells that are out are evicted. */
    void follow(final int newTick, final int newAnchorX, final int newAnchorZ) {
        if (placed && !Tick.isNewer(newTick, tick)) {
            return;
        }
        final boolean moved = !placed || newAnchorX != anchorX || newAnchorZ != anchorZ;
        tick = newTick;
        anchorX = newAnchorX;
        anchorZ = newAnchorZ;
        placed = true;
        if (moved) {
            final int at = anchors++ & ANCHORS - 1;
            anchorTicks[at] = newTick;
            anchorXs[at] = newAnchorX;
            anchorZs[at] = newAnchorZ;
            for (int source = 0; source < views.length; source++) {
                evictOutside(source);
            }
        }
    }

    private void evictOutside(final int source) {
        evicted.clear();
        final Long2ObjectHashMap<Stay>.KeyIterator keys = stays[source].keySet().iterator();
        while (keys.hasNext()) {
            final long cell = keys.nextLong();
            if (!holds(source, cell)) {
                evicted.addLong(cell);
            }
        }
        for (int i = 0; i < evicted.size(); i++) {
            final long cell = evicted.getLong(i);
            final Stay stay = stays[source].get(cell);
            if (stay.open) {
                evict(source, cell);
                // The host numbers all stays in one row, so that a later stay of this cell lies beyond all that was heard of until now.
                stay.open = false;
                stay.lastOver = newestStay;
            }
        }
        if (stays[source].size() > MOST_REMEMBERED) {
            for (int i = 0; i < evicted.size(); i++) {
                stays[source].remove(evicted.getLong(i));
            }
        }
    }

    private void evict(final int source, final long cell) {
        if (views[source] != null) {
            views[source].evict(cell);
        }
    }

    /** Whether a stay of the cell in the window is under way as far as the client has heard: only then is anything shown in it. */
    boolean isOpen(final int source, final long cell) {
        final Stay stay = stays[source].get(cell);
        return stay != null && stay.open;
    }

    /** Whether the newest window holds the cell. */
    boolean holds(final int source, final long cell) {
        return switch (CellKey.kind(cell)) {
            case CellKey.SPATIAL -> !refuseOutside || isWithin(source, cell, keepRadius);
            case CellKey.GLOBAL -> CellKey.number(cell) < EntityCells.GLOBAL_PAGES;
            case CellKey.PRIVATE -> CellKey.number(cell) == seat;
            default -> false;
        };
    }

    private boolean isWithin(final int source, final long cell, final double metres) {
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        return CellKey.kind(cell) != CellKey.SPATIAL
            || grids[source].distanceSquared(cell, anchorX / steps, anchorZ / steps) <= metres * metres;
    }

    /**
     * Takes note of an answer for this stay of the cell: the first answer of a later stay empties the cell. Returns {@link #ADMITTED}, {@link #OVER}
     * where that stay is over, or {@link #UNSURE}: a late datagram speaks of a cell that now lies between radius and radius + hysteresis and of which
     * nothing was heard before. The stay may be under way or over, so the datagram must not be acknowledged; what matters comes again.
     *
     * <p>An answer that does not name its stay is of one that the client has acknowledged an answer of. That is the one under way if it was named in
     * a datagram of this tick or an earlier one; otherwise the stay of the answer is over, since stays of one cell follow each other tick by tick.
     *
     * @param stay low 16 bits of its number, or {@link AnswerReader#IMPLIED}.
     */
    int admit(final int source, final long cell, final int stay, final int datagramTick) {
        final Stay known = stays[source].get(cell);
        if (stay == AnswerReader.IMPLIED) {
            return known != null && known.open && !Tick.isNewer(known.firstTick, datagramTick) ? ADMITTED : OVER;
        }
        if (!holds(source, cell)) {
            return OVER;
        }
        final int number = newestStay + (short)(stay - newestStay);
        if (known != null) {
            if (known.open && known.low == stay) {
                known.heardIn(datagramTick);
                return ADMITTED;
            }
            if (known.everLeft && !Tick.isNewer(datagramTick, known.leftTick)) {
                return OVER;
            }
            // Where the known stay is long ago, no answer of it or of one before it is still under way.
            if (newestStay - known.lastOver < TOLD_APART && (known.low == stay || number - known.lastOver <= 0)) {
                return OVER;
            }
        }
        final int since = refuseOutside && Tick.isNewer(tick, datagramTick) ? heldSince(source, cell, datagramTick) : HELD;
        if (since == WAS_OUT) {
            return OVER;
        }
        if (since == FORGOTTEN || unsureNotAcked && Tick.isNewer(tick, datagramTick) && refuseOutside && !isWithin(source, cell, radius)) {
            if (known != null && known.open) {
                // Whether this stay is over or not, the one before it is: nothing may be added to what was left of that.
                evict(source, cell);
                known.open = false;
            }
            return UNSURE;
        }
        if (number - newestStay > 0) {
            newestStay = number;
        }
        if (known == null) {
            final Stay opened = new Stay();
            opened.open(number, datagramTick);
            stays[source].put(cell, opened);
            return ADMITTED;
        }
        if (known.open) {
            evict(source, cell);
        }
        known.open(number, datagramTick);
        return ADMITTED;
    }

    /**
     * Whether all windows of which the client has heard, of a later tick than this one, hold the cell. Where one does not, a stay from then is over, and
     * nobody told the client what was done to the cell since.
     */
    private int heldSince(final int source, final long cell, final int since) {
        if (CellKey.kind(cell) != CellKey.SPATIAL) {
            return HELD;
        }
        final double steps = CellGrid.WIRE_STEPS_PER_METRE;
        for (int i = 1; i <= Math.min(anchors, ANCHORS); i++) {
            final int at = anchors - i & ANCHORS - 1;
            if (!Tick.isNewer(anchorTicks[at], since)) {
                return HELD;
            }
            if (grids[source].distanceSquared(cell, anchorXs[at] / steps, anchorZs[at] / steps) > keepRadius * keepRadius) {
                return WAS_OUT;
            }
        }
        return anchors > ANCHORS ? FORGOTTEN : HELD;
    }

    /**
     * As of this tick the cell was out of the window, says a transaction: a stay that began before is over, and answers of that tick or an earlier one are
     * refused, should the cell come back. They do not know of the transaction.
     */
    void left(final int source, final long cell, final int leftTick) {
        Stay known = stays[source].get(cell);
        if (known == null) {
            if (stays[source].size() >= MOST_REMEMBERED) {
                return;
            }
            known = new Stay();
            // None that is told from a later one by its number.
            known.lastOver = newestStay - TOLD_APART;
            stays[source].put(cell, known);
        }
        if (known.open && !Tick.isNewer(known.firstTick, leftTick)) {
            evict(source, cell);
            known.open = false;
        }
        if (!known.everLeft || Tick.isNewer(leftTick, known.leftTick)) {
            known.everLeft = true;
            known.leftTick = leftTick;
        }
    }

    /** Cells of a source that the window holds and of which the client has heard. */
    LongArrayList heard(final int source) {
        final LongArrayList cells = new LongArrayList();
        final Long2ObjectHashMap<Stay>.KeyIterator keys = stays[source].keySet().iterator();
        while (keys.hasNext()) {
            final long cell = keys.nextLong();
            if (isOpen(source, cell)) {
                cells.addLong(cell);
            }
        }
        return cells;
    }

    /** Reads the answers of a datagram that assumes this anchor. */
    AnswerReader answersAt(final int atX, final int atZ) {
        for (final WindowIndex index : indexes) {
            index.anchor(atX, atZ);
        }
        return answers;
    }

    int anchorX() {
        return anchorX;
    }

    int anchorZ() {
        return anchorZ;
    }

    CellGrid grid(final int source) {
        return grids[source];
    }

    CellView view(final int source) {
        return views[source];
    }

    int sources() {
        return views.length;
    }
}
