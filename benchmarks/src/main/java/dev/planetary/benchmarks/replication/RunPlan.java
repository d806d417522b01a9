package dev.planetary.benchmarks.replication;

import java.nio.file.Path;

/**
 * What one run does.
 *
 * @param shape       what is played, with how many clients.
 * @param link        the link between.
 * @param warm        ticks of warm-up.
 * @param measured    ticks that are measured.
 * @param atRest      ticks at rest that are measured after them, at least 1.
 * @param floor       whether the floor is measured at the end.
 * @param loneFrameUs the last client plays in a process of its own that looks for datagrams this often; 0: it plays with the others.
 */
record RunPlan(Shape shape, LinkOptions link, int warm, int measured, int atRest, boolean floor, int loneFrameUs) {
    /** Ticks of warm-up of the replication workload. */
    static final int WARM_TICKS = 400;
    /** Ticks at rest unless they are the point. */
    static final int REST_TICKS = 60;

    /** A run of the workload over the loopback with the floor. */
    static RunPlan of(final Shape shape, final int measured) {
        return new RunPlan(shape.conclude(), LinkOptions.NONE, WARM_TICKS, measured, REST_TICKS, true, 0);
    }

    RunPlan link(final LinkOptions other) {
        return new RunPlan(shape, other, warm, measured, atRest, floor, loneFrameUs);
    }

    RunPlan withoutFloor() {
        return new RunPlan(shape, link, warm, measured, atRest, false, loneFrameUs);
    }

    RunPlan warm(final int ticks) {
        return new RunPlan(shape, link, ticks, measured, atRest, floor, loneFrameUs);
    }

    RunPlan atRest(final int ticks) {
        return new RunPlan(shape, link, warm, measured, ticks, floor, loneFrameUs);
    }

    RunPlan loneFrameUs(final int us) {
        return new RunPlan(shape, link, warm, measured, atRest, floor, us);
    }

    HostPlan host(final Path log) {
        return new HostPlan(shape, warm, measured, atRest, log);
    }
}
