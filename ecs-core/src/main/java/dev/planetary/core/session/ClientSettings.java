package dev.planetary.core.session;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.lane.LaneSender;
import dev.planetary.core.plugin.PlayerId;

/** Who joins, and how. */
public final class ClientSettings {
    /** Without a word from the host for this long the session is lost, milliseconds. */
    public static final int SILENCE_MS_DEFAULT = 5_000;

    private final PlayerId player;
    private final String name;
    private String password = "";
    private int silenceMs = SILENCE_MS_DEFAULT;
    private int laneCapacity = LaneSender.CAPACITY_DEFAULT;
    private int heldCapacity = 64;
    private Repairs repairs = Repairs.ALL;
    private boolean rethrow;

    /** A player with this identity and name. */
    public ClientSettings(final PlayerId player, final String name) {
        this.player = player;
        this.name = SessionProtocol.clean(name, SessionProtocol.NAME_CHARS);
    }

    /** The identity. */
    public PlayerId player() {
        return player;
    }

    /** The name that others see. */
    public String name() {
        return name;
    }

    /** What the host asks for. */
    public ClientSettings password(final String words) {
        password = words;
        return this;
    }

    /** What the host asks for. */
    public String password() {
        return password;
    }

    /** Silence after which the session is lost. */
    public ClientSettings silenceMs(final int ms) {
        silenceMs = ms;
        return this;
    }

    /** Silence after which the session is lost. */
    public int silenceMs() {
        return silenceMs;
    }

    /** Bytes of transactions under way; the host's must be the same. */
    public ClientSettings laneCapacity(final int bytes) {
        laneCapacity = bytes;
        return this;
    }

    /** Bytes of transactions under way. */
    public int laneCapacity() {
        return laneCapacity;
    }

    /** State datagrams that may wait for their transaction. */
    public ClientSettings heldCapacity(final int datagrams) {
        heldCapacity = datagrams;
        return this;
    }

    /** State datagrams that may wait for their transaction. */
    public int heldCapacity() {
        return heldCapacity;
    }

    /** For tests: repairs of the protocol that are switched off. */
    public ClientSettings repairs(final Repairs newRepairs) {
        repairs = newRepairs;
        return this;
    }

    /** Repairs of the protocol. */
    public Repairs repairs() {
        return repairs;
    }

    /** For tests: an exception of a plugin's system ends the tick. */
    public ClientSettings rethrow(final boolean on) {
        rethrow = on;
        return this;
    }

    /** Whether exceptions of plugins' systems end the tick. */
    public boolean rethrow() {
        return rethrow;
    }
}
