package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;

/**
 * Where what is built is paid from. {@link #obstacle} and {@link #obstacleToRemoval} are asked while a request is judged and change nothing; the others
 * are called within its effect.
 */
interface Payment {
    /**
     * Why the player cannot pay, in words that it can read; null where it may take from the store and that holds enough.
     *
     * @param store  network id of the store; 0 is what the player itself holds.
     * @param items  numbers of items, each once; a count may be 0.
     */
    String obstacle(Seat seat, int store, int[] items, int[] counts);

    /** Takes what {@link #obstacle} found to be there. */
    void pay(Seat seat, int store, int[] items, int[] counts);

    /** Gives back; nothing may be lost, so what has no room in the store (or a store that is gone) goes to the player. */
    void refund(Seat seat, int store, int[] items, int[] counts);

    /** Told what is gone for good: destroyed with what was damaged or fell. For accounts that must add up. */
    void lost(int[] items, int[] counts);

    /** Why a part must not be taken away now (a store that is not empty), in words that the player can read; or null. */
    String obstacleToRemoval(Seat seat, int part);

    /** Told within an effect that a part goes, by a player or by a fall, before its entity is despawned: what it held must be seen to. */
    void onGoing(int part);
}
