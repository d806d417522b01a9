package dev.planetary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever follows a link within the project's documents must arrive: at a file or folder that is there, at a heading that it has. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^()\\s]+)\\)");
    private static final Pattern OUTSIDE = Pattern.compile("[a-z]+:.*");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    @Test
    void shouldLeadSomewhere() throws IOException {
        assumeTrue(ROOT != null && Files.isRegularFile(ROOT.resolve("README.md")), "no checkout around this module: no documents to look at");
        final List<String> dead = new ArrayList<>();
        int links = 0;
        for (final Path document : documents()) {
            final Matcher link = LINK.matcher(CODE.matcher(read(document)).replaceAll("code"));
            while (link.find()) {
                if (!OUTSIDE.matcher(link.group(1)).matches()) {
                    links++;
                    if (!leadsSomewhere(document, link.group(1))) {
                        dead.add(ROOT.relativize(document) + ": " + link.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), dead, "links that lead nowhere");
        assertTrue(links > 20, "only " + links + " links found: this test does not see them");
    }

    private static boolean leadsSomewhere(final Path document, final String link) throws IOException {
        final int hash = link.indexOf('#');
        final String file = hash < 0 ? link : link.substring(0, hash);
        final Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || headings(target).contains(link.substring(hash + 1));
    }

    /** Names of a document's headings, as they are linked to. */
    private static Set<String> headings(final Path document) throws IOException {
        final Set<String> names = new HashSet<>();
        final Matcher heading = HEADING.matcher(FENCE.matcher(read(document)).replaceAll(""));
        while (heading.find()) {
            names.add(heading.group(1).trim().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
        }
        return names;
    }

    private static String read(final Path document) throws IOException {
        return Files.readString(document, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static List<Path> documents() throws IOException {
        final List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                final String name = folder.getFileName().toString();
                // What is built or hidden is not ours to read.
                return !folder.equals(ROOT) && (name.equals("target") || name.startsWith(".")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
