package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;

/**
 * Where what is built is paid from. {@link #obstacle} is asked while a request is judged and changes nothing; the others are called within its effect.
 * Where nobody keeps stores ({@link #FREE}), everything is free and nothing is paid back.
 */
interface Payment {
    /** No stores: everything is free. */
    Payment FREE = new Payment() {
        @Override
        public boolean canPay(final Seat seat, final int store, final int[] items, final int[] counts) {
            return true;
        }

        @Override
        public void pay(final Seat seat, final int store, final int[] items, final int[] counts) {
            // Free.
        }

        @Override
        public void refund(final Seat seat, final int store, final int[] items, final int[] counts) {
            // Nothing was paid.
        }
    };

    /**
     * Whether the player may take from the store and it holds enough.
     *
     * @param store  network id of the store; 0 is what the player itself holds.
     * @param items  numbers of items, each once; a count may be 0.
     */
    boolean canPay(Seat seat, int store, int[] items, int[] counts);

    /** Why {@link #canPay} says no, in words that the player can read; null where it says yes. */
    default String obstacle(final Seat seat, final int store, final int[] items, final int[] counts) {
        return canPay(seat, store, items, counts) ? null : "not enough to build that with";
    }

    /** Takes what {@link #canPay} said is there. */
    void pay(Seat seat, int store, int[] items, int[] counts);

    /** Gives back; nothing may be lost, so what has no room in the store (or a store that is gone) goes to the player. */
    void refund(Seat seat, int store, int[] items, int[] counts);

    /** Told what is gone for good: destroyed with what was damaged or fell. For accounts that must add up. */
    default void lost(final int[] items, final int[] counts) {
        // Nobody counts.
    }

    /** Why a part must not be taken away now (a store that is not empty), in words that the player can read; or null. */
    default String obstacleToRemoval(final Seat seat, final int part) {
        return null;
    }

    /** Told within an effect that a part goes, by a player or by a fall, before its entity is despawned: what it held must be seen to. */
    default void onGoing(final int part) {
        // It held nothing.
    }
}
