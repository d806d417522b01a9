/** Micro-benchmarks of the core with JMH; {@code planetary bench micro} runs them from the class path. */
package dev.planetary.benchmarks.micro;
