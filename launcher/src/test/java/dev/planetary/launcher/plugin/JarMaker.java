package dev.planetary.launcher.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** Builds small jars with the JDK's own tools, as somebody else would who has nothing but the game's jars. */
final class JarMaker {
    private static final Set<String> PLATFORM = Set.of("dev.planetary.core", "org.agrona", "org.joml");

    private final Path work;
    private String platform = gamePlatform();

    JarMaker(final Path work) {
        this.work = work;
    }

    /** A plugin in a module of its own. */
    void plugin(final Path jar, final String name, final int schemaId) throws IOException {
        plugin(jar, name, schemaId, "", "");
    }

    /** A plugin in a module of its own that requires more, and does something when it registers. */
    void plugin(final Path jar, final String name, final int schemaId, final String requires, final String registers) throws IOException {
        final String module = "test." + name;
        jar(jar, List.of(), Map.of(
            "module-info.java", "module " + module + " { requires dev.planetary.core; " + requires
                + " provides dev.planetary.core.plugin.GamePlugin with " + module + ".TestPlugin; }",
            module.replace('.', '/') + "/TestPlugin.java", source(module, name, schemaId, registers)), Map.of());
    }

    /** A plugin that was compiled against another core than the game's. */
    void against(final Path core, final Path jar, final String name, final int schemaId, final String registers) throws IOException {
        final String module = "test." + name;
        platform = core.toString();
        jar(jar, List.of(), Map.of(
            "module-info.java", "module " + module + " { requires dev.planetary.core; provides dev.planetary.core.plugin.GamePlugin with "
                + module + ".TestPlugin; }",
            module.replace('.', '/') + "/TestPlugin.java", source(module, name, schemaId, registers)), Map.of());
        platform = gamePlatform();
    }

    static String source(final String packageName, final String name, final int schemaId, final String registers) {
        return """
            package %s;
            public final class TestPlugin implements dev.planetary.core.plugin.GamePlugin {
                public TestPlugin() { }
                public String name() { return "%s"; }
                public int schemaId() { return %d; }
                public int schemaVersion() { return 3; }
                public void register(final dev.planetary.core.plugin.GameContext game) { %s }
                public static final class Wind { }
            }
            """.formatted(packageName, name, schemaId, registers);
    }

    /** Compiles sources against the platform and {@code needs}, and packs the classes with {@code files} (what they hold by name). */
    void jar(final Path jar, final List<Path> needs, final Map<String, String> sources, final Map<String, String> files) throws IOException {
        final Path folder = Files.createTempDirectory(work, "jar");
        final Path classes = Files.createDirectories(folder.resolve("classes"));
        final List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
        final String all = needs.stream().map(Path::toString).reduce(platform, (one, other) -> one + File.pathSeparator + other);
        arguments.addAll(List.of(sources.containsKey("module-info.java") ? "-p" : "-cp", all));
        for (final Map.Entry<String, String> source : sources.entrySet()) {
            final Path file = folder.resolve("src").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        run("javac", arguments);
        for (final Map.Entry<String, String> entry : files.entrySet()) {
            final Path file = classes.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, entry.getValue());
        }
        Files.createDirectories(jar.getParent());
        final List<String> packing = new ArrayList<>(List.of("--create", "--file", jar.toString()));
        if (sources.containsKey("module-info.java")) {
            packing.addAll(List.of("--module-version", "1.2.3"));
        }
        packing.addAll(List.of("-C", classes.toString(), "."));
        run("jar", packing);
    }

    private static String gamePlatform() {
        return ModuleLayer.boot().configuration().modules().stream()
            .filter(module -> PLATFORM.contains(module.name()))
            .map(module -> Path.of(module.reference().location().orElseThrow()).toString())
            .collect(Collectors.joining(File.pathSeparator));
    }

    private static void run(final String tool, final List<String> arguments) {
        final StringWriter said = new StringWriter();
        final PrintWriter writer = new PrintWriter(said);
        assertEquals(0, ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments.toArray(String[]::new)), () -> tool + ": " + said);
    }
}
