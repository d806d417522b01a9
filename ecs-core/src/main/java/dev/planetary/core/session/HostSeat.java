package dev.planetary.core.session;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import org.agrona.collections.Int2ObjectHashMap;

/** A player's seat: kept for the player over all its sessions of this run, with the memo of its latest verdicts. */
final class HostSeat implements Seat {
    private static final int MEMO_SIZE = 1_024;
    /** The verdict of a request that was approved before: what it did is done. */
    static final Verdict APPROVED_BEFORE = Verdict.approved(() -> {
        // What it did is done.
    });

    private final int number;
    private final PlayerId player;
    private final Int2ObjectHashMap<Verdict> memo = new Int2ObjectHashMap<>();
    private int[] memoOrder;
    private int memoCount;
    private int requestsTick;
    private int requests;
    private boolean kept;
    private int leftTick;
    private String name;
    private double anchorX;
    private double anchorY;
    private double anchorZ;

    HostSeat(final int number, final PlayerId player, final String name) {
        this.number = number;
        this.player = player;
        this.name = name;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public PlayerId player() {
        return player;
    }

    @Override
    public String name() {
        return name;
    }

    void rename(final String newName) {
        name = newName;
    }

    @Override
    public void anchor(final double x, final double y, final double z) {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            return;
        }
        anchorX = x;
        anchorY = y;
        anchorZ = z;
    }

    @Override
    public double anchorX() {
        return anchorX;
    }

    @Override
    public double anchorZ() {
        return anchorZ;
    }

    double anchorY() {
        return anchorY;
    }

    /** Counts a request of this tick and returns how many that makes. */
    int countRequest(final int tick) {
        if (requestsTick != tick) {
            requestsTick = tick;
            requests = 0;
        }
        return ++requests;
    }

    /** The player did something that the world keeps: its seat is never given to another. */
    void keep() {
        kept = true;
    }

    /** Whether the player did something that the world keeps. */
    boolean isKept() {
        return kept;
    }

    void leave(final int tick) {
        leftTick = tick;
    }

    /** Tick in which the player left last. */
    int leftTick() {
        return leftTick;
    }

    /** The requests that are remembered, oldest first. */
    int[] remembered() {
        final int[] requests = new int[memo.size()];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = memoOrder[memoCount - requests.length + i & MEMO_SIZE - 1];
        }
        return requests;
    }

    /** The verdict that this request was given before, or null. */
    Verdict remembered(final int requestId) {
        return memo.get(requestId);
    }

    void remember(final int requestId, final Verdict verdict) {
        if (memo.containsKey(requestId)) {
            // From the journal, a second time: no verdict ever changes.
            return;
        }
        if (memoOrder == null) {
            // With the first request: there are more seats than players who ever ask.
            memoOrder = new int[MEMO_SIZE];
        }
        final int at = memoCount++ & MEMO_SIZE - 1;
        if (memo.size() == MEMO_SIZE) {
            memo.remove(memoOrder[at]);
        }
        memoOrder[at] = requestId;
        memo.put(requestId, verdict instanceof Verdict.Approved ? APPROVED_BEFORE : verdict);
    }
}
