package dev.planetary.example.weather;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Phase;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.example.weather.sbe.WeatherComponentDecoder;
import java.util.SplittableRandom;

/** Weather that changes every few seconds and is the same for everybody. */
public final class WeatherPlugin implements GamePlugin {
    private static final int SECONDS_BETWEEN_CHANGES = 5;
    private static final int LARGEST_CHANGE = 20;

    private ComponentType<Weather> weather;

    @Override
    public String name() {
        return "weather";
    }

    @Override
    public int schemaId() {
        return WeatherComponentDecoder.SCHEMA_ID;
    }

    @Override
    public int schemaVersion() {
        return WeatherComponentDecoder.SCHEMA_VERSION;
    }

    @Override
    public void register(final GameContext game) {
        weather = game.component("weather", WeatherComponentDecoder.TEMPLATE_ID, Weather.class, Weather::new, new WeatherCodec());
    }

    @Override
    public void host(final HostContext host) {
        final Query skies = host.world().query(weather);
        final SplittableRandom random = new SplittableRandom(host.options().seed());
        final int period = SECONDS_BETWEEN_CHANGES * host.tickRateHz();

        host.onStart(() -> {
            if (skies.first() == NetworkId.NONE) {
                host.world().spawn(new Weather());
            }
        });
        host.system(Phase.SIMULATE, "weather", (world, tick) -> {
            if (tick % period == 0) {
                final int sky = skies.first();
                final Weather now = weather.get(sky);
                now.rainPercent = Math.max(0, Math.min(100, now.rainPercent + random.nextInt(-LARGEST_CHANGE, LARGEST_CHANGE + 1)));
                weather.markDirty(sky);
            }
        });
    }
}
