package dev.planetary.plugin.building;

import dev.planetary.plugin.building.schematic.Block;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Which part a block of a schematic becomes, and how that is turned, as a file of text says it; {@code blocks.txt} begins with its format. */
final class BlockMapping {
    private static final String STANDARD_FILE = "blocks.txt";
    private static final String PATTERN = "[a-z0-9_.:*]{1,64}(\\[[a-z_]+=[a-z0-9_]+])?";
    private static final int UPSIDE_DOWN = Turns.COUNT - Turns.UPRIGHT;

    private final List<Rule> rules = new ArrayList<>();

    /** What becomes of a block. */
    enum Kind { NOTHING, GROUND, PART, UNKNOWN }

    /**
     * What becomes of a block.
     *
     * @param part null but for {@link Kind#PART}.
     */
    record Look(Kind kind, PartKind part, int turn) {
        private static final Look UNKNOWN = new Look(Kind.UNKNOWN, null, 0);
    }

    private record Rule(Pattern name, String property, String value, Kind kind, PartKind part, boolean front, boolean axis) {
        boolean fits(final Block block) {
            return (property == null || value.equals(block.property(property))) && name.matcher(block.name()).matches();
        }
    }

    private BlockMapping() {
    }

    /** The one that comes with the plugin. */
    static BlockMapping standard(final PartCatalogue catalogue) {
        try (InputStream in = BlockMapping.class.getResourceAsStream(STANDARD_FILE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its file " + STANDARD_FILE);
            }
            return read(catalogue, STANDARD_FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException("the blocks that come with the plugin cannot be read", e);
        }
    }

    /**
     * Reads a file's text.
     *
     * @throws PartsFormatException that names the file, the line and the mend.
     */
    static BlockMapping read(final PartCatalogue catalogue, final String file, final String text) {
        final BlockMapping mapping = new BlockMapping();
        final String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            final int remark = lines[i].indexOf('#');
            final String said = (remark < 0 ? lines[i] : lines[i].substring(0, remark)).trim();
            if (!said.isEmpty()) {
                mapping.rules.add(rule(catalogue, file, i + 1, said.split("\\s+")));
            }
        }
        return mapping;
    }

    private static Rule rule(final PartCatalogue catalogue, final String file, final int line, final String[] words) {
        final boolean isPart = words[0].equals("part");
        final Kind kind = switch (words[0]) {
            case "nothing" -> Kind.NOTHING;
            case "ground" -> Kind.GROUND;
            case "part" -> Kind.PART;
            default -> throw new PartsFormatException(file, line, "\"" + words[0] + "\" begins no line: begin with nothing, ground or part");
        };
        if (isPart ? words.length < 3 || words.length > 5 : words.length != 2) {
            throw new PartsFormatException(file, line, "write " + (isPart ? "part PATTERN KIND, then front or axis" : words[0] + " PATTERN"));
        }
        if (!words[1].matches(PATTERN)) {
            throw new PartsFormatException(file, line, "\"" + words[1] + "\" is no pattern: write a name such as *_door[half=upper]");
        }
        boolean front = false;
        boolean axis = false;
        for (int i = 3; i < words.length; i++) {
            if (!words[i].equals("front") && !words[i].equals("axis")) {
                throw new PartsFormatException(file, line, "\"" + words[i] + "\" says nothing of turning: write front or axis");
            }
            front |= words[i].equals("front");
            axis |= words[i].equals("axis");
        }
        final PartKind part = isPart ? catalogue.kind(words[2]) : null;
        if (isPart && part == null) {
            throw new PartsFormatException(file, line, "no part is called " + words[2] + ": name one of parts.txt");
        }
        final int bracket = words[1].indexOf('[');
        final String name = bracket < 0 ? words[1] : words[1].substring(0, bracket);
        final String[] property = bracket < 0 ? new String[] {null, null} : words[1].substring(bracket + 1, words[1].length() - 1).split("=");
        final Pattern pattern = Pattern.compile(name.replace(".", "\\.").replace("*", ".*"));
        return new Rule(pattern, property[0], property[1], kind, part, front, axis);
    }

    /** What becomes of a block. */
    Look look(final Block block) {
        for (final Rule rule : rules) {
            if (rule.fits(block)) {
                return new Look(rule.kind, rule.part, turn(rule, block));
            }
        }
        return Look.UNKNOWN;
    }

    private static int turn(final Rule rule, final Block block) {
        if (rule.axis) {
            return switch (block.property("axis")) {
                case "x" -> turned(1, 1, 0, 0);
                case "z" -> turned(1, 0, 0, 1);
                default -> 0;
            };
        }
        if (!rule.front) {
            return 0;
        }
        final boolean isUpsideDown = block.property("half").equals("top") || block.property("type").equals("top");
        final int from = isUpsideDown ? UPSIDE_DOWN : 0;
        for (int turn = from; turn < from + Turns.UPRIGHT; turn++) {
            if (looks(turn, 2, block.property("facing"))) {
                return turn;
            }
        }
        return from;
    }

    /** Whether the axis that was {@code axis} before a turn lies towards a side after it. */
    private static boolean looks(final int turn, final int axis, final String side) {
        return switch (side) {
            case "north" -> isTurned(turn, axis, 0, 0, -1);
            case "east" -> isTurned(turn, axis, 1, 0, 0);
            case "west" -> isTurned(turn, axis, -1, 0, 0);
            // Looking south, along z, is what not turned means.
            default -> isTurned(turn, axis, 0, 0, 1);
        };
    }

    private static int turned(final int axis, final int x, final int y, final int z) {
        int turn = 0;
        while (!isTurned(turn, axis, x, y, z)) {
            turn++;
        }
        return turn;
    }

    private static boolean isTurned(final int turn, final int axis, final int x, final int y, final int z) {
        final int fromX = axis == 0 ? 1 : 0;
        final int fromY = axis == 1 ? 1 : 0;
        final int fromZ = axis == 2 ? 1 : 0;
        return Turns.apply(turn, 0, fromX, fromY, fromZ) == x && Turns.apply(turn, 1, fromX, fromY, fromZ) == y
            && Turns.apply(turn, 2, fromX, fromY, fromZ) == z;
    }
}
