package dev.planetary.launcher.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the relay does to datagrams, and how it is asked for that. */
class LinkModelTest {
    @Test
    void shouldLoseTheWantedShareInRunsOfTheWantedLength() {
        final LossModel loss = new LossModel(20, 4, new SplittableRandom(3));
        int lost = 0;
        int runs = 0;
        boolean before = false;
        for (int i = 0; i < 200_000; i++) {
            final boolean now = loss.isLost();
            lost += now ? 1 : 0;
            runs += now && !before ? 1 : 0;
            before = now;
        }
        assertEquals(20, lost / 2_000.0, 0.7);
        assertEquals(4, (double)lost / runs, 0.2);
        assertTrue(new LossModel(100, 1, new SplittableRandom(1)).isLost());
    }

    @Test
    void shouldNameWhatItCannotUnderstand() {
        assertEquals("--loss 300: expected a number from 0 to 100",
            assertThrows(IllegalArgumentException.class, () -> RelayOptions.parse("--host", "127.0.0.1:40123", "--loss", "300")).getMessage());
        assertEquals("--host \"nowhere\": expected HOST:PORT",
            assertThrows(IllegalArgumentException.class, () -> RelayOptions.parse("--host", "nowhere")).getMessage());
        assertEquals(40_200, RelayOptions.parse("--host", "127.0.0.1:40123", "--listen", "40200").listenPort());
    }
}
