package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void shouldNameTwentyFourDifferentTurns() {
        final Set<String> images = new HashSet<>();
        for (int turn = 0; turn < Turns.COUNT; turn++) {
            images.add(image(turn, 1, 2, 3));
        }
        assertEquals(24, images.size());
    }

    @Test
    void shouldTurnAndNeverMirror() {
        for (int turn = 0; turn < Turns.COUNT; turn++) {
            int determinant = 0;
            for (int k = 0; k < 3; k++) {
                final int plus = column(turn, 1, (k + 1) % 3) * column(turn, 2, (k + 2) % 3);
                final int minus = column(turn, 1, (k + 2) % 3) * column(turn, 2, (k + 1) % 3);
                determinant += column(turn, 0, k) * (plus - minus);
            }
            assertEquals(1, determinant, "turn " + turn);
        }
    }

    @Test
    void shouldComposeAsMatricesDo() {
        for (int first = 0; first < Turns.COUNT; first++) {
            for (int second = 0; second < Turns.COUNT; second++) {
                final int x = Turns.apply(first, 0, 1, 2, 3);
                final int y = Turns.apply(first, 1, 1, 2, 3);
                final int z = Turns.apply(first, 2, 1, 2, 3);
                assertEquals(image(second, x, y, z), image(Turns.compose(first, second), 1, 2, 3), first + " then " + second);
            }
            assertEquals(0, Turns.compose(first, Turns.inverse(first)), "turn " + first);
        }
    }

    @Test
    void shouldKeepThingsUprightInTheFirstFour() {
        for (int turn = 0; turn < Turns.COUNT; turn++) {
            assertEquals(turn < Turns.UPRIGHT, Turns.apply(turn, 1, 0, 1, 0) == 1, "turn " + turn);
        }
        assertEquals(1, Turns.apply(1, 0, 0, 0, 1), "a quarter takes z to x");
        assertEquals(1, Turns.apply(4, 0, 0, 1, 0), "the top to +x");
        assertEquals(-1, Turns.apply(8, 0, 0, 1, 0), "the top to -x");
        assertEquals(1, Turns.apply(12, 2, 0, 1, 0), "the top to +z");
        assertEquals(-1, Turns.apply(16, 2, 0, 1, 0), "the top to -z");
        assertEquals(-1, Turns.apply(20, 1, 0, 1, 0), "upside down");
    }

    @Test
    void shouldTurnSizes() {
        assertEquals(1, Turns.size(1, 0, 4, 3, 1));
        assertEquals(3, Turns.size(1, 1, 4, 3, 1));
        assertEquals(4, Turns.size(1, 2, 4, 3, 1));
        for (int turn = 0; turn < Turns.COUNT; turn++) {
            assertEquals(12, Turns.size(turn, 0, 4, 3, 1) * Turns.size(turn, 1, 4, 3, 1) * Turns.size(turn, 2, 4, 3, 1));
        }
        assertTrue(Turns.isTurn(23) && !Turns.isTurn(24) && !Turns.isTurn(-1));
    }

    private static int column(final int turn, final int column, final int row) {
        return Turns.apply(turn, row, column == 0 ? 1 : 0, column == 1 ? 1 : 0, column == 2 ? 1 : 0);
    }

    private static String image(final int turn, final int x, final int y, final int z) {
        return Turns.apply(turn, 0, x, y, z) + "," + Turns.apply(turn, 1, x, y, z) + "," + Turns.apply(turn, 2, x, y, z);
    }
}
