/** {@code bench join}: what it takes until a newcomer has the ground around it, and what those who play already notice of that. */
package dev.planetary.benchmarks.join;
