package dev.planetary.core.session;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellNews;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.CellTrack;
import org.agrona.MutableDirectBuffer;

/** The least of a source: one page of bytes in every cell, always the same. */
final class PageSource implements CellSource {
    private static final int PAGE_BYTES = 40;

    private final int schemaId;
    private final CellGrid grid = new CellGrid(16);

    PageSource(final int schemaId) {
        this.schemaId = schemaId;
    }

    @Override
    public int sourceId() {
        return 3;
    }

    @Override
    public int schemaId() {
        return schemaId;
    }

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public void news(final CellNews to) {
        // Nothing ever changes.
    }

    @Override
    public int watch(final long cell) {
        return 0;
    }

    @Override
    public void unwatch(final int handle) {
        // The same page for all.
    }

    @Override
    public long head(final int handle) {
        return 1;
    }

    @Override
    public int answer(
        final int handle, final CellTrack track, final int tick, final MutableDirectBuffer buffer, final int offset, final int limit) {
        if (limit - offset < PAGE_BYTES) {
            return 0;
        }
        buffer.setMemory(offset, PAGE_BYTES, (byte)0x5A);
        track.cursor = 1;
        track.base = 1;
        return PAGE_BYTES;
    }

    @Override
    public void digest(final long cell, final CellDigest digest) {
        digest.add("page", 1, 1);
    }
}
