package dev.planetary.launcher.option;

import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the values of options come from: the command line, else the system property ({@code planetary.tick.rate} for {@code --tick-rate}), else the
 * environment ({@code PLANETARY_TICK_RATE}), else the configuration file, else the default. What is none of the options but begins with
 * {@code planetary.} is a setting for a plugin.
 */
public final class OptionSources implements CommandLine.IDefaultValueProvider {
    /** What all properties begin with. */
    public static final String PREFIX = "planetary.";

    private static final String ENVIRONMENT_PREFIX = "PLANETARY_";

    private final Properties system;
    private final Map<String, String> environment;
    private final Map<String, String> file = new LinkedHashMap<>();
    private Path fileName;

    /** Sources of this process. */
    public OptionSources(final Properties system, final Map<String, String> environment) {
        this.system = system;
        this.environment = environment;
    }

    /**
     * A value and where it was found.
     *
     * @param text  the value.
     * @param label how the user named it: "PLANETARY_TICK_RATE", "tick-rate in host.properties".
     */
    public record Found(String text, String label) {
    }

    /** The property of an option: "planetary.tick.rate" for "--tick-rate". */
    public static String property(final String option) {
        return PREFIX + option.replaceFirst("^--", "").replace('-', '.');
    }

    /** Reads a configuration file: Java properties, named as the options ("tick-rate") or as the properties ("planetary.tick.rate"). */
    public void readFile(final String name) {
        final Properties read = new Properties();
        try {
            fileName = Path.of(name);
            try (Reader reader = Files.newBufferedReader(fileName, StandardCharsets.UTF_8)) {
                read.load(reader);
            }
        } catch (final IOException | IllegalArgumentException e) {
            throw new UserError(e, "cannot read the configuration file " + name + " (" + UserError.reason(e) + ")",
                "give --config a file of lines such as tick-rate=20");
        }
        for (final String key : new TreeSet<>(read.stringPropertyNames())) {
            file.put(key.startsWith(PREFIX) ? key : property(key), read.getProperty(key).trim());
        }
    }

    @Override
    public String defaultValue(final ArgSpec argument) {
        if (argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
            return find(option.longestName()).map(Found::text).orElse(null);
        }
        return null;
    }

    /** The value of an option that the command line does not give. */
    public Optional<Found> find(final String option) {
        final String property = property(option);
        final String fromSystem = system.getProperty(property);
        if (fromSystem != null) {
            return Optional.of(new Found(fromSystem, property));
        }
        final String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
        final String fromEnvironment = environment.get(variable);
        if (fromEnvironment != null) {
            return Optional.of(new Found(fromEnvironment, variable));
        }
        final String fromFile = file.get(property);
        return fromFile == null ? Optional.empty() : Optional.of(new Found(fromFile, property.substring(PREFIX.length()) + " in " + fileName));
    }

    /**
     * The settings of plugins by full name, from all sources: {@code planetary.<plugin>.<name>}.
     *
     * @param plugins names of all plugins that were found.
     * @throws UserError when the configuration file holds what is neither an option of {@code command} nor a setting of a plugin.
     */
    public Map<String, String> pluginSettings(final Set<String> plugins, final CommandSpec command) {
        final Set<String> options = new HashSet<>();
        command.options().forEach(option -> options.add(property(option.longestName())));
        final Map<String, String> settings = new TreeMap<>();
        file.forEach((key, value) -> {
            if (isPluginSetting(key, plugins)) {
                settings.put(key, value);
            } else if (!options.contains(key)) {
                throw new UserError(fileName + ": " + key + " is neither an option of " + command.name() + " nor a setting of a plugin",
                    "take it out, or see planetary " + command.name() + " --help");
            }
        });
        environment.forEach((key, value) -> {
            final String property = key.toLowerCase(Locale.ROOT).replace('_', '.');
            if (key.startsWith(ENVIRONMENT_PREFIX) && !options.contains(property) && isPluginSetting(property, plugins)) {
                settings.put(property, value);
            }
        });
        for (final String key : system.stringPropertyNames()) {
            if (!options.contains(key) && isPluginSetting(key, plugins)) {
                settings.put(key, system.getProperty(key));
            }
        }
        return settings;
    }

    private static boolean isPluginSetting(final String key, final Set<String> plugins) {
        return plugins.stream().anyMatch(plugin -> key.startsWith(PREFIX + plugin + "."));
    }
}
