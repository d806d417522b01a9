package dev.planetary.launcher.plugin;

import dev.planetary.launcher.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All that was found.
 *
 * @param plugins  in the order of their names; doubled ones are there twice.
 * @param problems in the order they were met.
 */
public record Findings(List<FoundPlugin> plugins, List<PluginProblem> problems) {
    /** What {@code --plugins} says for every plugin. */
    public static final String ALL = "all";

    /**
     * The plugins that the user wants. A problem with one of them stops the start; one with a jar that nobody asked for is only said.
     *
     * @param selection names with commas between, or {@link #ALL}, for which every problem counts.
     * @param warnings  hears of the problems that stop nothing.
     */
    public List<FoundPlugin> choose(final String selection, final Consumer<String> warnings) {
        final boolean all = ALL.equals(selection.trim());
        final Set<String> wanted = all ? names() : split(selection);
        for (final PluginProblem problem : problems) {
            if (all || problem.plugins().stream().anyMatch(wanted::contains)) {
                throw new UserError(problem.sentence(), problem.mend());
            }
        }
        for (final String name : wanted) {
            if (!names().contains(name)) {
                throw unknown(name);
            }
        }
        problems.forEach(problem -> warnings.accept("warning: " + problem.sentence() + "; " + problem.mend()));
        return plugins.stream().filter(plugin -> wanted.contains(plugin.name())).toList();
    }

    /** Names of what was found. */
    public Set<String> names() {
        return plugins.stream().map(FoundPlugin::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> split(final String selection) {
        return Arrays.stream(selection.split(",")).map(String::trim).filter(name -> !name.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private UserError unknown(final String name) {
        final List<String> lines = new ArrayList<>();
        lines.add("no plugin named " + name + "; there are: " + (plugins.isEmpty() ? "none" : String.join(", ", names())));
        if (!problems.isEmpty()) {
            lines.add("and " + problems.get(0).sentence());
        }
        lines.add("put its jar into the plugins folder, or leave it out of --plugins");
        return new UserError(lines.toArray(String[]::new));
    }
}
