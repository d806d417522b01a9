package dev.planetary.launcher.option;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings of plugins by full name, which notes those that somebody asked for: what nobody asks for is misspelled. */
public final class PluginSettings extends AbstractMap<String, String> {
    private final Map<String, String> values;
    private final Set<String> read = new HashSet<>();

    /** Those of all sources, and those of {@code --set}, which win. */
    public PluginSettings(final Map<String, String> fromSources, final Map<String, String> fromOptions) {
        final Map<String, String> all = new TreeMap<>(fromSources);
        all.putAll(fromOptions);
        values = Collections.unmodifiableMap(all);
    }

    @Override
    public String get(final Object name) {
        if (values.containsKey(name)) {
            read.add((String)name);
        }
        return values.get(name);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return values.entrySet();
    }

    /** Names that nobody has asked for yet. */
    public List<String> unread() {
        return values.keySet().stream().filter(name -> !read.contains(name)).toList();
    }
}
