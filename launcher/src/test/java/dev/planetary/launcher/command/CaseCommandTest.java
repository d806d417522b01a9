package dev.planetary.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.option.OptionSources;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class CaseCommandTest {
    private final CaseSpec simulate = new CaseSpec("simulate", "Virtual hours.", List.of(
        new CaseOption("seeds", "50", "how many"),
        new CaseOption("plant", "", "a bug"),
        new CaseOption("verbose", "false", "say more")));

    private Map<String, String> options(final Map<String, String> environment, final String... given) {
        return CaseCommand.options(simulate, List.of(given), new OptionSources(new Properties(), environment), "chaos");
    }

    @Test
    void shouldFillInDefaults() {
        assertEquals(Map.of("seeds", "50", "plant", "", "verbose", "false"), options(Map.of()));
    }

    @Test
    void shouldReadOptionsInEachForm() {
        assertEquals(
            Map.of("seeds", "7", "plant", "leaver", "verbose", "true"),
            options(Map.of("PLANETARY_SEEDS", "9"), "--seeds", "7", "--plant=leaver", "--verbose"));
        assertEquals("9", options(Map.of("PLANETARY_SEEDS", "9")).get("seeds"));
    }

    @Test
    void shouldRefuseWhatTheCaseDoesNotTake() {
        assertThrows(UserError.class, () -> options(Map.of(), "--seed", "7"));
        assertThrows(UserError.class, () -> options(Map.of(), "7"));
        assertThrows(UserError.class, () -> options(Map.of(), "--seeds"));
    }

    @Test
    void shouldHoldNumbersToTheirBounds() {
        final CaseRequest request = new CaseRequest("simulate", options(Map.of(), "--seeds", "7"), List::of, () -> false, System.err);
        final CaseRequest wrong = new CaseRequest("simulate", options(Map.of(), "--seeds", "many"), List::of, () -> false, System.err);

        assertEquals(7, request.number("seeds", 1, 10));
        assertEquals("--seeds=7: expected 8 to 10", assertThrows(InvalidSettingException.class, () -> request.number("seeds", 8, 10)).getMessage());
        assertThrows(InvalidSettingException.class, () -> wrong.number("seeds", 1, 10));
        assertThrows(IllegalArgumentException.class, () -> request.text("no-such-option"));
    }
}
