package dev.planetary.launcher.option;

import dev.planetary.core.cell.Bands;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What world to play in, and by which rules. */
public final class WorldOptions {
    @Option(names = "--plugins", paramLabel = "NAMES", defaultValue = "all", description = "plugins with commas between (default ${DEFAULT-VALUE})")
    private String plugins;

    @Option(names = "--new", paramLabel = "WORLD", converter = NewWorld.Converter.class,
        description = "a new world: seed:42, or anvil:DIR with region/r.X.Z.mca in DIR")
    private NewWorld newWorld;

    @Fits(least = 32, most = 1_024)
    @Option(names = "--radius", paramLabel = "M", defaultValue = "128", description = "relevancy radius in metres (default ${DEFAULT-VALUE})")
    private int radius;

    @Fits(least = 1, most = 240)
    @Option(names = "--tick-rate", paramLabel = "HZ", defaultValue = "20", description = "ticks a second (default ${DEFAULT-VALUE})")
    private int tickRate;

    @Option(names = "--budget", paramLabel = "SIZE", defaultValue = "100KB", converter = ByteSize.Converter.class,
        description = "most bytes a second for each player (default ${DEFAULT-VALUE})")
    private ByteSize budget;

    @Option(names = "--joining-budget", paramLabel = "SIZE", defaultValue = "20MB", converter = ByteSize.Converter.class,
        description = "most bytes a second for all players together that join; each gets its --budget in any case (default ${DEFAULT-VALUE})")
    private ByteSize joiningBudget;

    @Option(names = "--bands", paramLabel = "BANDS", defaultValue = "none", converter = BandsConverter.class,
        description = "how often far cells are told of: 0.5:2,0.75:4 is every 2 ticks beyond half of the radius, every 4 beyond three quarters "
            + "(default ${DEFAULT-VALUE})")
    private Bands bands;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a setting of a plugin: creatures.count=500")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Names with commas between, or "all". */
    public String plugins() {
        return plugins;
    }

    /** How a new world begins, or null. */
    public NewWorld newWorld() {
        return newWorld;
    }

    /** Relevancy radius in metres. */
    public int radius() {
        return radius;
    }

    /** Ticks a second. */
    public int tickRate() {
        return tickRate;
    }

    /** Bytes a second for each player. */
    public ByteSize budget() {
        return budget;
    }

    /** Bytes a second for all players that join. */
    public ByteSize joiningBudget() {
        return joiningBudget;
    }

    /** How often far cells are told of. */
    public Bands bands() {
        return bands;
    }

    /** Settings of plugins by full name ({@code planetary.creatures.count}). */
    public Map<String, String> settings() {
        final Map<String, String> full = new LinkedHashMap<>();
        settings.forEach((name, value) -> full.put(name.startsWith(OptionSources.PREFIX) ? name : OptionSources.PREFIX + name, value));
        return full;
    }
}
