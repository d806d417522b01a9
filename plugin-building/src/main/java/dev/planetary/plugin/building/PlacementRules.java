package dev.planetary.plugin.building;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * What may stand where: functions of a plan, the ground and the parts that stand already. Each answers with the reason why not, in words that a player
 * can read, or null. Nothing is changed.
 */
final class PlacementRules {
    private static final long NOBODY = -1;

    private final Ground ground;
    private final PartIndex index;
    private final Support support;
    private final PartNames names;
    private final Long2LongHashMap planned = new Long2LongHashMap(NOBODY);
    private final Shell shell = new Shell();
    private final boolean[] held = new boolean[Blueprint.MOST_PARTS];
    private final int[] queue = new int[Blueprint.MOST_PARTS];

    /** How a part that stands is called: "a wall of Ada". */
    @FunctionalInterface
    interface PartNames {
        String nameOf(PlacedPart part);
    }

    PlacementRules(final Ground ground, final PartIndex index, final Support support, final PartNames names) {
        this.ground = ground;
        this.index = index;
        this.support = support;
        this.names = names;
    }

    /** Too far along the ground from where the player is, to the nearest voxel of the plan. */
    static String tooFar(final Plan plan, final double fromX, final double fromZ, final int reachMetres) {
        double nearest = Double.MAX_VALUE;
        for (int i = 0; i < plan.parts; i++) {
            nearest = Math.min(nearest, distance(plan.x[i], plan.z[i], plan.size(i, 0), plan.size(i, 2), fromX, fromZ));
        }
        return tooFar(nearest, reachMetres);
    }

    /** Likewise for a part that stands. */
    static String tooFar(final PlacedPart part, final double fromX, final double fromZ, final int reachMetres) {
        return tooFar(distance(part.x, part.z, part.sizeX, part.sizeZ, fromX, fromZ), reachMetres);
    }

    private static String tooFar(final double metres, final int reachMetres) {
        return metres <= reachMetres ? null : "too far: " + (long)Math.ceil(metres) + " m, reach is " + reachMetres + " m";
    }

    private static double distance(final int x, final int z, final int sizeX, final int sizeZ, final double fromX, final double fromZ) {
        final double dx = Math.max(Math.max(x - fromX, fromX - x - sizeX), 0);
        final double dz = Math.max(Math.max(z - fromZ, fromZ - z - sizeZ), 0);
        return Math.sqrt(dx * dx + dz * dz);
    }

    /** A part of the plan lies beyond the world. */
    static String outsideWorld(final Plan plan) {
        for (int i = 0; i < plan.parts; i++) {
            if (!PartIndex.isInWorld(plan.x[i], plan.y[i], plan.z[i], plan.size(i, 0), plan.size(i, 1), plan.size(i, 2))) {
                return "the world ends before " + the(plan, i);
            }
        }
        return null;
    }

    /**
     * A part of the plan would take a voxel of the ground, of another part, or of one in the plan itself. The plan lies in the world.
     *
     * @param except an entity that is no obstacle: the part that would be turned; 0 for none.
     */
    String blocked(final Plan plan, final int except) {
        planned.clear();
        for (int i = 0; i < plan.parts; i++) {
            final String obstacle = blocked(plan, i, except);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    private String blocked(final Plan plan, final int i, final int except) {
        for (int y = plan.y[i]; y < plan.y[i] + plan.size(i, 1); y++) {
            for (int z = plan.z[i]; z < plan.z[i] + plan.size(i, 2); z++) {
                for (int x = plan.x[i]; x < plan.x[i] + plan.size(i, 0); x++) {
                    if (ground.isSolid(x, y, z)) {
                        return "blocked by the ground at " + place(x, y, z);
                    }
                    final PlacedPart other = index.partAt(x, y, z);
                    if (other != null && other.entity != except) {
                        return "blocked by " + names.nameOf(other) + " at " + place(x, y, z);
                    }
                    if (planned.put(PartIndex.key(x, y, z), i) != NOBODY) {
                        return "two parts of it would be at " + place(x, y, z);
                    }
                }
            }
        }
        return null;
    }

    /**
     * A part of the plan would have no hold: it touches no ground and no part that others may rest on and that has a hold itself. Asked after
     * {@link #blocked} with the same plan.
     */
    String unsupported(final Plan plan, final int except) {
        Arrays.fill(held, 0, plan.parts, false);
        int known = 0;
        for (int i = 0; i < plan.parts; i++) {
            if (!plan.kinds[i].needsSupport() || touchesHold(plan, i, except)) {
                held[i] = true;
                queue[known++] = i;
            }
        }
        for (int next = 0; next < known; next++) {
            final int holder = queue[next];
            if (plan.kinds[holder].givesSupport()) {
                shell.around(
                    plan.x[holder], plan.y[holder], plan.z[holder], plan.size(holder, 0), plan.size(holder, 1), plan.size(holder, 2));
                while (shell.next()) {
                    final int other = (int)planned.get(PartIndex.key(shell.x, shell.y, shell.z));
                    if (other != NOBODY && !held[other]) {
                        held[other] = true;
                        queue[known++] = other;
                    }
                }
            }
        }
        for (int i = 0; i < plan.parts; i++) {
            if (!held[i]) {
                return "nothing holds " + the(plan, i);
            }
        }
        return null;
    }

    private boolean touchesHold(final Plan plan, final int i, final int except) {
        if (support.touchesGround(plan.x[i], plan.y[i], plan.z[i], plan.size(i, 0), plan.size(i, 1), plan.size(i, 2))) {
            return true;
        }
        shell.around(plan.x[i], plan.y[i], plan.z[i], plan.size(i, 0), plan.size(i, 1), plan.size(i, 2));
        while (shell.next()) {
            final PlacedPart other = index.partAt(shell.x, shell.y, shell.z);
            if (other != null && other.entity != except && other.kind.givesSupport()) {
                return true;
            }
        }
        return false;
    }

    private static String the(final Plan plan, final int i) {
        return "the " + plan.kinds[i].name() + " at " + place(plan.x[i], plan.y[i], plan.z[i]);
    }

    private static String place(final int x, final int y, final int z) {
        return x + ", " + y + ", " + z;
    }
}
