package dev.planetary.benchmarks.replication;

import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.Arrays;

/** Compares what clients' worlds hold with what the scene says they should, entity by entity. */
final class ViewCheck {
    private static final int FAULTS_SHOWN = 5;

    private final Scene scene;
    private final int[] ids;
    private final int[] numberOfSlot;
    private long expected;
    private long held;
    private long beyond;
    private long missing;
    private long extra;
    private long off;

    /**
     * A check.
     *
     * @param ids network ids in the scene's order.
     */
    ViewCheck(final Scene scene, final int[] ids) {
        this.scene = scene;
        this.ids = ids;
        int slots = 0;
        for (final int id : ids) {
            slots = Math.max(slots, NetworkId.slot(id) + 1);
        }
        numberOfSlot = new int[slots];
        Arrays.fill(numberOfSlot, -1);
        for (int i = 0; i < ids.length; i++) {
            numberOfSlot[NetworkId.slot(ids[i])] = i;
        }
    }

    /** Compares the world of client {@code c}. */
    void compare(final int c, final World world, final BenchPlugin plugin) {
        for (int i = 0; i < ids.length; i++) {
            if (scene.isInView(i, c)) {
                expected++;
                if (!world.isAlive(ids[i])) {
                    missing++;
                    fault("client " + c + " lacks entity " + i);
                }
            }
        }
        final Query all = world.query();
        for (int id = all.first(); id != NetworkId.NONE; id = all.next(id)) {
            held++;
            compare(c, plugin, id);
        }
    }

    private void compare(final int c, final BenchPlugin plugin, final int id) {
        final int slot = NetworkId.slot(id);
        final int i = slot < numberOfSlot.length ? numberOfSlot[slot] : -1;
        if (i < 0 || ids[i] != id) {
            extra++;
            fault("client " + c + " has " + NetworkId.describe(id) + ", which the host has not");
            return;
        }
        if (!scene.isInView(i, c)) {
            beyond++;
            extra++;
            fault("client " + c + " has entity " + i + ", which is beyond its circle");
        }
        if (!scene.isEqual(plugin, id, i)) {
            off++;
            fault("client " + c + " has other values for entity " + i);
        }
    }

    private void fault(final String what) {
        if (missing + extra + off <= FAULTS_SHOWN) {
            System.err.println("check: " + what);
        }
    }

    /** Whether nothing is missing, extra or off. */
    boolean isRight() {
        return missing == 0 && extra == 0 && off == 0;
    }

    /** Entities that clients lack. */
    long missing() {
        return missing;
    }

    /** Entities that clients should not have. */
    long extra() {
        return extra;
    }

    /** Entities with other values. */
    long off() {
        return off;
    }

    /** Says the counts. */
    void say() {
        Commands.figure("expected", expected);
        Commands.figure("held", held);
        Commands.figure("beyond", beyond);
        Commands.figure("missing", missing);
        Commands.figure("extra", extra);
        Commands.figure("off", off);
    }
}
