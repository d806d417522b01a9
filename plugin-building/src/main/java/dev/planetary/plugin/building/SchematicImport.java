package dev.planetary.plugin.building;

import dev.planetary.core.plugin.BlueprintSeries;
import dev.planetary.core.plugin.Schematics;
import dev.planetary.plugin.building.schematic.Block;
import dev.planetary.plugin.building.schematic.BlockBox;
import dev.planetary.plugin.building.schematic.SchematicFormatException;
import dev.planetary.plugin.building.schematic.SchematicReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agrona.collections.Long2LongHashMap;

/**
 * Makes blueprints of a schematic: each block that a part is like becomes that part, the ground is left out. What then hangs together and would stand on
 * flat ground is kept: of all heights at which the ground could be, the one at which most parts stand. It is cut into blueprints from below, so that each part
 * rests on the ground or on one before it.
 */
final class SchematicImport implements Schematics {
    /** Parts of a whole, at most. */
    static final int MOST_PARTS = 32_000;

    /** Parts that are looked at, those included that will not stand. */
    static final int MOST_FOUND = 8 * MOST_PARTS;

    private static final long NOTHING = -1;
    private static final int MOST_NAMED = 5;
    private static final long AXIS = (1L << 21) - 1;
    private static final Comparator<Found> FROM_BELOW =
        Comparator.comparingInt((Found found) -> found.y).thenComparingInt(found -> found.z).thenComparingInt(found -> found.x);

    private final PartCatalogue catalogue;
    private BlockMapping mapping;

