package dev.planetary.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerNewsTest {
    private final List<String> said = new ArrayList<>();
    private final PlayerNews news = new PlayerNews(said::add);

    @Test
    void shouldTellWhoCameAndWhoLeft() {
        news.changed(List.of("Ann"), 8);
        news.changed(List.of("Bob", "Carl"), 8);

        assertEquals(List.of("Ann has joined, players=1/8", "Ann has left, players=2/8", "Bob has joined, players=2/8", "Carl has joined, players=2/8"), said);
    }

    @Test
    void shouldTellPlayersOfTheSameNameApart() {
        news.changed(List.of("Ann", "Ann"), 8);
        said.clear();
        news.changed(List.of("Ann"), 8);

        assertEquals(List.of("Ann has left, players=1/8"), said);
    }
}
