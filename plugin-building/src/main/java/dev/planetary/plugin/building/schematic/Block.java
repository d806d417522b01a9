package dev.planetary.plugin.building.schematic;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a voxel of a schematic is: a name, and properties that say how it stands.
 *
 * @param name       without "minecraft:"; of other games with their prefix.
 * @param properties such as facing=south.
 */
public record Block(String name, Map<String, String> properties) {
    private static final int MOST_TEXT = 1_024;
    private static final String HOME = "minecraft:";

    /** Keeps the properties as they are now. */
    public Block {
        name = name.startsWith(HOME) ? name.substring(HOME.length()) : name;
        properties = Map.copyOf(properties);
    }

    /** One without properties. */
    public static Block of(final String name) {
        return new Block(name, Map.of());
    }

    /** Reads {@code name[key=value,key=value]}. Empty where the text is none. */
    public static Optional<Block> parse(final String text) {
        final int bracket = text.indexOf('[');
        final String name = bracket < 0 ? text : text.substring(0, bracket);
        if (name.isEmpty() || text.length() > MOST_TEXT || bracket >= 0 && !text.endsWith("]")) {
            return Optional.empty();
        }
        final Map<String, String> properties = new HashMap<>();
        final String inside = bracket < 0 ? "" : text.substring(bracket + 1, text.length() - 1);
        if (!inside.isEmpty()) {
            for (final String entry : inside.split(",", -1)) {
                final int equals = entry.indexOf('=');
                if (equals < 1) {
                    return Optional.empty();
                }
                properties.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return Optional.of(new Block(name, properties));
    }

    /** A property, or "" where it has none of that name. */
    public String property(final String key) {
        return properties.getOrDefault(key, "");
    }
}
