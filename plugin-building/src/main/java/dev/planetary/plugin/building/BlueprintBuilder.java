package dev.planetary.plugin.building;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers parts, anywhere and in any order, to make a {@link Blueprint} of them. */
final class BlueprintBuilder {
    private static final Comparator<Entry> ORDER =
        Comparator.comparingInt(Entry::y).thenComparingInt(Entry::z).thenComparingInt(Entry::x);

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(PartKind kind, int x, int y, int z, int turn) {
    }

    /** Adds a part by its corner with the least x, y and z. */
    BlueprintBuilder add(final PartKind kind, final int x, final int y, final int z, final int turn) {
        if (!Turns.isTurn(turn)) {
            throw new BlueprintFormatException("turn " + turn + ": expected 0 to " + (Turns.COUNT - 1));
        }
        entries.add(new Entry(kind, x, y, z, turn));
        return this;
    }

    /** Parts so far. */
    int parts() {
        return entries.size();
    }

    /**
     * The blueprint of all parts, moved so that it begins at 0, 0, 0.
     *
     * @throws BlueprintFormatException where there are none or too many, two begin at one place, or they lie too far apart.
     */
    Blueprint build() {
        final int count = entries.size();
        if (count == 0 || count > Blueprint.MOST_PARTS) {
            throw new BlueprintFormatException("a blueprint of " + count + " parts: expected 1 to " + Blueprint.MOST_PARTS);
        }
        entries.sort(ORDER);
        long leastX = Integer.MAX_VALUE;
        long leastY = Integer.MAX_VALUE;
        long leastZ = Integer.MAX_VALUE;
        long volume = 0;
        for (final Entry entry : entries) {
            leastX = Math.min(leastX, entry.x);
            leastY = Math.min(leastY, entry.y);
            leastZ = Math.min(leastZ, entry.z);
            volume += entry.kind.volume();
        }
        if (volume > Blueprint.MOST_VOXELS) {
            throw new BlueprintFormatException("the parts take " + volume + " voxels: a blueprint takes at most " + Blueprint.MOST_VOXELS);
        }
        final PartKind[] kinds = new PartKind[count];
        final byte[] turns = new byte[count];
        final byte[] xs = new byte[count];
        final byte[] ys = new byte[count];
        final byte[] zs = new byte[count];
        for (int i = 0; i < count; i++) {
            final Entry entry = entries.get(i);
            if (i > 0 && ORDER.compare(entries.get(i - 1), entry) == 0) {
                throw new BlueprintFormatException("two parts begin at " + entry.x + ", " + entry.y + ", " + entry.z);
            }
            kinds[i] = entry.kind;
            turns[i] = (byte)entry.turn;
            xs[i] = within(entry.x - leastX, Turns.size(entry.turn, 0, entry.kind));
            ys[i] = within(entry.y - leastY, Turns.size(entry.turn, 1, entry.kind));
            zs[i] = within(entry.z - leastZ, Turns.size(entry.turn, 2, entry.kind));
        }
        return new Blueprint(kinds, turns, xs, ys, zs);
    }

    private static byte within(final long corner, final int size) {
        if (corner + size > Blueprint.MOST_EXTENT) {
            throw new BlueprintFormatException("the parts lie too far apart: a blueprint measures at most " + Blueprint.MOST_EXTENT + " voxels");
        }
        return (byte)corner;
    }
}
