package dev.planetary.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void shouldWriteOneLineInOrder() {
        final Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\"\nline <b> \u2028");
        value.put("whole", 12L);
        value.put("list", List.of(1, true));
        value.put("nothing", null);

        assertEquals("{\"text\":\"a \\\"quoted\\\"\\nline <b> \\u2028\",\"whole\":12,\"list\":[1,true],\"nothing\":null}", Json.line(value));
    }

    @Test
    void shouldRoundDecimalsAndKnowNoNumbersThatAreNone() {
        assertEquals("[1.235,100,0.5,0,1234567,null,null]",
            Json.line(List.of(1.23456, 100.0, 0.5, -0.0, 1_234_567.0, Double.NaN, Double.POSITIVE_INFINITY)));
    }

    @Test
    void shouldReadOnlyObjects() {
        assertEquals(5, Json.object("{\"a\":5}").orElseThrow().get("a").getAsInt());
        assertTrue(Json.object("tick 5").isEmpty());
        assertTrue(Json.object("[1]").isEmpty());
        assertTrue(Json.object("").isEmpty());
    }
}
