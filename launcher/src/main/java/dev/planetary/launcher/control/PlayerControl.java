package dev.planetary.launcher.control;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.ViewTampering;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientListener;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.world.NetworkId;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.Json;
import dev.planetary.launcher.play.Player;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.joml.Vector3d;

/** A player under the hand of a demo: commands come on standard input, answers and a status a second go out as lines of JSON. */
public final class PlayerControl implements ClientListener {
    private static final int MOST_SOURCES = 64;
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
            say("rested", Map.of());
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
        status.put("edits", player.edits());
        status.put("rejected", player.rejectedEdits());
        status.put("bytes", player.game().bytesReceived());
        status.put("rttMs", player.game().roundTripMs());
        if (player.place(place)) {
            status.put("place", List.of(place.x, place.y, place.z));
        }
        say("status", status);
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
        say("digest", Map.of("seat", game.seat(), "edits", player.edits(), "cells", cells));
    }

    private void items(final int source, final long cell) {
        say("items", Map.of("items", texts(player.game().digest(source, cell))));
    }

    static Map<String, String> texts(final CellDigest digest) {
        final Map<String, String> items = new LinkedHashMap<>();
        digest.items().forEach((name, hash) -> items.put(name, Long.toHexString(hash)));
        return items;
    }

    private void plant() {
        final ClientGame game = player.game();
        final String voxel = game.capability(ViewTampering.class).map(ViewTampering::flipVoxel).orElse("");
        String moved = "";
        for (int slot = 0; slot < game.world().slotLimit() && moved.isEmpty(); slot++) {
            final int entity = game.world().entityAt(slot);
            final Position position = entity == NetworkId.NONE ? null : game.core().position().get(entity);
            final Owner owner = position == null ? null : game.core().owner().get(entity);
            if (position != null && (owner == null || owner.seat != game.seat())) {
                position.x += 1;
                moved = NetworkId.describe(entity);
            }
        }
        say("planted", Map.of("voxel", voxel, "entity", moved));
    }

    private void say(final String event, final Map<String, ?> members) {
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(members);
        console.announce(Json.line(line));
    }
}
