package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompassTest {
    @ParameterizedTest
    @CsvSource({"0,-1,N", "1,-1,NE", "1,0,E", "1,1,SE", "0,1,S", "-1,1,SW", "-1,0,W", "-1,-1,NW", "-1,0.1,W", "10,-1,E"})
    void shouldNameTheNearestOfEightDirections(final double dx, final double dz, final String name) {
        assertEquals(name, Compass.direction(dx, dz));
    }
}
