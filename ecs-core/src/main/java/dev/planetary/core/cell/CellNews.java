package dev.planetary.core.cell;

/** Hears from a {@link CellSource} which watched cells have changed, so that nobody needs to ask all of them. Host loop only. */
@FunctionalInterface
public interface CellNews {
    /** The head of the cell with this handle has moved, or an answer that was not ready may be now. */
    void changed(int handle);

    /** The same of the first {@code count} of these. */
    default void changed(final int[] handles, final int count) {
        for (int i = 0; i < count; i++) {
            changed(handles[i]);
        }
    }
}
