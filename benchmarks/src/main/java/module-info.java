/** Adds the measured cases ({@code bench}) and the faults ({@code chaos}). */
module dev.planetary.benchmarks {
    requires dev.planetary.core;
    requires HdrHistogram;

    uses dev.planetary.core.transport.TransportProvider;
}
