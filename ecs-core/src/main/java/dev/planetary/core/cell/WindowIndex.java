package dev.planetary.core.cell;

/**
 * Numbers the cells that a window can hold, so that a datagram names one in few bits: the square of spatial cells around the anchor's row by row,
 * then the global pages, then the private cell of the seat. Host and client compute it from the same radius, grid and anchor.
 */
public final class WindowIndex {
    /** Not a cell of the window. */
    public static final int NONE = -1;

    private final CellGrid grid;
    private final int seat;
    private final int reach;
    private final int side;
    private final int bits;
    private int anchorColumn;
    private int anchorRow;

    /**
     * Numbers for one source.
     *
     * @param keepRadius metres from the anchor to which spatial cells stay in the window.
     */
    public WindowIndex(final CellGrid grid, final double keepRadius, final int seat) {
        this.grid = grid;
        this.seat = seat;
        this.reach = (int)Math.ceil(keepRadius / grid.cellSizeMetres());
        this.side = 2 * reach + 1;
        this.bits = 32 - Integer.numberOfLeadingZeros(size() - 1);
    }

    /** One more than the highest number. */
    public int size() {
        return side * side + EntityCells.GLOBAL_PAGES + 1;
    }

    /** Bits that hold any number. */
    public int bits() {
        return bits;
    }

    /** Counts from this anchor from now on, metres times 16. */
    public void anchor(final int anchorX, final int anchorZ) {
        anchorColumn = grid.column(anchorX / (double)CellGrid.WIRE_STEPS_PER_METRE);
        anchorRow = grid.column(anchorZ / (double)CellGrid.WIRE_STEPS_PER_METRE);
    }

    /** Number of a cell, or {@link #NONE}. */
    public int of(final long cell) {
        switch (CellKey.kind(cell)) {
            case CellKey.SPATIAL -> {
                final int x = CellKey.x(cell) - anchorColumn + reach;
                final int z = CellKey.z(cell) - anchorRow + reach;
                return x < 0 || z < 0 || x >= side || z >= side ? NONE : z * side + x;
            }
            case CellKey.GLOBAL -> {
                return CellKey.number(cell) < EntityCells.GLOBAL_PAGES ? side * side + CellKey.number(cell) : NONE;
            }
            default -> {
                return CellKey.kind(cell) == CellKey.PRIVATE && CellKey.number(cell) == seat ? size() - 1 : NONE;
            }
        }
    }

    /** The cell with this number, {@link CellKey#NONE} where there is none. */
    public long cell(final int number) {
        final int spatial = side * side;
        if (number < 0 || number >= size()) {
            return CellKey.NONE;
        }
        if (number < spatial) {
            return CellKey.spatial(anchorColumn + number % side - reach, anchorRow + number / side - reach);
        }
        return number == size() - 1 ? CellKey.privateTo(seat) : CellKey.global(number - spatial);
    }
}
