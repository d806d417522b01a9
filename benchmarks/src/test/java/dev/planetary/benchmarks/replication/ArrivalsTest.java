package dev.planetary.benchmarks.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    @Test
    void shouldSayWhenATickOrANewerOneWasFirstHeld() {
        final Arrivals arrivals = new Arrivals();
        arrivals.add(7, 10, 1_000);
        arrivals.add(3, 10, 1_100);
        arrivals.add(7, 12, 2_000);
        arrivals.sort();
        assertEquals(1_000, arrivals.heldNs(7, 10), "its own tick");
        assertEquals(2_000, arrivals.heldNs(7, 11), "lost, and covered by the next");
        assertEquals(2_000, arrivals.heldNs(7, 12), "asked again from where the last answer was");
        assertEquals(1_100, arrivals.heldNs(3, 9), "another slot is asked for itself");
        assertEquals(0, arrivals.heldNs(3, 11), "never");
        assertEquals(0, arrivals.heldNs(5, 1), "a slot of which nothing came");
    }

    @Test
    void shouldKeepTheOrderOfManyArrivals() {
        final Arrivals arrivals = new Arrivals();
        for (int tick = 1; tick <= 1_000; tick++) {
            for (int slot = 4; slot >= 0; slot--) {
                arrivals.add(slot, tick, tick * 10L + slot);
            }
        }
        arrivals.sort();
        assertEquals(5_000, arrivals.count());
        for (int slot = 0; slot < 5; slot++) {
            for (int tick = 1; tick <= 1_000; tick += 7) {
                assertEquals(tick * 10L + slot, arrivals.heldNs(slot, tick), "slot " + slot + " at tick " + tick);
            }
        }
    }
}
