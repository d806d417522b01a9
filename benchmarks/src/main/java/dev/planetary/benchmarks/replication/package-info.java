/**
 * {@code planetary bench replication}: one deterministic workload over the real path, measured and then checked; {@code
 * docs/PERFORMANCE.md} has the method.
 */
package dev.planetary.benchmarks.replication;
