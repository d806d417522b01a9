package dev.planetary.example.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/write-a-plugin.md} shows whole files, each under a line with its path; they must be the files that are built. */
class WriteAPluginTest {
    private static final Pattern PATH = Pattern.compile("`([A-Za-z0-9_./-]+\\.(?:java|xml))`");
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent().getParent();
    private static final Path EXAMPLE = ROOT.resolve("examples/plugin-weather");

    /** Text of each file in the document, by its path. */
    private final Map<String, String> shown = new HashMap<>();

    @BeforeEach
    void readDocument() throws IOException {
        String path = null;
        StringBuilder block = null;
        for (final String line : Files.readAllLines(ROOT.resolve("docs/write-a-plugin.md"))) {
            final Matcher matcher = PATH.matcher(line);
            if (block != null && line.equals("```")) {
                shown.put(path, block.toString());
                block = null;
                path = null;
            } else if (block != null) {
                block.append(line).append('\n');
            } else if (line.equals("```java") || line.equals("```xml")) {
                assertNotNull(path, "a block of code that is no file of the example could go stale");
                block = new StringBuilder();
            } else if (matcher.matches()) {
                path = matcher.group(1);
            }
        }
        assertTrue(block == null, "the block of " + path + " has no end");
    }

    @Test
    void shouldShowTheFilesThatAreBuilt() throws IOException {
        for (final Map.Entry<String, String> file : shown.entrySet()) {
            final List<String> lines = Files.readAllLines(ROOT.resolve(file.getKey()));
            assertEquals(String.join("\n", lines) + "\n", file.getValue(), file.getKey() + " differs from docs/write-a-plugin.md");
        }
    }

    @Test
    void shouldShowAllThatAPluginIsMadeOf() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src/main"))) {
            final Set<String> sources = files.filter(Files::isRegularFile).map(WriteAPluginTest::name).collect(Collectors.toSet());
            assertTrue(sources.size() >= 6, "found only " + sources);
            sources.removeAll(shown.keySet());
            assertEquals(Set.of(), sources, "files that docs/write-a-plugin.md does not show");
        }
        assertTrue(shown.containsKey("examples/plugin-weather/pom.xml"));
    }

    private static String name(final Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }
}
