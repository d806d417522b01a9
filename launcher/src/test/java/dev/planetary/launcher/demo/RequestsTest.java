package dev.planetary.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.planetary.launcher.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static JsonObject player(final String json) {
        return Json.object(json).orElseThrow();
    }

    @Test
    void shouldAddUpWhatPlayersSaid() {
        final Requests requests = Requests.sum(List.of(
            player("{\"verdicts\":{\"dig\":[5,1],\"place\":[2,3]},\"reasons\":{\"too far\":4},\"contested\":2,\"conflicts\":1}"),
            player("{\"verdicts\":{\"dig\":[1,1],\"fill\":[1,0]},\"reasons\":{\"too far\":1,\"gone\":0},\"contested\":3,\"conflicts\":0}")));

        assertEquals(9, requests.approved());
        assertEquals(5, requests.rejected());
        assertEquals(5, requests.contested());
        assertEquals(1, requests.conflicts());
        assertEquals(7, requests.edits());
        assertEquals(new Requests.Told(6, 2), requests.byDeed().get("dig"));
        assertEquals(Map.of("too far", 5L, "gone", 0L), requests.reasons());
        assertEquals(0, Requests.sum(List.of()).approved());
    }
}
