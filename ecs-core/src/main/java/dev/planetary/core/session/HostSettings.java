package dev.planetary.core.session;

import dev.planetary.core.cell.Bands;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.lane.ByteBudget;
import dev.planetary.core.lane.LaneSender;
import dev.planetary.core.plugin.InvalidSettingException;
import java.util.Optional;

/** What a host is like, each setting with its bounds. {@link #conclude()} checks them all before anything starts. */
public final class HostSettings {
    /** Seats unless said otherwise. */
    public static final int MAX_PLAYERS_DEFAULT = 8;
    /** Relevancy radius unless said otherwise, metres. */
    public static final int RADIUS_DEFAULT = 128;
    /** Ticks a second unless said otherwise. */
    public static final int TICK_RATE_HZ_DEFAULT = 20;
    /** A player that is silent for this long is lost, milliseconds. */
    public static final int SILENCE_MS_DEFAULT = 4_000;
    /** A cell is a quarter of the radius wide. */
    private static final double CELLS_A_RADIUS = 4;
    private static final double CELLS_AN_EXACT_RADIUS = 2.5;
    private static final double WIDEST_CELL_METRES = 256;

    private String sessionName = "planetary";
    private int maxPlayers = MAX_PLAYERS_DEFAULT;
    private int radiusMetres = RADIUS_DEFAULT;
    private int hysteresisMetres = -1;
    private int tickRateHz = TICK_RATE_HZ_DEFAULT;
    private int budgetBytesPerSecond = ByteBudget.BYTES_PER_SECOND_DEFAULT;
    private int joiningBytesPerSecond = ByteBudget.ALL_JOINING_BYTES_PER_SECOND_DEFAULT;
    private Bands bands = Bands.NONE;
    private int silenceMs = SILENCE_MS_DEFAULT;
    private int leaverCapacity = EntityCells.LEAVER_CAPACITY_DEFAULT;
    private int laneCapacity = LaneSender.CAPACITY_DEFAULT;
    private Optional<String> password = Optional.empty();
    private Repairs repairs = Repairs.ALL;
    private boolean rethrow;

    /** All defaults. */
    public HostSettings() {
        // Set by the fluent methods.
    }

    /** Checks every setting; fails with the first that cannot work. */
    public HostSettings conclude() {
        check("name", sessionName.length(), 1, 64);
        check("max-players", maxPlayers, 1, 65_000);
        check("radius", radiusMetres, 4, 4_096);
        check("tick-rate", tickRateHz, 1, 240);
        check("budget", budgetBytesPerSecond, 1_000, 100_000_000);
        check("joining-budget", joiningBytesPerSecond, 1_000, 1_000_000_000);
        check("silence", silenceMs, 200, 60_000);
        check("leavers", leaverCapacity, 1, 65_536);
        check("hysteresis", hysteresisMetres(), 0, 4_096);
        return this;
    }

    private static void check(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new InvalidSettingException(name + "=" + value + ": expected " + least + " to " + most);
        }
    }

    /** Name that players see. */
    public HostSettings sessionName(final String name) {
        sessionName = name;
        return this;
    }

    /** Name that players see. */
    public String sessionName() {
        return sessionName;
    }

    /** Seats. */
    public HostSettings maxPlayers(final int players) {
        maxPlayers = players;
        return this;
    }

    /** Seats. */
    public int maxPlayers() {
        return maxPlayers;
    }

    /** Relevancy radius. */
    public HostSettings radiusMetres(final int metres) {
        radiusMetres = metres;
        return this;
    }

    /** Relevancy radius. */
    public int radiusMetres() {
        return radiusMetres;
    }

    /** How much further than the radius a cell may be before it leaves a window. */
    public HostSettings hysteresisMetres(final int metres) {
        hysteresisMetres = metres;
        return this;
    }

    /** How much further than the radius a cell may be before it leaves a window; a sixteenth of the radius unless set. */
    public int hysteresisMetres() {
        return hysteresisMetres >= 0 ? hysteresisMetres : Math.max(1, radiusMetres / 16);
    }

    /**
     * Width of an entity cell, 1 to 256 m: a quarter of the radius where cells are sent whole, since what of them lies beyond the radius is sent in
     * vain; more where the circle is exact, since fewer cells with news cost less.
     */
    public double cellSizeMetres() {
        final double metres = radiusMetres / (hysteresisMetres() > 0 ? CELLS_A_RADIUS : CELLS_AN_EXACT_RADIUS);
        return Math.max(1, Math.rint(Math.min(metres, WIDEST_CELL_METRES) * CellGrid.WIRE_STEPS_PER_METRE) / CellGrid.WIRE_STEPS_PER_METRE);
    }

    /** Ticks a second. */
    public HostSettings tickRateHz(final int hz) {
        tickRateHz = hz;
        return this;
    }

    /** Ticks a second. */
    public int tickRateHz() {
        return tickRateHz;
    }

    /** Length of a tick. */
    public long tickPeriodNs() {
        return 1_000_000_000L / tickRateHz;
    }

    /** Bytes a second that one player is sent at most once it has joined. */
    public HostSettings budgetBytesPerSecond(final int bytes) {
        budgetBytesPerSecond = bytes;
        return this;
    }

    /** Bytes a second that one player is sent at most once it has joined. */
    public int budgetBytesPerSecond() {
        return budgetBytesPerSecond;
    }

    /** Bytes a second at most for all players together that join; none of them gets less than a player's budget. */
    public HostSettings joiningBytesPerSecond(final int bytes) {
        joiningBytesPerSecond = bytes;
        return this;
    }

    /** Bytes a second at most for all players together that join. */
    public int joiningBytesPerSecond() {
        return joiningBytesPerSecond;
    }

    /** How often far cells are asked; every tick unless set. */
    public HostSettings bands(final Bands newBands) {
        bands = newBands;
        return this;
    }

    /** How often far cells are asked. */
    public Bands bands() {
        return bands;
    }

    /** Silence after which a player is lost. */
    public HostSettings silenceMs(final int ms) {
        silenceMs = ms;
        return this;
    }

    /** Silence after which a player is lost. */
    public int silenceMs() {
        return silenceMs;
    }

    /** The same in ticks, rounded up. */
    public int silenceTicks() {
        return (int)((long)silenceMs * tickRateHz / 1_000) + 1;
    }

    /** Leavers that a cell remembers. */
    public HostSettings leaverCapacity(final int leavers) {
        leaverCapacity = leavers;
        return this;
    }

    /** Leavers that a cell remembers. */
    public int leaverCapacity() {
        return leaverCapacity;
    }

    /** Bytes of transactions under way to a player, a power of two. */
    public HostSettings laneCapacity(final int bytes) {
        laneCapacity = bytes;
        return this;
    }

    /** Bytes of transactions under way to a player. */
    public int laneCapacity() {
        return laneCapacity;
    }

    /** What players must know to get a seat. */
    public HostSettings password(final String words) {
        password = Optional.of(words);
        return this;
    }

    /** What players must know to get a seat. */
    public Optional<String> password() {
        return password;
    }

    /** For tests: repairs of the protocol that are switched off. */
    public HostSettings repairs(final Repairs newRepairs) {
        repairs = newRepairs;
        return this;
    }

    /** Repairs of the protocol. */
    public Repairs repairs() {
        return repairs;
    }

    /** For tests: an exception of a plugin's system ends the tick instead of being logged. */
    public HostSettings rethrow(final boolean on) {
        rethrow = on;
        return this;
    }

    /** Whether exceptions of plugins' systems end the tick. */
    public boolean rethrow() {
        return rethrow;
    }
}
