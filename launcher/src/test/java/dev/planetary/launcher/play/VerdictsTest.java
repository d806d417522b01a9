package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.RequestSender;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {
    private static final byte[] NOTHING = {};

    private final Verdicts verdicts = new Verdicts();

    @Test
    void shouldCountEachVerdictOnceByWhatWasAsked() {
        verdicts.asked(Deed.DIG, 1, false);
        verdicts.asked(Deed.DIG, 2, true);
        verdicts.asked(Deed.PLACE, 3, true);
        verdicts.asked(Deed.FILL, RequestSender.NONE, true);
        assertFalse(verdicts.isAnswered());

        verdicts.onVerdict(1, true, "", NOTHING);
        verdicts.onVerdict(1, true, "", NOTHING);
        verdicts.onVerdict(2, true, "", NOTHING);
        verdicts.onVerdict(3, false, "blocked by the ground at 1, 2, 3", NOTHING);
        verdicts.onVerdict(99, false, "not of ours", NOTHING);

        assertTrue(verdicts.isAnswered());
        assertEquals(Map.of(Deed.DIG, new Verdicts.Count(2, 0), Deed.PLACE, new Verdicts.Count(0, 1)), verdicts.counts());
        assertEquals(Map.of("blocked by the ground", 1), verdicts.reasons());
        assertEquals(2, verdicts.contested());
        assertEquals(1, verdicts.conflicts());
    }

    @Test
    void shouldNameOnlySoManyReasons() {
        for (int i = 1; i <= 1_000; i++) {
            verdicts.asked(Deed.PLACE, i, false);
            verdicts.onVerdict(i, false, "reason " + Character.toString('a' + i), NOTHING);
        }

        assertEquals(1_000, verdicts.reasons().values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(verdicts.reasons().size() <= 65, "reasons " + verdicts.reasons().size());
        assertTrue(verdicts.reasons().keySet().containsAll(Set.of("reason b", "other reasons")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "blocked by the ground at -3, 4, 5 | blocked by the ground",
        "blocked by a wall of bot-3 at 1, -2, 3 | blocked by a wall",
        "blocked by a wall of Ada of the Hill at 1, -2, 3 | blocked by a wall",
        "nothing holds the wall at 3, 4, 5 | nothing holds the wall",
        "not enough wood: 12 needed, 3 there | not enough wood",
        "too far: 12 m, reach is 8 m | too far",
        "that is a wall of bot-2, not yours | that is a wall, not yours",
        "a structure stands there: entity 12 | a structure stands there",
        "somebody else changed the ground there first | somebody else changed the ground there first",
        "the host does not have that blueprint; upload it again | the host does not have that blueprint; upload it again",
    })
    void shouldTakePlacesNumbersAndNamesOutOfReasons(final String reason, final String gist) {
        assertEquals(gist, Verdicts.gist(reason));
    }
}
