package dev.planetary.plugin.building.schematic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Blocks as they were numbered up to version 1.12, with four bits of data; {@code numbers.txt} says which is which and begins with its format. */
final class NumberedBlocks {
    private static final String FILE = "numbers.txt";
    private static final int COUNT = 256;
    private static final String[] SIDES = {"down", "up", "north", "south", "west", "east"};
    private static final String[] STAIRS = {"east", "west", "south", "north"};
    private static final String[] DOORS = {"east", "south", "west", "north"};
    private static final String[] AXES = {"y", "x", "z", "y"};
    private static final String[] NAMES = new String[COUNT];
    private static final String[] RULES = new String[COUNT];

    static {
        read();
    }

    private NumberedBlocks() {
    }

    /** The block of a number and its data; one without name is called "number N". */
    static Block block(final int number, final int data) {
        if (number >= COUNT || NAMES[number] == null) {
            return Block.of("number " + number);
        }
        return new Block(NAMES[number], switch (RULES[number]) {
            case "stairs" -> Map.of("facing", STAIRS[data & 3], "half", (data & 4) == 0 ? "bottom" : "top");
            case "slab" -> Map.of("type", (data & 8) == 0 ? "bottom" : "top");
            case "axis" -> Map.of("axis", AXES[data >> 2 & 3]);
            case "door" -> (data & 8) == 0 ? Map.of("facing", DOORS[data & 3], "half", "lower") : Map.of("half", "upper");
            case "side" -> Map.of("facing", SIDES[Math.min(data & 7, SIDES.length - 1)]);
            case "trapdoor" -> Map.of("facing", STAIRS[3 - (data & 3)], "half", (data & 8) == 0 ? "bottom" : "top");
            default -> Map.of();
        });
    }

    private static void read() {
        try (InputStream in = NumberedBlocks.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its file " + FILE);
            }
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                final int remark = line.indexOf('#');
                final String[] words = (remark < 0 ? line : line.substring(0, remark)).trim().split("\\s+");
                if (words.length >= 2) {
                    final int number = Integer.parseInt(words[0]);
                    NAMES[number] = words[1];
                    RULES[number] = words.length > 2 ? words[2] : "";
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the numbers of blocks that come with the plugin cannot be read", e);
        }
    }
}
