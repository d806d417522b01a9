package dev.planetary.example.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.standalone.StandaloneGame;
import org.junit.jupiter.api.Test;

class WeatherPluginTest {
    private static final int FIVE_SECONDS = 100;

    private final StandaloneGame game = new StandaloneGame(GameOptions.seeded(42)).plugin(WeatherPlugin::new).start();

    @Test
    void shouldShowClientsTheWeatherOfTheHost() {
        for (int i = 0; i < 50; i++) {
            game.tick(FIVE_SECONDS);
            assertEquals(rain(game.host()), rain(game.client()));
            assertTrue(rain(game.client()) >= 0 && rain(game.client()) <= 100);
        }
    }

    @Test
    void shouldCostNothingBetweenTwoChanges() {
        game.tick(FIVE_SECONDS);
        final long changes = game.changes("weather");
        game.tick(FIVE_SECONDS - 1);
        assertEquals(changes, game.changes("weather"));
        game.tick(50 * FIVE_SECONDS);
        assertTrue(game.changes("weather") > changes + 25, "it must change now and then");
        assertEquals(0, game.allocatedBytes(FIVE_SECONDS));
    }

    @Test
    void shouldGoOnFromSavedWeather() {
        game.tick(10 * FIVE_SECONDS);
        final StandaloneGame next = new StandaloneGame(GameOptions.seeded(42)).plugin(WeatherPlugin::new).continueFrom(game.save()).start();
        next.tick();
        assertEquals(1, next.client().world().count());
        assertEquals(rain(game.host()), rain(next.client()));
    }

    private static int rain(final GameContext side) {
        return side.world().type(Weather.class).get(side.world().entityAt(0)).rainPercent;
    }
}
