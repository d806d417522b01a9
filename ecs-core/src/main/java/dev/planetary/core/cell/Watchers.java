package dev.planetary.core.cell;

import java.util.Arrays;

/** Who watches which cell of one source: what changes there is queued with those, and costs nobody else anything. Host loop only. */
public final class Watchers implements CellNews {
    private static final CellTrack[] NOBODY = {};

    private final CellSource source;
    private CellTrack[][] tracks = new CellTrack[64][];
    private int[] counts = new int[64];

    /** Keeps the compiler from leaving out what only fetches memory. */
    private int fetched;

    /** The watchers of a source, which tells its news here from now on. */
    public Watchers(final CellSource source) {
        this.source = source;
        source.news(this);
    }

    CellSource source() {
        return source;
    }

    void add(final CellTrack track) {
        final int handle = track.handle;
        if (handle >= tracks.length) {
            tracks = Arrays.copyOf(tracks, Math.max(handle + 1, tracks.length * 2));
            counts = Arrays.copyOf(counts, tracks.length);
        }
        if (tracks[handle] == null) {
            tracks[handle] = NOBODY;
        }
        if (tracks[handle].length == counts[handle]) {
            tracks[handle] = Arrays.copyOf(tracks[handle], Math.max(2, counts[handle] * 2));
        }
        track.place = counts[handle]++;
        tracks[handle][track.place] = track;
    }

    void remove(final CellTrack track) {
        final CellTrack[] here = tracks[track.handle];
        final CellTrack last = here[--counts[track.handle]];
        here[track.place] = last;
        last.place = track.place;
        here[counts[track.handle]] = null;
    }

    @Override
    public void changed(final int handle) {
        if (handle >= counts.length) {
            return;
        }
        final CellTrack[] here = tracks[handle];
        for (int i = 0; i < counts[handle]; i++) {
            here[i].window.queue(here[i]);
        }
    }

    @Override
    public void changed(final int[] handles, final int count) {
        fetch(handles, count);
        for (int i = 0; i < count; i++) {
            changed(handles[i]);
        }
    }

    /** Fetches the tracks that will be queued, in loops of nothing else: see {@link EntityCells#record}. */
    private void fetch(final int[] handles, final int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            final int handle = handles[i];
            sum += handle < counts.length && counts[handle] > 0 ? tracks[handle].length : 0;
        }
        for (int i = 0; i < count; i++) {
            final int handle = handles[i];
            sum += handle < counts.length && counts[handle] > 0 ? tracks[handle][0].queued : 0;
        }
        fetched = sum;
    }
}
