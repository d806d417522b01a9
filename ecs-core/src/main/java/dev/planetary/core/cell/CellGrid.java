package dev.planetary.core.cell;

import dev.planetary.core.component.Position;

/**
 * Cuts the plane into square columns and says how far a point is from one. A window is the spatial cells no further from the anchor than the
 * radius; hysteresis keeps a cell until it is further than radius + hysteresis.
 *
 * @param cellSizeMetres width of a column, a multiple of 1/16 m.
 */
public record CellGrid(double cellSizeMetres) {
    /** Steps of a metre in which anchors and cell sizes are said on the wire. */
    public static final int WIRE_STEPS_PER_METRE = 16;

    /** Widest cell in metres. */
    public static final int MOST_METRES = 1_024;

    /** Checks the width. */
    public CellGrid {
        if (!(cellSizeMetres >= 1) || cellSizeMetres > MOST_METRES || cellSizeMetres * WIRE_STEPS_PER_METRE % 1 != 0) {
            throw new IllegalArgumentException("cell size " + cellSizeMetres + " m: expected 1 to 1024 in steps of 1/16");
        }
    }

    /** The cell at x, z in metres. */
    public long cellAt(final double x, final double z) {
        return CellKey.spatial(column(x), column(z));
    }

    /** Index of the column that holds a coordinate in metres. */
    public int column(final double metres) {
        return (int)Math.floor(metres / cellSizeMetres);
    }

    /** Square of the distance in metres from a point to the nearest place of a spatial cell; 0 inside. */
    public double distanceSquared(final long cell, final double x, final double z) {
        final double dx = gap(CellKey.x(cell) * cellSizeMetres, x);
        final double dz = gap(CellKey.z(cell) * cellSizeMetres, z);
        return dx * dx + dz * dz;
    }

    /** Where a column begins, in wire units of the position. */
    int lowUnits(final int column) {
        return column * (int)(cellSizeMetres * Position.UNITS_PER_METRE);
    }

    /** Square of the distance in metres from a point to the farthest corner of a spatial cell. */
    public double farthestSquared(final long cell, final double x, final double z) {
        final double dx = span(CellKey.x(cell) * cellSizeMetres, x);
        final double dz = span(CellKey.z(cell) * cellSizeMetres, z);
        return dx * dx + dz * dz;
    }

    private double span(final double low, final double at) {
        return Math.max(at - low, low + cellSizeMetres - at);
    }

    private double gap(final double low, final double at) {
        return Math.max(0, Math.max(low - at, at - low - cellSizeMetres));
    }
}
