package dev.planetary.plugin.building;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a file of parts, line by line; the format stands at the top of {@code parts.txt}. Used once. */
final class PartsReader {
    private static final int MOST_NUMBER = 65_535;
    private static final int MOST_COUNT = 9_999;
    private static final int MOST_SLOTS = 1_024;
    private static final String NAME = "[a-z0-9-]{1,32}";

    private final String file;
    private final List<PartKind> kinds = new ArrayList<>();
    private final Map<String, Integer> items = new LinkedHashMap<>();
    private int line;

    PartsReader(final String file) {
        this.file = file;
    }

    PartCatalogue read(final String text) {
        for (final String whole : text.split("\n", -1)) {
            line++;
            final int remark = whole.indexOf('#');
            final String said = (remark < 0 ? whole : whole.substring(0, remark)).trim();
            if (!said.isEmpty()) {
                final String[] words = said.split("\\s+");
                switch (words[0]) {
                    case "item" -> item(words);
                    case "part" -> part(words);
                    default -> throw wrong("\"" + words[0] + "\" begins no line: begin with item or part");
                }
            }
        }
        if (kinds.isEmpty()) {
            throw wrong("there is no part in the file: add a line that begins with part");
        }
        return new PartCatalogue(kinds, items);
    }

    private void item(final String[] words) {
        if (words.length != 3) {
            throw wrong("an item has a number and a name: item 1 wood");
        }
        final int number = number("the item's number", words[1], MOST_NUMBER);
        final String name = name(words[2]);
        if (items.containsValue(number)) {
            throw wrong("item " + number + " is there already: give it another number");
        }
        if (items.putIfAbsent(name, number) != null) {
            throw wrong("item " + name + " is there already: give it another name");
        }
    }

    private void part(final String[] words) {
        if (words.length < 3) {
            throw wrong("a part has a number, a name and what it is like: part 1 wall size=4x3x1 health=300 cost=wood:12");
        }
        final int number = number("the part's number", words[1], MOST_NUMBER);
        final String name = name(words[2]);
        for (final PartKind other : kinds) {
            if (other.number() == number || other.name().equals(name)) {
                throw wrong("part " + other.number() + " " + other.name() + " is there already: give this one another number and name");
            }
        }
        final Map<String, String> values = values(words);
        final int[] size = size(required(values, "size"));
        final int health = number("health", required(values, "health"), MOST_NUMBER);
        final int[][] cost = cost(required(values, "cost"));
        final String slots = values.remove("store");
        final boolean needsSupport = values.remove("stands-alone") == null;
        final boolean givesSupport = values.remove("holds-nothing") == null;
        if (!values.isEmpty()) {
            throw wrong("\"" + values.keySet().iterator().next() + "\" is nothing that a part has: take it out");
        }
        kinds.add(new PartKind(
            number, name, size[0], size[1], size[2], cost[0], cost[1], health, needsSupport, givesSupport,
            slots == null ? 0 : number("store", slots, MOST_SLOTS)));
    }

    private Map<String, String> values(final String[] words) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            final String key = equals < 0 ? words[i] : words[i].substring(0, equals);
            final boolean isFlag = key.equals("stands-alone") || key.equals("holds-nothing");
            if (isFlag == equals >= 0) {
                throw wrong("\"" + words[i] + "\": write " + (isFlag ? key + " without a value" : key + "=VALUE"));
            }
            if (values.put(key, words[i].substring(equals + 1)) != null) {
                throw wrong(key + " is said twice: take one out");
            }
        }
        return values;
    }

    private String required(final Map<String, String> values, final String key) {
        final String value = values.remove(key);
        if (value == null) {
            throw wrong("the part has no " + key + ": add " + key + "=" + switch (key) {
                case "size" -> "4x3x1";
                case "cost" -> "free";
                default -> "100";
            });
        }
        return value;
    }

    private int[] size(final String text) {
        final String[] axes = text.split("x", -1);
        if (axes.length != 3) {
            throw wrong("size=" + text + ": write three numbers, as size=4x3x1");
        }
        return new int[] {
            number("size", axes[0], PartKind.MOST_SIZE), number("size", axes[1], PartKind.MOST_SIZE), number("size", axes[2], PartKind.MOST_SIZE)};
    }

    private int[][] cost(final String text) {
        if (text.equals("free")) {
            return new int[2][0];
        }
        final String[] entries = text.split("\\+", -1);
        final int[][] cost = new int[2][entries.length];
        for (int i = 0; i < entries.length; i++) {
            final String[] entry = entries[i].split(":", -1);
            if (entry.length != 2) {
                throw wrong("cost=" + text + ": write items with their counts, as cost=wood:4+iron:1");
            }
            final Integer item = items.get(entry[0]);
            if (item == null) {
                throw wrong("no item is called " + entry[0] + ": name one of " + new TreeSet<>(items.keySet()) + ", or add an item line above");
            }
            for (int k = 0; k < i; k++) {
                if (cost[0][k] == item) {
                    throw wrong("cost=" + text + ": " + entry[0] + " is said twice: add its counts up");
                }
            }
            cost[0][i] = item;
            cost[1][i] = number("count of " + entry[0], entry[1], MOST_COUNT);
        }
        return cost;
    }

    private String name(final String text) {
        if (!text.matches(NAME)) {
            throw wrong("\"" + text + "\" is no name: use a to z, 0 to 9 and hyphens, at most 32");
        }
        return text;
    }

    private int number(final String what, final String text, final int most) {
        if (text.matches("[0-9]{1,6}")) {
            final int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        }
        throw wrong(what + " is \"" + text + "\": expected 1 to " + most);
    }

    private PartsFormatException wrong(final String sentence) {
        return new PartsFormatException(file, line, sentence);
    }
}
