/** A network inside one thread: seeded faults and a virtual clock, so that a night of bad luck can be had again. */
package dev.planetary.core.simnet;
