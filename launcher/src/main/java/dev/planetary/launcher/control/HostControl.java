package dev.planetary.launcher.control;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.cell.Explanation;
import dev.planetary.core.cell.Window;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.ItemAudit;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.HostGame;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host under the hand of a demo: commands come on standard input, answers and a status a second go out as lines of JSON. */
public final class HostControl {
    private static final long DRAIN_NS = 2_000_000_000L;
    /** So long nothing may be left to say or to hear of: what players were still doing when the world froze comes in late. */
    private static final long QUIET_NS = 300_000_000L;
    private static final int MOST_SEATS = 65_535;
    private static final double NS_PER_MS = 1e6;

    private final HostGame game;
    private final Counters counters;
    private final InputLines input;
    private final Console console;
    private final TickFigures figures = new TickFigures();
    private final TickFigures second = new TickFigures();
    private int ticks;
    private long frozenNs;
    private long busyNs;
    private boolean draining;
    private boolean stopped;

    /** Controls this game. */
    public HostControl(final HostGame game, final Counters counters, final InputLines input, final Console console) {
        this.game = game;
        this.counters = counters;
        this.input = input;
        this.console = console;
    }

    /** Says that players may come. */
    public void ready(final int port) {
        say("ready", Map.of(
            "port", port,
            "ground", game.capability(VoxelQuery.class).isPresent(),
            "sources", game.sources().stream().map(CellSource::name).toList()));
    }

    /** After each tick: takes the commands that have come, and says the status once a second. */
    public void ticked(final long nowNs) {
        figures.add(game.lastTickNs(), game.lastTickCpuNs());
        second.add(game.lastTickNs(), game.lastTickCpuNs());
        for (String line = input.next(); line != null; line = input.next()) {
            final String said = line;
            Command.parse(line).ifPresentOrElse(command -> obey(command, nowNs), () -> console.progress("no command: " + said));
        }
        stopped |= input.isOver();
        if (draining) {
            drain(nowNs);
        }
        if (++ticks % game.settings().tickRateHz() == 0) {
            status();
        }
    }

    /** Whether it was told to stop. */
    public boolean isStopped() {
        return stopped;
    }

    private void obey(final Command command, final long nowNs) {
        switch (command.verb()) {
            case MEASURE -> figures.reset();
            case FIGURES -> say("figures", Map.of("tickMs", figures.wallMs(), "tickCpuMs", figures.cpuMs()));
            case TICKS -> say("ticks", Map.of("wallUs", figures.wallUs(), "cpuUs", figures.cpuUs()));
            case FREEZE -> {
                game.freeze();
                frozenNs = nowNs;
                busyNs = nowNs;
                draining = true;
            }
            case MEMORY -> say("memory", PlayerControl.memory());
            case AUDIT -> audit();
            case DIGEST -> digest();
            case ITEMS -> {
                final CellDigest digest = new CellDigest();
                if (command.source() < game.sources().size()) {
                    game.sources().get(command.source()).digest(command.cell(), digest);
                }
                say("items", Map.of("items", PlayerControl.texts(digest)));
            }
            case WHY -> say("why", Map.of("why", command.source() >= game.sources().size() ? "no such source"
                : game.explain(command.seat(), command.source(), command.cell()).map(Explanation::toString).orElse("nobody sits there")));
            case STOP -> stopped = true;
            default -> console.progress("not for a host: " + command.verb());
        }
    }

    private void drain(final long nowNs) {
        if (!game.isSettled()) {
            busyNs = nowNs;
        }
        final boolean settled = nowNs - busyNs >= QUIET_NS;
        if (settled || nowNs - frozenNs >= DRAIN_NS) {
            draining = false;
            say("settled", Map.of("settled", settled, "ms", (settled ? busyNs - frozenNs : nowNs - frozenNs) / NS_PER_MS));
        }
    }

    private void status() {
        final Map<String, Object> status = new LinkedHashMap<>();
        status.put("tick", game.tickNumber());
        status.put("tickMs", second.wallMs());
        status.put("tickCpuMs", second.cpuMs());
        status.put("players", game.players());
        status.put("entities", game.world().count());
        status.put("bytes", counters.of(CoreCounter.BYTES_SENT).get());
        second.reset();
        say("status", status);
    }

    private void audit() {
        final Optional<ItemAudit> audit = game.capability(ItemAudit.class);
        final Map<String, Object> items = new LinkedHashMap<>();
        audit.ifPresent(books -> books.sums().forEach(sums -> items.put(
            sums.item(), Map.of("issued", sums.issued(), "held", sums.held(), "built", sums.built(), "lost", sums.lost()))));
        say("audit", Map.of("audited", audit.isPresent(), "findings", audit.map(ItemAudit::findings).orElse(""), "items", items));
    }

    private void digest() {
        final List<CellSource> sources = game.sources();
        final List<Map<Long, CellLine>> known = new ArrayList<>();
        sources.forEach(source -> known.add(new HashMap<>()));
        final Map<String, List<List<Object>>> bySeat = new LinkedHashMap<>();
        for (int seat = 0; seat < MOST_SEATS && bySeat.size() < game.players(); seat++) {
            final Window window = game.windowOf(seat);
            if (window == null) {
                continue;
            }
            final List<List<Object>> cells = new ArrayList<>();
            for (int i = 0; i < window.size(); i++) {
                final CellTrack track = window.track(i);
                final int source = sources.indexOf(window.source(track));
                cells.add(known.get(source).computeIfAbsent(track.cell(), cell -> {
                    final CellDigest digest = new CellDigest();
                    sources.get(source).digest(cell, digest);
                    return CellLine.of(source, cell, digest);
                }).toJson());
            }
            bySeat.put(Integer.toString(seat), cells);
        }
        say("digest", Map.of("seats", bySeat));
    }

    private void say(final String event, final Map<String, ?> members) {
        final Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.putAll(members);
        console.announce(Json.line(line));
    }
}