    SchematicImport(final PartCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public BlueprintSeries read(final byte[] file, final int quarters) {
        if (file.length > MOST_FILE_BYTES) {
            throw new SchematicFormatException("the schematic has " + file.length + " bytes: at most " + MOST_FILE_BYTES + " are read");
        }
        if (quarters < 0 || quarters >= Turns.UPRIGHT) {
            throw new SchematicFormatException(quarters + " quarter turns: expected 0 to " + (Turns.UPRIGHT - 1));
        }
        if (mapping == null) {
            mapping = BlockMapping.standard(catalogue);
        }
        return new Importing(mapping, quarters).of(SchematicReader.read(file));
    }

    /** A part that a block became. */
    private static final class Found {
        final PartKind kind;
        final int turn;
        final int x;
        final int y;
        final int z;
        int group = -1;
        boolean queued;

        Found(final PartKind kind, final int turn, final int x, final int y, final int z) {
            this.kind = kind;
            this.turn = turn;
            this.x = x;
            this.y = y;
            this.z = z;
        }

        int size(final int axis) {
            return Turns.size(turn, axis, kind);
        }
    }

    /** One reading. */
    private static final class Importing {
        private final BlockMapping mapping;
        private final int quarters;
        private final List<Found> all = new ArrayList<>();
        private final Long2LongHashMap voxels = new Long2LongHashMap(NOTHING);
        private final Map<String, Integer> unlike = new TreeMap<>();
        private final Shell shell = new Shell();
        private int ground;
        private int inTheWay;

        Importing(final BlockMapping mapping, final int quarters) {
            this.mapping = mapping;
            this.quarters = quarters;
        }

        BlueprintSeries of(final List<BlockBox> boxes) {
            boxes.forEach(this::take);
            if (all.isEmpty()) {
                throw new SchematicFormatException("nothing in the schematic can be built: left out is all of it" + leftOut(0));
            }
            final List<Found> standing = fromBelow(baseHeight());
            final int floating = all.size() - standing.size();
            if (standing.size() > MOST_PARTS) {
                throw new SchematicFormatException("the schematic has " + standing.size() + " parts: at most " + MOST_PARTS + " are built of one");
            }
            return series(standing, floating);
        }

        // ---- blocks to parts ----

        private void take(final BlockBox box) {
            final BlockMapping.Look[] looks = new BlockMapping.Look[box.palette().size()];
            final int[] counts = new int[looks.length];
            for (int i = 0; i < looks.length; i++) {
                looks[i] = box.palette().get(i) == null ? null : mapping.look(box.palette().get(i));
            }
            for (int y = 0, i = 0; y < box.sizeY(); y++) {
                for (int z = 0; z < box.sizeZ(); z++) {
                    for (int x = 0; x < box.sizeX(); x++, i++) {
                        final BlockMapping.Look look = looks[box.indices()[i]];
                        counts[box.indices()[i]]++;
                        if (look.kind() == BlockMapping.Kind.PART) {
                            take(look, box.x() + x, box.y() + y, box.z() + z);
                        }
                    }
                }
            }
            for (int i = 0; i < looks.length; i++) {
                final Block block = box.palette().get(i);
                if (counts[i] > 0 && looks[i].kind() == BlockMapping.Kind.GROUND) {
                    ground += counts[i];
                } else if (counts[i] > 0 && looks[i].kind() == BlockMapping.Kind.UNKNOWN) {
                    unlike.merge(block.name(), counts[i], Integer::sum);
                }
            }
        }

        private void take(final BlockMapping.Look look, final int x, final int y, final int z) {
            final int farX = x + Turns.size(look.turn(), 0, look.part()) - 1;
            final int farZ = z + Turns.size(look.turn(), 2, look.part()) - 1;
            final Found found = new Found(
                look.part(),
                Turns.compose(look.turn(), quarters),
                Math.min(Turns.apply(quarters, 0, x, 0, z), Turns.apply(quarters, 0, farX, 0, farZ)),
                y,
                Math.min(Turns.apply(quarters, 2, x, 0, z), Turns.apply(quarters, 2, farX, 0, farZ)));
            // A door whose upper half is taken, or regions that overlap: the first one stays.
            if (!isFree(found)) {
                inTheWay++;
                return;
            }
            if (all.size() == MOST_FOUND) {
                throw new SchematicFormatException("the schematic has more than " + MOST_FOUND + " parts: at most " + MOST_PARTS + " are built of one");
            }
            for (int i = 0; i < found.kind.volume(); i++) {
                voxels.put(voxel(found, i), all.size());
            }
            all.add(found);
        }

        private boolean isFree(final Found found) {
            for (int i = 0; i < found.kind.volume(); i++) {
                if (voxels.get(voxel(found, i)) != NOTHING) {
                    return false;
                }
            }
            return true;
        }

        private static long voxel(final Found found, final int i) {
            final int sizeX = found.size(0);
            final int sizeY = found.size(1);
            return key(found.x + i % sizeX, found.y + i / sizeX % sizeY, found.z + i / sizeX / sizeY);
        }

        /** 21 bits an axis: what a region may be away from the origin, and more. */
        private static long key(final int x, final int y, final int z) {
            return (x & AXIS) << 42 | (y & AXIS) << 21 | z & AXIS;
        }

        private Found at(final int x, final int y, final int z) {
            final long index = voxels.get(key(x, y, z));
            return index == NOTHING ? null : all.get((int)index);
        }

        private void around(final Found found) {
            shell.around(found.x, found.y, found.z, found.size(0), found.size(1), found.size(2));
        }

        // ---- what stands ----

        /** The height of the ground at which most parts stand: groups of parts that hang together stand there, or float, or would lie in it. */
        private int baseHeight() {
            final Map<Integer, Integer> partsByHeight = new TreeMap<>();
            final List<Found> group = new ArrayList<>();
            int groups = 0;
            for (final Found first : all) {
                if (first.group < 0 && first.kind.givesSupport()) {
                    partsByHeight.merge(gather(first, groups++, group), group.size(), Integer::sum);
                }
            }
            if (partsByHeight.isEmpty()) {
                return all.stream().mapToInt(found -> found.y).min().orElse(0);
            }
            return partsByHeight.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        }

        /** All parts that hang together with one and that others may rest on; their least height is the answer. */
        private int gather(final Found first, final int number, final List<Found> group) {
            group.clear();
            group.add(first);
            first.group = number;
            int least = first.y;
            for (int next = 0; next < group.size(); next++) {
                least = Math.min(least, group.get(next).y);
                around(group.get(next));
                while (shell.next()) {
                    final Found other = at(shell.x, shell.y, shell.z);
                    if (other != null && other.group < 0 && other.kind.givesSupport()) {
                        other.group = number;
                        group.add(other);
                    }
                }
            }
            return least;
        }

        /** The parts that stand where the ground ends below {@code base}, lowest first, each behind one that it rests on. */
        private List<Found> fromBelow(final int base) {
            final int groups = all.stream().mapToInt(found -> found.group).max().orElse(-1) + 1;
            final boolean[] sinks = new boolean[groups];
            all.stream().filter(found -> found.group >= 0 && found.y < base).forEach(found -> sinks[found.group] = true);
            final PriorityQueue<Found> open = new PriorityQueue<>(FROM_BELOW);
            for (final Found found : all) {
                if (found.y == base && !(found.group >= 0 && sinks[found.group])) {
                    found.queued = true;
                    open.add(found);
                }
            }
            final List<Found> standing = new ArrayList<>();
            while (!open.isEmpty()) {
                final Found found = open.remove();
                standing.add(found);
                if (found.kind.givesSupport()) {
                    around(found);
                    while (shell.next()) {
                        final Found other = at(shell.x, shell.y, shell.z);
                        if (other != null && !other.queued && other.y >= base) {
                            other.queued = true;
                            open.add(other);
                        }
                    }
                }
            }
            return standing;
        }

        // ---- blueprints ----

        private BlueprintSeries series(final List<Found> standing, final int floating) {
            final int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
            final int[] most = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
            standing.forEach(found -> widen(found, least, most));
            final List<BlueprintSeries.Step> steps = new ArrayList<>();
            for (int from = 0; from < standing.size();) {
                final int to = endOfStep(standing, from);
                steps.add(step(standing.subList(from, to), least));
                from = to;
            }
            final String size = most[0] - least[0] + " x " + (most[1] - least[1]) + " x " + (most[2] - least[2]) + " m";
            final String summary = standing.size() + (standing.size() == 1 ? " part, " : " parts, ") + size + ", in " + steps.size()
                + (steps.size() == 1 ? " blueprint" : " blueprints") + (ground + floating + inTheWay > 0 || !unlike.isEmpty() ? "; left out" : "")
                + leftOut(floating);
            return new BlueprintSeries(steps, most[0] - least[0], most[1] - least[1], most[2] - least[2], summary);
        }

        private static void widen(final Found found, final int[] least, final int[] most) {
            final int[] corner = {found.x, found.y, found.z};
            for (int axis = 0; axis < 3; axis++) {
                least[axis] = Math.min(least[axis], corner[axis]);
                most[axis] = Math.max(most[axis], corner[axis] + found.size(axis));
            }
        }

        /** As many as a blueprint may have, and as lie near enough together. */
        private static int endOfStep(final List<Found> standing, final int from) {
            final int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
            final int[] most = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
            int volume = 0;
            int to = from;
            while (to < standing.size() && to - from < Blueprint.MOST_PARTS) {
                volume += standing.get(to).kind.volume();
                widen(standing.get(to), least, most);
                if (volume > Blueprint.MOST_VOXELS || most[0] - least[0] > Blueprint.MOST_EXTENT || most[1] - least[1] > Blueprint.MOST_EXTENT
                    || most[2] - least[2] > Blueprint.MOST_EXTENT) {
                    break;
                }
                to++;
            }
            return to;
        }

        private static BlueprintSeries.Step step(final List<Found> parts, final int[] origin) {
            final BlueprintBuilder builder = new BlueprintBuilder();
            final int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
            for (final Found found : parts) {
                widen(found, least, new int[] {0, 0, 0});
                builder.add(found.kind, found.x, found.y, found.z, found.turn);
            }
            return new BlueprintSeries.Step(
                builder.build().encode(), least[0] - origin[0], least[1] - origin[1], least[2] - origin[2], parts.size());
        }

        private String leftOut(final int floating) {
            final List<String> reasons = new ArrayList<>();
            if (ground > 0) {
                reasons.add(ground + " of ground and plants");
            }
            if (floating > 0) {
                reasons.add(floating + " that nothing would hold on flat ground");
            }
            if (!unlike.isEmpty()) {
                final String named = unlike.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(MOST_NAMED)
                    .map(entry -> entry.getValue() + " " + shortened(entry.getKey())).collect(Collectors.joining(", "));
                final int sum = unlike.values().stream().mapToInt(Integer::intValue).sum();
                reasons.add(sum + " that no part is like (" + named + (unlike.size() > MOST_NAMED ? ", ..." : "") + ")");
            }
            if (inTheWay > 0) {
                reasons.add(inTheWay + " that others are in the way of");
            }
            return reasons.isEmpty() ? "" : ": " + String.join(", ", reasons);
        }

        /** A name from outside, fit to be printed. */
        private static String shortened(final String name) {
            final String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
            return plain.length() <= 40 ? plain : plain.substring(0, 40) + "...";
        }
    }
}
