/** Line plots and tables of what was measured, as files: SVG and CSV. */
package dev.planetary.benchmarks.plot;
