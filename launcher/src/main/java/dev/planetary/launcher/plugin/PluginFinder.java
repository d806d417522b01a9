package dev.planetary.launcher.plugin;

import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds plugins on the module path and in folders. Each jar of a folder, and each sub-folder with a plugin and what it needs, is resolved by itself into a
 * layer of its own above the boot layer: a broken one is named and spoils nothing else.
 */
public final class PluginFinder {
    /** Schema ids below are the core's. */
    public static final int LEAST_SCHEMA_ID = 16;

    private static final int MOST_SCHEMA_ID = 65_534;
    private static final int MAX_FAILURES = 16;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final ModuleLayer boot;
    private final List<FoundPlugin> plugins = new ArrayList<>();
    private final List<PluginProblem> problems = new ArrayList<>();

    private PluginFinder(final ModuleLayer boot) {
        this.boot = boot;
    }

    /**
     * Looks everywhere.
     *
     * @param boot     the layer that has the core.
     * @param standard the folder that comes with the game; need not be there.
     * @param further  one that the user names, or null.
     */
    public static Findings find(final ModuleLayer boot, final Path standard, final Path further) {
        final PluginFinder finder = new PluginFinder(boot);
        finder.examine(boot, "the module path");
        if (standard != null && Files.isDirectory(standard)) {
            finder.folder(standard);
        }
        if (further != null) {
            if (!Files.isDirectory(further)) {
                throw new UserError("--plugins-dir=" + further + ": no such folder", "make it and put plugin jars into it, or leave the option out");
            }
            finder.folder(further);
        }
        finder.plugins.sort(Comparator.comparing(FoundPlugin::name).thenComparing(FoundPlugin::jar));
        finder.findDoubles();
        return new Findings(List.copyOf(finder.plugins), List.copyOf(finder.problems));
    }

