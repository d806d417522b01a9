package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SentAnswersTest {
    private final SentAnswers answers = new SentAnswers(64, Repairs.ALL, new Tally(1, 1));
    private final CellTrack track = new CellTrack();

    @BeforeEach
    void enterTheWindow() {
        track.residency = 1;
        track.window = new Window(new Watchers[0], 16, 4, Bands.NONE, Repairs.ALL);
    }

    private void answer(final long cursor, final int part, final int partVersion) {
        final int entry = answers.begin(track);
        track.cursor = cursor;
        track.part = part;
        track.partVersion = partVersion;
        answers.end(entry, track, 1, false);
    }

    @Test
    void shouldServeABlobFromItsBeginningWhenItsFirstPartsAreLost() {
        track.cursor = 5;
        answer(5, 500, 7);
        answer(5, 900, 7);
        answers.onLost(0, 2);
        assertEquals(5, track.cursor);
        assertEquals(0, track.part, "the second loss must not move the track past the first");
    }

    @Test
    void shouldNeverSkipTheBeginningOfANewerVersion() {
        track.cursor = 5;
        answer(5, 500, 7);
        answer(5, 900, 7);
        track.part = 0;
        answer(5, 400, 8);
        answers.onLost(1, 2);
        assertEquals(0, track.part, "a part of the older version says nothing about the newer");
    }

    @Test
    void shouldGoBackToTheEarlierOfTwoPartsOfOneVersion() {
        track.cursor = 5;
        answer(5, 500, 7);
        answer(5, 900, 7);
        answer(5, 1_200, 7);
        answers.onLost(2, 3);
        assertEquals(900, track.part);
        answers.onLost(1, 2);
        assertEquals(500, track.part);
        answers.onLost(2, 3);
        assertEquals(500, track.part, "a later part changes nothing");
    }
}
