/** Adds weather: the smallest plugin, one component and one system. */
module dev.planetary.example.weather {
    requires dev.planetary.core;

    provides dev.planetary.core.plugin.GamePlugin with dev.planetary.example.weather.WeatherPlugin;
}
