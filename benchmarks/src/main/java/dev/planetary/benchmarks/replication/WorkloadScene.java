package dev.planetary.benchmarks.replication;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;

/** The replication workload as components: position, velocity, yaw, health and kind. */
final class WorkloadScene implements Scene {
    private static final double MM = 1_000;
    private static final double POSITION_ERROR = 0.010_1;
    private static final double MM_PER_TICK = MM / Shape.WORKLOAD_HZ;

    private final Workload workload;
    private final Viewers viewers;

    WorkloadScene(final Shape shape) {
        workload = new Workload(shape);
        viewers = new Viewers(workload, shape);
    }

    @Override
    public int entities() {
        return workload.x.length;
    }

    @Override
    public void step() {
        workload.step();
    }

    @Override
    public int movedCount() {
        return workload.movedCount();
    }

    @Override
    public int moved(final int m) {
        return workload.moved[m];
    }

    @Override
    public int spawn(final BenchPlugin host, final int i) {
        return host.game().world().spawn(
            new Position(workload.x[i] / MM, workload.y[i] / MM, workload.z[i] / MM),
            new Velocity(metresPerSecond(workload.vx[i]), metresPerSecond(workload.vy[i]), metresPerSecond(workload.vz[i])),
            Level.of(new Level.Yaw(), workload.yaw[i]),
            Level.of(new Level.Health(), workload.health[i]),
            Level.of(new Level.Kind(), workload.kind[i]));
    }

    /** Millimetres a tick as the component has it. */
    private static double metresPerSecond(final int mmPerTick) {
        return mmPerTick / MM_PER_TICK;
    }

    @Override
    public void drive(final BenchPlugin host, final int[] ids) {
        for (int m = 0; m < workload.movedCount(); m++) {
            final int i = workload.moved[m];
            drive(host, ids[i], i, workload.what[m]);
        }
    }

    private void drive(final BenchPlugin host, final int id, final int i, final byte news) {
        host.position().get(id).set(workload.x[i] / MM, workload.y[i] / MM, workload.z[i] / MM);
        host.position().markDirty(id);
        if ((news & Workload.TURNED) != 0) {
            host.velocity().get(id).set(metresPerSecond(workload.vx[i]), metresPerSecond(workload.vy[i]), metresPerSecond(workload.vz[i]));
            host.velocity().markDirty(id);
            host.yaw().get(id).value = workload.yaw[i];
            host.yaw().markDirty(id);
        }
        if ((news & Workload.HURT) != 0) {
            host.health().get(id).value = workload.health[i];
            host.health().markDirty(id);
        }
    }

    @Override
    public double anchorX(final int c) {
        return workload.clientX[c] / MM;
    }

    @Override
    public double anchorZ(final int c) {
        return workload.clientZ[c] / MM;
    }

    @Override
    public boolean isInView(final int i, final int c) {
        return workload.isInView(i, c);
    }

    @Override
    public int viewers(final int i, final int[] clients) {
        return viewers.of(i, clients);
    }

    @Override
    public boolean isEqual(final BenchPlugin client, final int id, final int i) {
        final Position position = client.position().get(id);
        final Velocity velocity = client.velocity().get(id);
        final Level yaw = client.yaw().get(id);
        final Level health = client.health().get(id);
        final Level kind = client.kind().get(id);
        return position != null && velocity != null && yaw != null && health != null && kind != null
            && Math.abs(position.x - workload.x[i] / MM) <= POSITION_ERROR
            && Math.abs(position.y - workload.y[i] / MM) <= POSITION_ERROR
            && Math.abs(position.z - workload.z[i] / MM) <= POSITION_ERROR
            && Math.round(velocity.x * MM_PER_TICK) == workload.vx[i]
            && Math.round(velocity.y * MM_PER_TICK) == workload.vy[i]
            && Math.round(velocity.z * MM_PER_TICK) == workload.vz[i]
            && yaw.value == workload.yaw[i] && health.value == workload.health[i] && kind.value == workload.kind[i];
    }
}
