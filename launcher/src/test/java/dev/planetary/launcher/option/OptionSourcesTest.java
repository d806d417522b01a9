package dev.planetary.launcher.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class OptionSourcesTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    /** A command with one option of each source's form. */
    @Command(name = "host")
    public static final class Sample {
        @Option(names = "--tick-rate", defaultValue = "20")
        private int tickRate;
    }

    private OptionSources sources(final String file) throws IOException {
        final OptionSources sources = new OptionSources(system, environment);
        if (file != null) {
            final Path path = TestFolder.create().resolve("host.properties");
            Files.writeString(path, file);
            sources.readFile(path.toString());
        }
        return sources;
    }

    private int tickRate(final String file, final String... arguments) throws IOException {
        final Sample sample = new Sample();
        new CommandLine(sample).setDefaultValueProvider(sources(file)).parseArgs(arguments);
        return sample.tickRate;
    }

    @Test
    void shouldPreferCommandLineThenPropertyThenEnvironmentThenFileThenDefault() throws IOException {
        assertEquals(20, tickRate(null));
        assertEquals(21, tickRate("tick-rate=21"));
        assertEquals(22, tickRate("planetary.tick.rate = 22 \n"));
        environment.put("PLANETARY_TICK_RATE", "23");
        assertEquals(23, tickRate("tick-rate=21"));
        system.setProperty("planetary.tick.rate", "24");
        assertEquals(24, tickRate("tick-rate=21"));
        assertEquals(25, tickRate("tick-rate=21", "--tick-rate", "25"));
    }

    @Test
    void shouldNotReadASourceThatAnotherOverrides() throws IOException {
        environment.put("PLANETARY_TICK_RATE", "not a number");

        assertEquals(25, tickRate(null, "--tick-rate=25"));
    }

    @Test
    void shouldSayWhereAValueWasFound() throws IOException {
        assertTrue(sources("tick-rate=21").find("--tick-rate").orElseThrow().label().startsWith("tick.rate in "));
        environment.put("PLANETARY_TICK_RATE", "23");
        assertEquals("PLANETARY_TICK_RATE", sources(null).find("--tick-rate").orElseThrow().label());
        system.setProperty("planetary.tick.rate", "24");
        assertEquals("planetary.tick.rate", sources(null).find("--tick-rate").orElseThrow().label());
    }

    @Test
    void shouldGatherTheSettingsOfPluginsFromAllSources() throws IOException {
        environment.put("PLANETARY_CREATURES_COUNT", "2");
        environment.put("PLANETARY_TICK_RATE", "23");
        environment.put("PLANETARY_JVM", "-Xmx1g");
        system.setProperty("planetary.creatures.speed", "4");
        system.setProperty("planetary.home", "/somewhere");

        final Map<String, String> settings = sources("planetary.creatures.count=1\nplanetary.creatures.herd=9\ntick-rate=20")
            .pluginSettings(Set.of("creatures"), CommandLine.Model.CommandSpec.forAnnotatedObject(new Sample()));

        assertEquals(Map.of("planetary.creatures.count", "2", "planetary.creatures.herd", "9", "planetary.creatures.speed", "4"), settings);
    }

    @Test
    void shouldRefuseALineOfTheFileThatNobodyReads() throws IOException {
        final OptionSources sources = sources("tick-rat=20");
        final CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.forAnnotatedObject(new Sample());

        final UserError error = assertThrows(UserError.class, () -> sources.pluginSettings(Set.of("creatures"), spec));

        assertTrue(error.getMessage().contains("tick.rat is neither an option of host nor a setting of a plugin"), error.getMessage());
    }

    @Test
    void shouldRefuseAFileThatCannotBeRead() {
        final OptionSources sources = new OptionSources(system, environment);

        assertThrows(UserError.class, () -> sources.readFile("no-such-file.properties"));
        assertThrows(UserError.class, () -> sources.readFile(TestFolder.create().toString()));
        assertThrows(UserError.class, () -> sources.readFile("a\0b"));
    }

    @Test
    void shouldRefuseAFileWithABrokenEscape() throws IOException {
        assertThrows(UserError.class, () -> sources("name=\\u12"));
    }
}
