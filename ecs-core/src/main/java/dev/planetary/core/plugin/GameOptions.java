package dev.planetary.core.plugin;

import java.util.Map;
import java.util.Optional;

/**
 * What a game was started with.
 *
 * @param seed     of everything random in a new world.
 * @param newWorld how a new world begins: "seed:42", "anvil:DIR"; empty when a saved world goes on.
 * @param settings properties for plugins, by full name ("planetary.creatures.count").
 */
public record GameOptions(long seed, Optional<String> newWorld, Map<String, String> settings) {
    /** A new world from a seed, all settings at their defaults. */
    public static GameOptions seeded(final long seed) {
        return new GameOptions(seed, Optional.of("seed:" + seed), Map.of());
    }

    /** An integer setting within bounds; fails with a sentence that names the property, its value and what would fit. */
    public int integer(final String property, final int byDefault, final int least, final int most) {
        final String text = settings.get(property);
        if (text == null) {
            return byDefault;
        }
        try {
            final int value = Integer.parseInt(text.trim());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new InvalidSettingException(property + "=" + text + ": expected " + least + " to " + most, e);
        }
        throw new InvalidSettingException(property + "=" + text + ": expected " + least + " to " + most, null);
    }
}
