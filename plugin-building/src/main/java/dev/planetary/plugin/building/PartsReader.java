package dev.planetary.plugin.building;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a file of parts, line by line; the format stands at the top of {@code parts.txt}. Used once. */
final class PartsReader {
    private static final int MOST_NUMBER = 65_535;
    private static final int MOST_COUNT = 9_999;
    private static final int MOST_SLOTS = 1_024;
    private static final int MOST_TEXT = 1 << 18;
    private static final int MOST_QUOTED = 40;
    private static final int MOST_OFFERED = 12;
    private static final int MOST_NAME = 32;
    private static final int MOST_DIGITS = 6;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final String file;
    private final List<PartKind> kinds = new ArrayList<>();
    private final Map<String, Integer> items = new LinkedHashMap<>();
    private final Set<Integer> itemNumbers = new HashSet<>();
    private final Map<Integer, PartKind> kindsByNumber = new HashMap<>();
    private final Map<String, PartKind> kindsByName = new HashMap<>();
    private int line;

    PartsReader(final String file) {
        this.file = file;
    }

    PartCatalogue read(final String text) {
        if (text.length() > MOST_TEXT) {
            throw wrong("the file has " + text.length() + " letters: expected at most " + MOST_TEXT);
        }
        for (final String whole : text.split("\n", -1)) {
            line++;
            final int remark = whole.indexOf('#');
            final String said = (remark < 0 ? whole : whole.substring(0, remark)).trim();
            if (!said.isEmpty()) {
                final String[] words = SPACES.split(said);
                switch (words[0]) {
                    case "item" -> item(words);
                    case "part" -> part(words);
                    default -> throw wrong(quoted(words[0]) + " begins no line: begin with item or part");
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
        if (!itemNumbers.add(number)) {
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
        final PartKind other = kindsByNumber.getOrDefault(number, kindsByName.get(name));
        if (other != null) {
            throw wrong("part " + other.number() + " " + other.name() + " is there already: give this one another number and name");
        }
        final Map<String, String> values = values(words);
        final int[] size = size(required(values, "size"));
        final int health = number("health", required(values, "health"), MOST_NUMBER);
        final int[][] cost = cost(required(values, "cost"));
        final String slots = values.remove("store");
        final boolean needsSupport = values.remove("stands-alone") == null;
        final boolean givesSupport = values.remove("holds-nothing") == null;
        if (!values.isEmpty()) {
            throw wrong(quoted(values.keySet().iterator().next()) + " is nothing that a part has: take it out");
        }
        final PartKind kind = new PartKind(
            number, name, size[0], size[1], size[2], cost[0], cost[1], health, needsSupport, givesSupport,
            slots == null ? 0 : number("store", slots, MOST_SLOTS));
        kinds.add(kind);
        kindsByNumber.put(number, kind);
        kindsByName.put(name, kind);
    }

    private Map<String, String> values(final String[] words) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            final String key = equals < 0 ? words[i] : words[i].substring(0, equals);
            final boolean isFlag = key.equals("stands-alone") || key.equals("holds-nothing");
            if (isFlag == equals >= 0) {
                throw wrong(quoted(words[i]) + ": write " + (isFlag ? key + " without a value" : shortened(key) + "=VALUE"));
            }
            if (values.put(key, words[i].substring(equals + 1)) != null) {
                throw wrong(shortened(key) + " is said twice: take one out");
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
            throw wrong("size=" + shortened(text) + ": write three numbers, as size=4x3x1");
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
                throw wrong("cost=" + shortened(text) + ": write items with their counts, as cost=wood:4+iron:1");
            }
            final Integer item = items.get(entry[0]);
            if (item == null) {
                throw wrong("no item is called " + shortened(entry[0]) + ": name one of " + offered() + ", or add an item line above");
            }
            for (int k = 0; k < i; k++) {
                if (cost[0][k] == item) {
                    throw wrong("cost=" + shortened(text) + ": " + shortened(entry[0]) + " is said twice: add its counts up");
                }
            }
            cost[0][i] = item;
            cost[1][i] = number("count of " + entry[0], entry[1], MOST_COUNT);
        }
        return cost;
    }

    private String name(final String text) {
        if (!isOf(text, MOST_NAME, true)) {
            throw wrong(quoted(text) + " is no name: use a to z, 0 to 9 and hyphens, at most 32");
        }
        return text;
    }

    private int number(final String what, final String text, final int most) {
        if (isOf(text, MOST_DIGITS, false)) {
            final int value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        }
        throw wrong(shortened(what) + " is " + quoted(text) + ": expected 1 to " + most);
    }

    /** Whether a text has 1 to so many digits and, where it is a name, small letters and hyphens. */
    private static boolean isOf(final String text, final int most, final boolean isName) {
        boolean holds = !text.isEmpty() && text.length() <= most;
        for (int i = 0; holds && i < text.length(); i++) {
            final char letter = text.charAt(i);
            holds = letter >= '0' && letter <= '9' || isName && (letter >= 'a' && letter <= 'z' || letter == '-');
        }
        return holds;
    }

    private Collection<String> offered() {
        final TreeSet<String> names = new TreeSet<>(items.keySet());
        return names.size() <= MOST_OFFERED ? names : names.stream().limit(MOST_OFFERED).toList();
    }

    private static String quoted(final String text) {
        return "\"" + shortened(text) + "\"";
    }

    private static String shortened(final String text) {
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "...";
    }

    private PartsFormatException wrong(final String sentence) {
        return new PartsFormatException(file, line, sentence);
    }
}
