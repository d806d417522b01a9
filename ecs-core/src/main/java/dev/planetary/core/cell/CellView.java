package dev.planetary.core.cell;

/** What a client shows of one source, cell by cell. Client loop only. */
public interface CellView {
    /** The cell has left the window, or a new stay of it begins: what it holds is shown no more and may be forgotten. */
    void evict(long cell);

    /** Adds every item shown in the cell to {@code digest}, to compare this view with the host's. */
    void digest(long cell, CellDigest digest);
}
