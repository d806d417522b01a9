package dev.planetary.core.cell;

/**
 * Why a consumer was, or was not, sent what a cell holds.
 *
 * @param cell       the cell.
 * @param held       whether the consumer's window holds it at all; if not, the rest is zero.
 * @param head       stamp of the newest change in the cell.
 * @param cursor     served up to here.
 * @param base       complete up to here.
 * @param lean       acknowledged up to here with nothing outstanding, {@link Stamp#NEVER} where answers cannot lean.
 * @param everyTicks every how many ticks it is asked.
 * @param queued     whether it has news for the consumer.
 * @param staleTicks ticks since it was queued or served last, where it has news.
 * @param rank       how many of the cells with news are more urgent.
 * @param underWay   answers under way.
 */
public record Explanation(
    long cell, boolean held, long head, long cursor, long base, long lean, int everyTicks, boolean queued, int staleTicks, int rank, int underWay) {
    /** A sentence for an operator. */
    @Override
    public String toString() {
        final String name = "cell " + CellKey.describe(cell);
        if (!held) {
            return name + " is not in the window";
        }
        final String numbers = " (head " + head + ", cursor " + cursor + ", base " + base + ", lean " + lean + ", " + underWay + " answers under way)";
        if (!queued) {
            return name + " was sent whole" + numbers;
        }
        final String turns = everyTicks > 1 ? ", asked every " + everyTicks + " ticks" : "";
        return name + " has waited for " + staleTicks + " ticks behind " + rank + " more urgent ones" + turns + numbers;
    }
}
