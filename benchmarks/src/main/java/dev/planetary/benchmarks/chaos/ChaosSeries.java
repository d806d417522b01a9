package dev.planetary.benchmarks.chaos;

import dev.planetary.core.chaos.ChaosRun;
import dev.planetary.core.chaos.ChaosSettings;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.world.DominionStore;
import dev.planetary.core.world.World;
import java.io.PrintStream;

/**
 * Plays the chaos evenings of many seeds after each other and counts what was wrong. One thread; the network and the host's world are used again
 * from seed to seed, for making them costs more than a short evening.
 */
final class ChaosSeries {
    private static final int WORLD_CAPACITY = 1 << 16;
    private static final int FAILURES_SHOWN = 5;

    private final Plant plant;
    private final ChaosSettings settings;
    private final PrintStream progress;

    private SimulatedNetwork network;
    private World hostWorld;
    private int seeds;
    private int failed;
    private Long firstFailing;
    private String firstFailure;
    private long traceHash;

    /**
     * A series.
     *
     * @param progress takes the first failures, each with the line that repeats it.
     */
    ChaosSeries(final Plant plant, final PrintStream progress) {
        this.plant = plant;
        this.settings = ChaosSettings.standard().with(plant.repairs());
        this.progress = progress;
        makeParts();
    }

    private void makeParts() {
        network = new SimulatedNetwork(1);
        hostWorld = new World(new DominionStore(), WORLD_CAPACITY, 1);
    }

    /** Plays one seed. Returns what was wrong, or null. */
    String play(final long seed) {
        String wrong;
        long trace = 0;
        try {
            final ChaosRun run = new ChaosRun(settings, seed, network, hostWorld);
            wrong = run.play();
            trace = run.traceHash();
        } catch (final RuntimeException e) {
            // Host and clients rethrow what their tick meets: it is a failure of this seed, and the next one starts on parts of its own.
            final StackTraceElement[] stack = e.getStackTrace();
            wrong = e + (stack.length == 0 ? "" : " at " + stack[0]);
            trace = network.traceHash();
            makeParts();
        }
        seeds++;
        traceHash = combine(traceHash, trace);
        if (wrong != null) {
            failed++;
            if (firstFailing == null) {
                firstFailing = seed;
                firstFailure = wrong;
            }
            if (failed <= FAILURES_SHOWN) {
                progress.println("seed " + seed + ": " + wrong);
                progress.println("    again: " + repeatLine(seed));
            }
        }
        return wrong;
    }

    /** What to type to play one seed again. */
    String repeatLine(final long seed) {
        return "./planetary chaos simulate --seeds 1 --from " + seed + (plant == Plant.NONE ? "" : " --plant " + plant.option());
    }

    // The finaliser of SplitMix64: the order of the seeds counts, and every bit of every run.
    private static long combine(final long hash, final long trace) {
        long mixed = hash * 31 + trace;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Seeds played. */
    int seeds() {
        return seeds;
    }

    /** Seeds in which something was wrong. */
    int failed() {
        return failed;
    }

    /** The first of them, or null. */
    Long firstFailing() {
        return firstFailing;
    }

    /** What was wrong in it, or null. */
    String firstFailure() {
        return firstFailure;
    }

    /** Stands for every datagram of every evening in the order of the seeds: equal series have equal ones, on every machine. */
    String traceHash() {
        return String.format("%016x", traceHash);
    }
}