    private void folder(final Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(PluginFinder::isCandidate).sorted().forEach(this::entry);
        } catch (final IOException | UncheckedIOException e) {
            problems.add(new PluginProblem("plugins folder " + folder + " cannot be read (" + e.getMessage() + ")", "check who may read it", Set.of()));
        }
    }

    private static boolean isCandidate(final Path entry) {
        final String name = entry.getFileName().toString();
        return !name.startsWith(".") && (Files.isDirectory(entry) || name.endsWith(".jar"));
    }

    private void entry(final Path entry) {
        try {
            final ModuleFinder finder = ModuleFinder.of(entry);
            final Set<String> roots = finder.findAll().stream().map(found -> found.descriptor().name()).collect(Collectors.toSet());
            if (roots.isEmpty()) {
                return; // an empty sub-folder
            }
            final Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), roots);
            final ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, PluginFinder.class.getClassLoader());
            if (!examine(layer, entry.toString())) {
                problems.add(new PluginProblem(entry + " holds no plugin", "take it out; what a plugin needs goes with it into a sub-folder", Set.of()));
            }
        } catch (final FindException | ResolutionException | LayerInstantiationException | SecurityException e) {
            problems.add(new PluginProblem("plugin " + entry + " cannot be loaded: " + cause(e), mend(e), Set.of()));
        }
    }

    /** Takes the plugins of one layer; whether there were any, usable or not. */
    private boolean examine(final ModuleLayer layer, final String place) {
        final Iterator<ServiceLoader.Provider<GamePlugin>> providers = ServiceLoader.load(layer, GamePlugin.class).stream().iterator();
        boolean any = false;
        boolean more = true;
        int failures = 0;
        while (more) {
            String jar = place;
            try {
                more = providers.hasNext();
                if (more) {
                    final ServiceLoader.Provider<GamePlugin> provider = providers.next();
                    final Module module = provider.type().getModule();
                    if (module.getLayer() == layer) {
                        any = true;
                        jar = location(layer, module).map(Path::toString).orElse(place);
                        take(provider, module, jar);
                    }
                }
            } catch (final ServiceConfigurationError | LinkageError e) {
                any = true;
                problems.add(new PluginProblem(
                    "plugin " + jar + " does not fit this version of the game: " + cause(e), "build it against this version", Set.of()));
                // The loader goes on behind a provider that failed; the bound is against one that fails for ever.
                more = ++failures < MAX_FAILURES;
            }
        }
        return any;
    }

    private void take(final ServiceLoader.Provider<GamePlugin> provider, final Module module, final String jar) {
        try {
            final GamePlugin plugin = provider.get();
            final String name = plugin.name();
            if (name == null || !NAME.matcher(name).matches()) {
                problems.add(new PluginProblem("plugin " + jar + " calls itself \"" + name + "\"", "name it with 1 to 32 of a-z, 0-9 and -", Set.of()));
            } else if (plugin.schemaId() < LEAST_SCHEMA_ID || plugin.schemaId() > MOST_SCHEMA_ID) {
                problems.add(new PluginProblem("plugin " + name + " (" + jar + ") has SBE schema id " + plugin.schemaId(),
                    "give its schema an id from " + LEAST_SCHEMA_ID + " to " + MOST_SCHEMA_ID, Set.of(name)));
            } else {
                plugins.add(new FoundPlugin(name, version(module, jar), jar, plugin.schemaId(), plugin.schemaVersion(), provider::get));
            }
        } catch (final RuntimeException e) {
            problems.add(new PluginProblem("plugin " + jar + " failed when it was made: " + e, "mend the plugin, or take it out", Set.of()));
        }
    }

    private void findDoubles() {
        for (int i = 0; i < plugins.size(); i++) {
            for (int j = 0; j < i; j++) {
                final FoundPlugin one = plugins.get(j);
                final FoundPlugin other = plugins.get(i);
                if (one.name().equals(other.name())) {
                    problems.add(new PluginProblem("plugin " + one.name() + " is there twice: in " + one.jar() + " and in " + other.jar(),
                        "remove one of them", Set.of(one.name())));
                } else if (one.schemaId() == other.schemaId()) {
                    problems.add(new PluginProblem(one + " and " + other + " both have SBE schema id " + one.schemaId(),
                        "remove one of them, or give one another id", Set.of(one.name(), other.name())));
                }
            }
        }
    }

    private static Optional<Path> location(final ModuleLayer layer, final Module module) {
        return layer.configuration().findModule(module.getName())
            .flatMap(resolved -> resolved.reference().location())
            .filter(uri -> "file".equals(uri.getScheme()))
            .map(Path::of);
    }

    private static String version(final Module module, final String jar) {
        final Optional<String> ofModule = module.getDescriptor().rawVersion();
        if (ofModule.isPresent() || !jar.endsWith(".jar")) {
            return ofModule.orElse("unknown");
        }
        try (JarFile file = new JarFile(jar)) {
            final Manifest manifest = file.getManifest();
            final String ofJar = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return ofJar == null ? "unknown" : ofJar;
        } catch (final IOException e) {
            return "unknown";
        }
    }

    /** The message, and the one at the bottom where that is another. */
    static String cause(final Throwable failure) {
        Throwable bottom = failure;
        while (bottom.getCause() != null && bottom.getCause() != bottom) {
            bottom = bottom.getCause();
        }
        final String top = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        final String below = bottom.getMessage() == null ? bottom.getClass().getSimpleName() : bottom.getMessage();
        return (bottom == failure || top.contains(below) ? top : top + " (" + below + ")").lines().findFirst().orElse("");
    }

    private static String mend(final RuntimeException failure) {
        final String text = cause(failure);
        if (text.contains("not found, required by")) {
            return "put it into a sub-folder together with the jars that it needs";
        }
        if (text.contains("Unable to derive module descriptor")) {
            return "rename the jar so that its name begins with a letter, or give it a module-info or an Automatic-Module-Name";
        }
        if (text.contains("reads another module named") || text.contains("reads more than one module named") || text.contains("export package")) {
            return "take out of it what the game has already";
        }
        return "replace it by an intact jar, or take it out";
    }
}
