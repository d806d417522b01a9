/** A game made to go wrong: a host and its clients on the simulated network, everything random from one seed, the invariants checked every tick. */
package dev.planetary.core.chaos;
