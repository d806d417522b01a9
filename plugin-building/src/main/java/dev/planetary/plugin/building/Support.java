package dev.planetary.plugin.building;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what falls when something that held it went. A part stands where it needs no support, where a face of it touches solid ground, or where it
 * touches a part that stands and that others may rest on. From each part that may have lost its hold the search goes on to what it touches, until
 * it finds ground, or has seen all that hangs together and found none.
 *
 * <p>The work is bounded: what hangs together with more than {@link #MOST_TOGETHER} parts stands by itself, and a search looks at
 * {@link #MOST_VISITS} parts in all; what it could not come to is left in {@link #unseen} for a later one.
 */
final class Support {
    /** Parts that hang together without ground, of which more than this stand by themselves. */
    static final int MOST_TOGETHER = 4_096;

    /** Parts that one search looks at, at most; enough for any group that could fall. */
    static final int MOST_VISITS = 3 * MOST_TOGETHER;

    private final PartIndex index;
    private final Ground ground;
    private final Shell shell = new Shell();
    private final List<PlacedPart> group = new ArrayList<>();
    private final List<PlacedPart> suspects = new ArrayList<>();
    private final List<PlacedPart> fallen = new ArrayList<>();
    private final List<PlacedPart> unseen = new ArrayList<>();
    private final List<PlacedPart> leaves = new ArrayList<>();
    private int groups;
    private int visits;

    Support(final PartIndex index, final Ground ground) {
        this.index = index;
        this.ground = ground;
    }

    /** Whether a face of the box touches solid ground. */
    boolean touchesGround(final int x, final int y, final int z, final int sizeX, final int sizeY, final int sizeZ) {
        shell.around(x, y, z, sizeX, sizeY, sizeZ);
        while (shell.next()) {
            if (ground.isSolid(shell.x, shell.y, shell.z)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the parts that touch a part by a face, itself standing or not, to {@code found}; some may be added more than once. */
    void touching(final PlacedPart part, final List<PlacedPart> found) {
        shell.around(part);
        PlacedPart last = null;
        while (shell.next()) {
            final PlacedPart other = index.partAt(shell.x, shell.y, shell.z);
            if (other != null && other != last) {
                found.add(other);
                last = other;
            }
        }
    }

    /**
     * Finds out which parts fall, given those that may have lost their hold, and takes them out of the index; nothing else is done to them.
     *
     * @return what fell, in the order in which it was found; used again by the next search.
     */
    List<PlacedPart> fall(final List<PlacedPart> mayFall) {
        fallen.clear();
        unseen.clear();
        leaves.clear();
        suspects.clear();
        suspects.addAll(mayFall);
        visits = 0;
        final int before = groups;
        for (int next = 0; next < suspects.size(); next++) {
            final PlacedPart suspect = suspects.get(next);
            if (!suspect.kind.givesSupport()) {
                leaves.add(suspect);
            } else if (suspect.standing && suspect.seenBy <= before) {
                if (visits > MOST_VISITS - MOST_TOGETHER) {
                    unseen.add(suspect);
                } else if (!groupStands(suspect, before)) {
                    dropGroup();
                }
            }
        }
        // All that others may rest on stands by now, so a look at what they touch is enough for the rest.
        for (final PlacedPart leaf : leaves) {
            if (leaf.standing && !leafStands(leaf)) {
                drop(leaf);
            }
        }
        return fallen;
    }

    /** Parts that the last search could not come to. */
    List<PlacedPart> unseen() {
        return unseen;
    }

    /**
     * Gathers the parts that hang together with one that others may rest on: all of them stand, or none. A part that this search saw in an earlier group
     * and that is still there belongs to a group that stands.
     */
    private boolean groupStands(final PlacedPart first, final int before) {
        groups++;
        group.clear();
        first.seenBy = groups;
        group.add(first);
        for (int next = 0; next < group.size(); next++) {
            final PlacedPart part = group.get(next);
            visits++;
            if (group.size() > MOST_TOGETHER || isHeld(part)) {
                return true;
            }
            shell.around(part);
            while (shell.next()) {
                final PlacedPart other = index.partAt(shell.x, shell.y, shell.z);
                if (other != null && other.kind.givesSupport() && other.seenBy != groups) {
                    if (other.seenBy > before) {
                        return true;
                    }
                    other.seenBy = groups;
                    group.add(other);
                }
            }
        }
        return false;
    }

    private boolean leafStands(final PlacedPart leaf) {
        if (isHeld(leaf)) {
            return true;
        }
        shell.around(leaf);
        while (shell.next()) {
            final PlacedPart other = index.partAt(shell.x, shell.y, shell.z);
            if (other != null && other.kind.givesSupport()) {
                return true;
            }
        }
        return false;
    }

    private boolean isHeld(final PlacedPart part) {
        return !part.kind.needsSupport() || touchesGround(part.x, part.y, part.z, part.sizeX, part.sizeY, part.sizeZ);
    }

    /** The group has no hold: all of it falls, and what rested on it may fall too. */
    private void dropGroup() {
        for (final PlacedPart part : group) {
            drop(part);
        }
        for (final PlacedPart part : group) {
            touching(part, suspects);
        }
    }

    private void drop(final PlacedPart part) {
        index.remove(part);
        fallen.add(part);
    }
}
