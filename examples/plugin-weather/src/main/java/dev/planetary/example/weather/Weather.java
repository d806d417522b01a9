package dev.planetary.example.weather;

/** The weather, the same everywhere. */
final class Weather {
    /** How hard it rains: 0 is dry, 100 a cloudburst. */
    int rainPercent;
}
