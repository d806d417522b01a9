package dev.planetary.plugin.building;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds of parts, and the items that they are made of, as a file of text says them; the file that comes with the plugin, {@code parts.txt}, begins
 * with a description of its format. Never changes.
 */
final class PartCatalogue {
    /** No such kind or item. */
    static final int NONE = 0;

    private static final String STANDARD_FILE = "parts.txt";

    private final PartKind[] kinds;
    private final Map<String, PartKind> kindsByName;
    private final Map<String, Integer> itemsByName;
    private final Map<Integer, String> itemNames;
    private final List<PartKind> all;

    PartCatalogue(final List<PartKind> all, final Map<String, Integer> itemsByName) {
        this.all = List.copyOf(all);
        this.itemsByName = Map.copyOf(itemsByName);
        itemNames = new HashMap<>();
        itemsByName.forEach((name, number) -> itemNames.put(number, name));
        kindsByName = new HashMap<>();
        kinds = new PartKind[all.stream().mapToInt(PartKind::number).max().orElse(0) + 1];
        for (final PartKind kind : all) {
            kinds[kind.number()] = kind;
            kindsByName.put(kind.name(), kind);
        }
    }

    /** The one that comes with the plugin. */
    static PartCatalogue standard() {
        try (InputStream in = PartCatalogue.class.getResourceAsStream(STANDARD_FILE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks its file " + STANDARD_FILE);
            }
            return read(STANDARD_FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException("the parts that come with the plugin cannot be read", e);
        }
    }

    /**
     * Reads a file's text.
     *
     * @throws PartsFormatException that names the file, the line and the mend.
     */
    static PartCatalogue read(final String file, final String text) {
        return new PartsReader(file).read(text);
    }

    /** The kind of that number, or null. */
    PartKind kind(final int number) {
        return number > 0 && number < kinds.length ? kinds[number] : null;
    }

    /** The kind of that name, or null. */
    PartKind kind(final String name) {
        return kindsByName.get(name);
    }

    /** All kinds, in the order of the file. */
    List<PartKind> kinds() {
        return all;
    }

    /** Number of an item, or {@link #NONE}. */
    int item(final String name) {
        return itemsByName.getOrDefault(name, NONE);
    }

    /** Name of an item, or "item NUMBER" of one that the file does not name. */
    String itemName(final int number) {
        return itemNames.getOrDefault(number, "item " + number);
    }

    /** Numbers of all items, ascending. */
    List<Integer> items() {
        final List<Integer> numbers = new ArrayList<>(itemNames.keySet());
        numbers.sort(null);
        return numbers;
    }
}
