package dev.planetary.core.plugin;

/** Told when players come and go: at the start of a tick, before requests are judged and systems run. */
public interface SeatListener {
    /** A player took its seat; set its anchor here. */
    void onSeated(Seat seat);

    /** A player left, or was lost: its seat is kept for it, its avatar is yours to take away. */
    void onLeft(Seat seat);
}
