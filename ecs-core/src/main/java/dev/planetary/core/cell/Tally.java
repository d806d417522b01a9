package dev.planetary.core.cell;

/** What a host's answers came to since the start, by what was in them: plain numbers that the host loop adds to and publishes as counters. */
public final class Tally {
    private final long[] sourceBits;
    private final long[] componentBits;
    private long answers;
    private long rollbacks;
    private long rollCalls;
    private long shared;

    /** All zero, for so many sources and components. */
    public Tally(final int sources, final int components) {
        sourceBits = new long[sources];
        componentBits = new long[components];
    }

    void answered(final int source, final int bits) {
        answers++;
        sourceBits[source] += bits;
    }

    void wrote(final int component, final int bits) {
        componentBits[component] += bits;
    }

    void rolledBack() {
        rollbacks++;
    }

    void copied() {
        shared++;
    }

    void calledRoll() {
        rollCalls++;
    }

    /** Bytes of a source's answers, by wire number. */
    public long sourceBytes(final int source) {
        return sourceBits[source] >> 3;
    }

    /** Bytes of a component's blocks in records of the state lane and of effects, by wire index. */
    public long componentBytes(final int component) {
        return componentBits[component] >> 3;
    }

    /** Answers given for cells. */
    public long answers() {
        return answers;
    }

    /** Answers that were lost, so that their cells went back to where they stood before. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Of the answers, those that were copied from one that another consumer had got. */
    public long shared() {
        return shared;
    }

    /** Roll calls begun. */
    public long rollCalls() {
        return rollCalls;
    }
}
