/** Adds the measured cases ({@code bench}) and the faults ({@code chaos}). */
module dev.planetary.benchmarks {
    requires dev.planetary.core;
    requires dev.planetary.launcher;
    requires java.management;
    requires jdk.management;
    requires HdrHistogram;
    requires com.google.gson;
    // At compile time alone: micro-benchmarks run from the class path.
    requires static jmh.core;

    uses dev.planetary.core.transport.TransportProvider;

    provides dev.planetary.launcher.spi.CaseRunner
        with dev.planetary.benchmarks.chaos.ChaosCases, dev.planetary.benchmarks.replication.BenchCases;
}
