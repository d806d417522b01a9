/** {@code planetary chaos}: evenings full of faults, played from seeds, with what must stay true checked all along. */
package dev.planetary.benchmarks.chaos;
