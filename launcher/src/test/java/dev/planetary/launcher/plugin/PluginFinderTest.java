package dev.planetary.launcher.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.GameOptions;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.Run;
import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PluginFinderTest {
    private final Path work = TestFolder.create();
    private final Path home = work.resolve("home");
    private final Path folder = home.resolve("plugins");
    private final JarMaker jars = new JarMaker(work);
    private final List<String> warnings = new ArrayList<>();

    private Findings find() {
        return PluginFinder.find(ModuleLayer.boot(), folder, null);
    }

    private UserError refuse(final String selection) {
        return assertThrows(UserError.class, () -> ListingContext.list(find().choose(selection, warnings::add), GameOptions.seeded(1)));
    }

    private void assertNames(final UserError error, final String... parts) {
        for (final String part : parts) {
            assertTrue(error.getMessage().contains(part), () -> "\"" + error.getMessage() + "\" should say " + part);
        }
    }

    @Test
    void shouldFindNothingInAnAbsentFolder() {
        assertEquals(new Findings(List.of(), List.of()), find());
    }

    @Test
    void shouldRefuseAnAbsentFolderThatTheUserNamed() {
        assertThrows(UserError.class, () -> PluginFinder.find(ModuleLayer.boot(), folder, work.resolve("absent")));
    }

    @Test
    void shouldFindEachJarAndMakeANewInstanceForEachGame() throws IOException {
        jars.plugin(folder.resolve("wind-1.jar"), "wind", 100);
        jars.plugin(folder.resolve("rain-1.jar"), "rain", 101);
        Files.writeString(folder.resolve("README.txt"), "not a plugin");
        Files.createDirectories(folder.resolve("empty"));

        final List<FoundPlugin> found = find().choose(Findings.ALL, warnings::add);

        assertEquals(List.of("rain", "wind"), found.stream().map(FoundPlugin::name).toList());
        assertEquals("1.2.3", found.get(0).version());
        assertEquals(folder.resolve("rain-1.jar").toString(), found.get(0).jar());
        assertEquals(101, found.get(0).schemaId());
        assertEquals(3, found.get(0).schemaVersion());
        assertNotSame(found.get(0).maker().get(), found.get(0).maker().get());
        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldFindAPluginInASubFolderWithWhatItNeeds() throws IOException {
        final Path library = folder.resolve("wind").resolve("gusts-2.jar");
        jars.jar(library, List.of(), Map.of("gusts/Gust.java", "package gusts; public final class Gust { public static int speed() { return 7; } }"), Map.of());
        jars.jar(folder.resolve("wind").resolve("wind.jar"), List.of(library), Map.of(
            "module-info.java", "module test.wind { requires dev.planetary.core; requires gusts; "
                + "provides dev.planetary.core.plugin.GamePlugin with test.wind.TestPlugin; }",
            "test/wind/TestPlugin.java", JarMaker.source("test.wind", "wind", 93 + 7, "gusts.Gust.speed();")), Map.of());

        final List<FoundPlugin> found = find().choose("wind", warnings::add);

        assertEquals(List.of("wind"), found.stream().map(FoundPlugin::name).toList());
        assertEquals(1, ListingContext.list(found, GameOptions.seeded(1)).size());
    }

    @Test
    void shouldFindAPlainJarByItsServicesFile() throws IOException {
        jars.jar(folder.resolve("breeze-0.9.jar"), List.of(), Map.of("test/breeze/TestPlugin.java", JarMaker.source("test.breeze", "breeze", 100, "")),
            Map.of("META-INF/services/dev.planetary.core.plugin.GamePlugin", "test.breeze.TestPlugin\n"));

        final List<FoundPlugin> found = find().choose("breeze", warnings::add);

        assertEquals("breeze", found.get(0).name());
        assertEquals("0.9", found.get(0).version());
    }

    @Test
    void shouldNameABrokenJarAndKeepTheOthers() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100);
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");

        assertNames(refuse(Findings.ALL), "broken.jar", "intact");
        assertEquals(1, find().choose("wind", warnings::add).size());
        assertTrue(warnings.get(0).contains("broken.jar"), warnings.toString());
    }

    @Test
    void shouldNameAPluginWhoseDependencyIsMissing() throws IOException {
        final Path library = work.resolve("gusts.jar");
        jars.jar(library, List.of(), Map.of("gusts/Gust.java", "package gusts; public final class Gust { }"), Map.of());
        jars.jar(folder.resolve("wind.jar"), List.of(library), Map.of(
            "module-info.java", "module test.wind { requires dev.planetary.core; requires gusts; "
                + "provides dev.planetary.core.plugin.GamePlugin with test.wind.TestPlugin; }",
            "test/wind/TestPlugin.java", JarMaker.source("test.wind", "wind", 100, "")), Map.of());

        assertNames(refuse(Findings.ALL), "wind.jar", "gusts", "sub-folder");
    }

    @Test
    void shouldNameAJarWhoseNameGivesNoModule() throws IOException {
        jars.jar(folder.resolve("123-wind.jar"), List.of(), Map.of("test/wind/TestPlugin.java", JarMaker.source("test.wind", "wind", 100, "")),
            Map.of("META-INF/services/dev.planetary.core.plugin.GamePlugin", "test.wind.TestPlugin\n"));

        assertNames(refuse(Findings.ALL), "123-wind.jar", "rename the jar");
    }

    @Test
    void shouldNameAJarThatHoldsNoPlugin() throws IOException {
        jars.jar(folder.resolve("gusts.jar"), List.of(), Map.of("gusts/Gust.java", "package gusts; public final class Gust { }"), Map.of());

        assertNames(refuse(Findings.ALL), "gusts.jar", "holds no plugin");
    }

    @Test
    void shouldNameBothJarsOfADoubledName() throws IOException {
        jars.plugin(folder.resolve("wind-1.jar"), "wind", 100);
        jars.plugin(folder.resolve("wind-2.jar"), "wind", 100);

        assertNames(refuse(Findings.ALL), "wind is there twice", "wind-1.jar", "wind-2.jar", "remove one");
        assertNames(refuse("wind"), "wind is there twice");
    }

    @Test
    void shouldNameBothJarsOfADoubledSchemaId() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100);
        jars.plugin(folder.resolve("rain.jar"), "rain", 100);
        jars.plugin(folder.resolve("snow.jar"), "snow", 101);

        assertNames(refuse(Findings.ALL), "wind.jar", "rain.jar", "schema id 100");
        assertNames(refuse("rain,snow"), "wind.jar", "rain.jar");
        assertEquals(1, find().choose("snow", warnings::add).size());
    }

    @Test
    void shouldNameBothJarsOfADoubledComponent() throws IOException {
        final String registers = "game.localComponent(\"wind-speed\", Wind.class, Wind::new);";
        jars.plugin(folder.resolve("wind.jar"), "wind", 100, "", registers);
        jars.plugin(folder.resolve("rain.jar"), "rain", 101, "", registers);

        assertNames(refuse(Findings.ALL), "component wind-speed", "wind.jar", "rain.jar");
        assertEquals("wind-speed", ListingContext.list(find().choose("wind", warnings::add), GameOptions.seeded(1)).get(0).components().get(0).name());
    }

    @Test
    void shouldNameBothJarsOfADoubledCapability() throws IOException {
        final String registers = "game.provide(Runnable.class, () -> { });";
        jars.plugin(folder.resolve("wind.jar"), "wind", 100, "", registers);
        jars.plugin(folder.resolve("rain.jar"), "rain", 101, "", registers);

        assertNames(refuse(Findings.ALL), "capability Runnable", "wind.jar", "rain.jar");
        assertEquals(List.of("Runnable"), ListingContext.list(find().choose("wind", warnings::add), GameOptions.seeded(1)).get(0).capabilities());
    }

    @Test
    void shouldNameAPluginThatClashesWithTheCore() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100, "", "game.localComponent(\"position\", Wind.class, Wind::new);");

        assertNames(refuse(Findings.ALL), "wind.jar", "position is registered twice");
    }

    @Test
    void shouldNameAPluginThatWasBuiltAgainstAnotherVersion() throws IOException {
        // What it was compiled against has a method that the game's own class lacks.
        final Path other = work.resolve("other").resolve("core.jar");
        jars.jar(other, List.of(), Map.of("module-info.java", "module dev.planetary.core { exports dev.planetary.core.plugin; }",
            "dev/planetary/core/plugin/GameContext.java", "package dev.planetary.core.plugin; public interface GameContext { void moon(); }",
            "dev/planetary/core/plugin/GamePlugin.java", "package dev.planetary.core.plugin; public interface GamePlugin { String name(); int schemaId();"
                + " int schemaVersion(); void register(GameContext game); }"), Map.of());
        jars.against(other, folder.resolve("wind.jar"), "wind", 100, "game.moon();");

        assertNames(refuse(Findings.ALL), "wind.jar", "does not fit this version", "moon", "build it against this version");
    }

    @Test
    void shouldNameAPluginThatFailsWhenItIsMadeOrRegisters() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100, "", "throw new IllegalStateException(\"no wind today\");");

        assertNames(refuse(Findings.ALL), "wind.jar", "no wind today");
    }

    @Test
    void shouldRefuseBadNamesAndSchemaIdsOfTheCore() throws IOException {
        jars.plugin(folder.resolve("low.jar"), "low", 15);
        assertNames(refuse(Findings.ALL), "low.jar", "schema id 15", "16 to");

        jars.jar(folder.resolve("loud.jar"), List.of(), Map.of("test/loud/TestPlugin.java", JarMaker.source("test.loud", "Loud Plugin", 100, "")),
            Map.of("META-INF/services/dev.planetary.core.plugin.GamePlugin", "test.loud.TestPlugin\n"));
        assertTrue(find().problems().stream().anyMatch(problem -> problem.sentence().contains("Loud Plugin")));
    }

    @Test
    void shouldNameAJarThatBringsAModuleOfTheGame() throws IOException {
        jars.plugin(folder.resolve("wind").resolve("wind.jar"), "wind", 100, "requires org.agrona;", "");
        jars.jar(folder.resolve("wind").resolve("agrona.jar"), List.of(),
            Map.of("module-info.java", "module org.agrona { }", "agrona/Nothing.java", "package agrona; class Nothing { }"), Map.of());

        assertNames(refuse(Findings.ALL), folder.resolve("wind").toString(), "org.agrona");
    }

    @Test
    void shouldSayWhichPluginsThereAreWhenOneIsUnknown() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100);
        jars.plugin(folder.resolve("rain.jar"), "rain", 101);

        assertNames(refuse("wind,sun"), "no plugin named sun; there are: rain, wind");
    }

    @Test
    void shouldListPluginsOnTheCommandLine() throws IOException {
        jars.plugin(folder.resolve("wind.jar"), "wind", 100);

        final Run run = Run.in(home, "plugins", "--json");

        assertEquals(ExitCode.OK, run.code(), run.err().toString());
        assertTrue(run.lastLine().startsWith("{\"plugins\":[{\"name\":\"wind\",\"version\":\"1.2.3\",\"jar\":"), run.lastLine());
        assertTrue(run.lastLine().endsWith("\"schemaId\":100,\"schemaVersion\":3,\"components\":[],\"requests\":[],\"capabilities\":[]}],\"ok\":true}"),
            run.lastLine());
    }

    @Test
    void shouldStopWithExitCodeTwoAtABrokenJar() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("broken.jar"), new byte[100]);

        final Run run = Run.in(home, "plugins");

        assertEquals(ExitCode.CANNOT_WORK, run.code());
        assertTrue(run.err().get(0).contains("broken.jar"), run.err().toString());
    }

    @Test
    void shouldFindTheWeatherExampleInAFurtherFolder() throws IOException {
        final Path examples = Path.of(System.getProperty("planetary.home", "none"), "examples");
        Assumptions.assumeTrue(Files.isDirectory(examples), "skipped: the weather example is not built yet (" + examples + ")");
        final Path further = Files.createDirectories(work.resolve("further"));
        try (Stream<Path> built = Files.list(examples)) {
            for (final Path jar : built.filter(file -> file.getFileName().toString().startsWith("plugin-weather")).toList()) {
                Files.copy(jar, further.resolve(jar.getFileName()));
            }
        }

        final Run run = Run.of("plugins", "--plugins-dir", further.toString());

        assertEquals(ExitCode.OK, run.code(), run.err().toString());
        assertTrue(run.out().get(0).startsWith("weather "), run.out().toString());
    }
}
