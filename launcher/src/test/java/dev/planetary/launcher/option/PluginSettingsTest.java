package dev.planetary.launcher.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.plugin.GameOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PluginSettingsTest {
    @Test
    void shouldPreferWhatWasSetAndNameWhatNobodyAsksFor() {
        final PluginSettings settings = new PluginSettings(
            Map.of("planetary.creatures.count", "5", "planetary.creatures.cuont", "6"), Map.of("planetary.creatures.count", "7"));

        assertEquals(7, new GameOptions(0, Optional.empty(), settings).integer("planetary.creatures.count", 1, 0, 100));
        assertEquals(List.of("planetary.creatures.cuont"), settings.unread());
    }
}
