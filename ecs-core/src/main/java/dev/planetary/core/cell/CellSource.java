package dev.planetary.core.cell;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What can answer, on the host, "what changed in this cell since T?": the mirror for entities, the terrain for voxels, a plugin's own.
 * Join, loss, budget, priority and comparing views come with it. Called by the host loop only.
 *
 * <p>A cell's changes are one stream in stamp order. {@link #answer} serves it from {@link CellTrack#cursor} on, oldest first, as far as the
 * limit allows, and moves the track on; it may stop anywhere, the next call goes on from there. Losing an answer sets the track back.
 */
public interface CellSource {
    /** Unique within the plugin's schema. */
    int sourceId();

    /** Schema of the plugin that brings it. */
    int schemaId();

    /** Name for counters and messages: "entities", "terrain". */
    String name();

    /** Its own cut of the plane. */
    CellGrid grid();

    /** How urgent its cells are beside others of the same distance and staleness; 1 is usual. */
    double weight();

    /** Where to tell which watched cells have changed; called once, before the first {@link #watch}. */
    void news(CellNews news);

    /** Somebody's window holds the cell from now on. Returns a handle, valid until as many {@link #unwatch} calls have come. */
    int watch(long cell);

    /** One consumer less. */
    void unwatch(int handle);

    /** Stamp of the newest change in the cell, {@link Stamp#NEVER} where there has been none. Whoever moves it tells {@link #news} so. */
    long head(int handle);

    /**
     * Whether the consumer lacks anything. By default: its cursor, or its base, is behind the head.
     * A source overrides this where a consumer that entered needs to be told even about an empty cell.
     */
    default boolean hasNews(final int handle, final CellTrack track) {
        return head(handle) != track.base;
    }

    /**
     * Writes what the consumer lacks, as much as fits between {@code offset} and {@code limit}, and moves {@code track} past what was written.
     * Two calls may write to different datagrams of one tick.
     *
     * @return bytes written; 0 when nothing fits or nothing is ready yet (then the track stays).
     */
    int answer(int handle, CellTrack track, int tick, MutableDirectBuffer buffer, int offset, int limit);

    /**
     * The consumer, which has acknowledged an answer of this stay, is told by a transaction of all that effects did to the cell since {@code since}. A
     * source may move {@code track} on where the consumer then lacks nothing, so that it is not told again in answers. Of what was changed outside effects it
     * was not told, be that before or after {@code since}.
     *
     * @param since newest stamp before the first of these effects.
     */
    default void told(final int handle, final CellTrack track, final long since) {
        // It is told again, which changes nothing.
    }

    /**
     * Does again what an effect did to the cell, from the journal: between the loading of the saved world and the first tick, in the order in which it was
     * done. Doing what the saved world holds already must change nothing (compare versions).
     *
     * @throws IllegalArgumentException with a sentence where the bytes cannot be what this source wrote.
     */
    default void redo(final long cell, final DirectBuffer part, final int offset, final int length) {
        throw new IllegalArgumentException("source " + name() + " takes no part in effects");
    }

    /** Adds every item of the cell to {@code digest}, to compare this view with a client's. */
    void digest(long cell, CellDigest digest);
}
