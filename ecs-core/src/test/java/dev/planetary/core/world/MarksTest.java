package dev.planetary.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarksTest {
    private final Marks marks = new Marks();
    private final List<String> visited = new ArrayList<>();

    @BeforeEach
    void makeRoom() {
        marks.grow(10_000);
    }

    @Test
    void shouldVisitEachTouchedSlotOnceInSlotOrder() {
        marks.mark(9_999, 1);
        marks.mark(0, 2);
        marks.mark(4_096, 4);
        marks.mark(63, 8);
        marks.mark(64, 16);
        marks.mark(0, 1);
        marks.mark(5, 0);
        drain();
        assertEquals(List.of("0:3", "63:8", "64:16", "4096:4", "9999:1"), visited);
        visited.clear();
        drain();
        assertEquals(List.of(), visited);
    }

    @Test
    void shouldForgetWhatIsUnmarked() {
        marks.mark(70, 7);
        marks.mark(71, 4);
        marks.unmark(70, 3);
        marks.unmark(71, 4);
        drain();
        assertEquals(List.of("70:4"), visited);
    }

    @Test
    void shouldKeepWhatIsMarkedWhileDraining() {
        marks.mark(100, 1);
        marks.mark(101, 1);
        marks.drain((slot, components) -> {
            visited.add(slot + ":" + components);
            if (components == 1) {
                marks.mark(slot, 2);
                marks.mark(slot - 1, 4);
                marks.mark(3, 8);
                marks.mark(9_000, 16);
            }
        });
        drain();
        assertEquals(List.of("100:1", "101:1", "9000:16", "3:8", "99:4", "100:6", "101:2"), visited);
    }

    @Test
    void shouldKeepWhatAFailingVisitorHasNotSeen() {
        marks.mark(1, 1);
        marks.mark(2, 1);
        marks.mark(700, 1);
        assertThrows(IllegalStateException.class, () -> marks.drain((slot, components) -> {
            throw new IllegalStateException("slot " + slot);
        }));
        drain();
        assertEquals(List.of("2:1", "700:1"), visited);
    }

    @Test
    void shouldKeepMarksWhenGrown() {
        marks.mark(9_999, 5);
        marks.grow(1 << 20);
        marks.mark((1 << 20) - 1, 6);
        drain();
        assertEquals(List.of("9999:5", "1048575:6"), visited);
        marks.mark(3, 1);
        marks.clear();
        visited.clear();
        drain();
        assertEquals(List.of(), visited);
    }

    private void drain() {
        marks.drain((slot, components) -> visited.add(slot + ":" + components));
    }
}
