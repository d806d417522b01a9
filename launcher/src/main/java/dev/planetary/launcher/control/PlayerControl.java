package dev.planetary.launcher.control;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.ViewDrift;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientListener;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.Json;
import dev.planetary.launcher.play.Player;
import dev.planetary.launcher.process.MemoryUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;
import org.joml.Vector3d;

/** A player under the hand of a demo: commands come on standard input, answers and a status a second go out as lines of JSON. */
public final class PlayerControl implements ClientListener {
    private static final int MOST_SOURCES = 64;
    /** Of a schema: all that this build knows is there. */
    private static final int NEWEST_VERSION = 0xFFFF;
    private static final long STATUS_EVERY_NS = 1_000_000_000L;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;

    private final Player player;
    private final InputLines input;
    private final Console console;
    private final Vector3d place = new Vector3d();
    private long nextStatusNs = Long.MIN_VALUE / 2;
    private long measuredFromNs;
    private long measuredFromBytes;
    private boolean resting;
    private boolean stopped;

    /** Controls this player. */
    public PlayerControl(final Player player, final InputLines input, final Console console) {
        this.player = player;
        this.input = input;
        this.console = console;
        player.game().listen(this);
    }

    @Override
    public void onState(final ClientState state, final String sentence) {
        if (state == ClientState.PLAYING) {
            say("playing", Map.of("seat", player.game().seat(), "joinMs", player.game().joinNs() / NS_PER_MS));
        } else if (state.isOver()) {
            say("over", Map.of("state", state.toString(), "sentence", sentence));
        }
    }

    /** Takes the commands that have come, and says the status where it is due. */
    public void tick(final long nowNs) {
        for (String line = input.next(); line != null; line = input.next()) {
            final String said = line;
            Command.parse(line).ifPresentOrElse(command -> obey(command, nowNs), () -> console.progress("no command: " + said));
        }
        // Whoever controls this is gone: nobody would end it any more.
        stopped |= input.isOver();
        if (resting && player.isAnswered()) {
            resting = false;
            say("rested", deeds());
        }
        if (nowNs - nextStatusNs >= 0) {
            nextStatusNs = nowNs + STATUS_EVERY_NS;
            status();
        }
    }

    /** Whether it was told to stop. */
    public boolean isStopped() {
        return stopped;
    }

    private void obey(final Command command, final long nowNs) {
        switch (command.verb()) {
            case MEASURE -> {
                measuredFromNs = nowNs;
                measuredFromBytes = player.game().bytesReceived();
            }
            case FIGURES -> say("figures", Map.of(
                "bytesPerSec", (player.game().bytesReceived() - measuredFromBytes) / Math.max(1e-3, (nowNs - measuredFromNs) / NS_PER_SECOND)));
            case REST -> {
                player.rest();
                resting = true;
            }
            case MEMORY -> say("memory", memory());
            case PLANT -> plant();
            case DIGEST -> digest();
            case ITEMS -> items(command.source(), command.cell());
            case STOP -> stopped = true;
            default -> console.progress("not for a player: " + command.verb());
        }
    }

    private void status() {
        final Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", player.game().state().toString());
        status.putAll(deeds());
        status.put("bytes", player.game().bytesReceived());
        status.put("rttMs", player.game().roundTripMs());
        if (player.place(place)) {
            status.put("place", List.of(place.x, place.y, place.z));
        }
        say("status", status);
    }

    private Map<String, Object> deeds() {
        final Optional<ViewDrift> drift = player.game().capability(ViewDrift.class);
        return Map.of("verdicts", player.verdicts(), "reasons", player.reasons(), "contested", player.contested(), "conflicts", player.conflicts(),
            "drifted", drift.map(ViewDrift::drifted).orElse(0L), "mended", drift.map(ViewDrift::mended).orElse(0L));
    }

    static Map<String, Long> memory() {
        final MemoryUse use = MemoryUse.measure();
        return Map.of("liveBytes", use.liveBytes(), "residentBytes", use.residentBytes());
    }

    private void digest() {
        final ClientGame game = player.game();
        final List<List<Object>> cells = new ArrayList<>();
        for (int source = 0; source < MOST_SOURCES; source++) {
            final LongArrayList heard = game.cells(source);
            for (int i = 0; i < heard.size(); i++) {
                cells.add(CellLine.of(source, heard.getLong(i), game.digest(source, heard.getLong(i))).toJson());
            }
        }
        say("digest", Map.of("seat", game.seat(), "cells", cells));
    }

    private void items(final int source, final long cell) {
        say("items", Map.of("items", texts(player.game().digest(source, cell))));
    }

    static Map<String, String> texts(final CellDigest digest) {
        final Map<String, String> items = new LinkedHashMap<>();
        digest.items().forEach((name, hash) -> items.put(name, Long.toHexString(hash)));
        return items;
    }

    /** One entity for each component that it knows of, the own avatar apart, which is predicted; and a voxel. */
    private void plant() {
        final ClientGame game = player.game();
        final String voxel = game.capability(ViewTampering.class).map(ViewTampering::flipVoxel).orElse("");
        final Map<String, String> spoiled = new LinkedHashMap<>();
        for (final ComponentType<?> type : game.world().types()) {
            final int entity = type.isReplicated() ? victim(game, type, spoiled) : NetworkId.NONE;
            if (entity != NetworkId.NONE) {
                spoil(type, entity);
                spoiled.put(type.name(), NetworkId.describe(entity));
            }
        }
        say("planted", Map.of("voxel", voxel, "entities", spoiled));
    }

    private static int victim(final ClientGame game, final ComponentType<?> type, final Map<String, String> spoiled) {
        final int own = game.capability(AvatarControl.class).map(AvatarControl::avatar).orElse(NetworkId.NONE);
        for (int slot = 0; slot < game.world().slotLimit(); slot++) {
            final int entity = game.world().entityAt(slot);
            if (entity != NetworkId.NONE && entity != own && type.on(entity) && !spoiled.containsValue(NetworkId.describe(entity))) {
                return entity;
            }
        }
        return NetworkId.NONE;
    }

    /** Flips the lowest bits of the block until the component says that it is another one. */
    private static <T> void spoil(final ComponentType<T> type, final int entity) {
        final T component = type.get(entity);
        final int length = type.codec().blockLength();
        final UnsafeBuffer block = new UnsafeBuffer(new byte[Math.max(Long.BYTES, length)]);
        final UnsafeBuffer after = new UnsafeBuffer(new byte[block.capacity()]);
        for (int i = 0; i < length; i++) {
            type.codec().encode(component, block, 0);
            final byte before = block.getByte(i);
            block.putByte(i, (byte)(before ^ 1));
            type.codec().decode(component, block, 0, length, NEWEST_VERSION);
            type.codec().encode(component, after, 0);
            if (after.getByte(i) != before) {
                return;
            }
        }
    }

    private void say(final String event, final Map<String, ?> members) {
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(members);
        console.announce(Json.line(line));
    }
}
