package dev.planetary.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellKey;
import dev.planetary.launcher.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @ParameterizedTest
    @EnumSource(value = Command.Verb.class, names = {"ITEMS", "WHY"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldReadWhatItWrites(final Command.Verb verb) {
        assertEquals(Optional.of(new Command(verb, List.of())), Command.parse(Command.line(verb)));
    }

    @Test
    void shouldReadTheSourceAndTheCellOfItems() {
        final long cell = CellKey.privateTo(12);
        final Command command = Command.parse(Command.line(Command.Verb.ITEMS, 3, Long.toHexString(cell))).orElseThrow();

        assertEquals(3, command.source());
        assertEquals(cell, command.cell());
    }

    @Test
    void shouldReadTheSeatTheSourceAndTheCellOfWhy() {
        final long cell = CellKey.spatial(-3, 7);
        final Command command = Command.parse(Command.line(Command.Verb.WHY, 12, 0, Long.toHexString(cell))).orElseThrow();

        assertEquals(12, command.seat());
        assertEquals(0, command.source());
        assertEquals(cell, command.cell());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "frob", "FREEZE", "freeze now", "items", "items 1", "items x 12", "items 1 zz", "items 1 12 13", "items -1 12",
        "items 99999 1", "why 1 12", "why x 0 12", "why 999999 0 12", "why 1 0 zz", "why 1 -1 12", "items 1 11112222333344445"})
    void shouldReadNothingElse(final String line) {
        assertEquals(Optional.empty(), Command.parse(line));
    }

    @Test
    void shouldCarryACellOverALineOfJson() {
        final CellDigest digest = new CellDigest();
        digest.add("12:1", -5, 1);
        digest.add("13:1", 6, 1);
        final CellLine line = CellLine.of(2, CellKey.spatial(-1, -1), digest);

        final JsonArray travelled = JsonParser.parseString(Json.line(line.toJson())).getAsJsonArray();

        assertEquals(line, CellLine.fromJson(travelled));
        assertEquals(2, line.size());
        assertThrows(IllegalArgumentException.class, () -> CellLine.fromJson(JsonParser.parseString("[1,\"2\",\"3\"]").getAsJsonArray()));
    }
}
