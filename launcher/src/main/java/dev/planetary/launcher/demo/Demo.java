package dev.planetary.launcher.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.StopSignal;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.control.CellLine;
import dev.planetary.launcher.control.Command;
import dev.planetary.launcher.control.Comparison;
import dev.planetary.launcher.option.HostAddress;
import dev.planetary.launcher.process.ChildProcess;
import dev.planetary.launcher.process.FreePorts;
import dev.planetary.launcher.process.RelayProcess;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One demo from the first process to the last: a host and its bots over UDP, one bot killed and back again, then everybody stands still and what each
 * side holds is compared by hashes that each side computes itself.
 */
public final class Demo {
    private static final long STEP_NS = 20_000_000L;
    private static final double NS_PER_SECOND = 1e9;
    private static final double HOST_SECONDS = 120;
    private static final double JOIN_SECONDS = 30;
    private static final double ANSWER_SECONDS = 20;
    /** Play needs this long before it is steady: the just-in-time compilers, and windows that are still filling. */
    private static final double WARM_SECONDS = 5;
    private static final double SHORTEST_WITH_KILL = 4;
    private static final double REST_SECONDS = 0.5;
    private static final long CLEAN_UP_MS = 2_000;
    private static final int MOST_NAMED = 8;
    private static final int MOST_ITEMS = 8;
    private static final double BYTES_PER_KB = 1_000;
    /** A demo of this length or more is watched in passing. */
    private static final double LONG_SECONDS = 180;
    private static final double SUMMARY_SECONDS = 1;
    private static final double LONG_SUMMARY_SECONDS = 10;

    private final DemoPlan plan;
    private final Console console;
    private final StopSignal stop;
    private final DemoLog log;
    private final Participant host;
    private final List<Participant> bots = new ArrayList<>();
    private final List<Double> joins = new ArrayList<>();
    private final Map<Participant, Double> pastBytes = new LinkedHashMap<>();
    private RelayProcess relay;
    private int port;
    private Participant killed;
    private boolean rejoined;
    private JsonObject deedsOfKilled;
    private DemoResult.ItemsAudit audit;
    private MemoryWatch memory;
    private long nextSummaryNs;
    private long pastSummaryNs;
    private long playNs;

    private Demo(final DemoPlan plan, final Console console, final StopSignal stop, final DemoLog log) {
        this.plan = plan;
        this.console = console;
        this.stop = stop;
        this.log = log;
        this.host = new Participant("host", log);
        for (int i = 1; i <= plan.bots(); i++) {
            bots.add(new Participant("bot-" + i, log));
        }
    }

    /** Plays a demo and says how it went; the exit code. Every process that it started has ended when it returns. */
    public static int run(final DemoPlan plan, final Console console, final StopSignal stop) throws InterruptedException {
        try (DemoLog log = new DemoLog()) {
            final Demo demo = new Demo(plan, console, stop, log);
            try {
                final DemoResult result = demo.play();
                demo.finish();
                DemoReport.print(result, console);
                console.result(result);
                if (!result.ok()) {
                    log.keep();
                    console.progress("demo: logs of all processes are in " + log.folder());
                }
                return result.ok() ? ExitCode.OK : ExitCode.FAILED;
            } catch (final DemoFailure e) {
                log.keep();
                console.progress("demo: " + e.getMessage());
                console.progress("demo: logs of all processes are in " + log.folder());
                console.result(demo.failed());
                return ExitCode.FAILED;
            } catch (final DemoStopped e) {
                console.progress("demo: stopped before its end; nothing was compared");
                return ExitCode.OK;
            } finally {
                demo.cleanUp();
            }
        }
    }

    // ---- the play ----

    private DemoResult play() throws InterruptedException {
        startHost();
        startBots();
        playNs = System.nanoTime();
        memory = watch();
        final double warm = Math.min(WARM_SECONDS, plan.seconds() / 3);
        pass(warm);
        everybody().forEach(one -> one.tell(Command.Verb.MEASURE));
        final double half = plan.seconds() / 2;
        pass(half - warm);
        if (plan.seconds() >= SHORTEST_WITH_KILL) {
            killOne();
        }
        pass(plan.seconds() - half);
        awaitRejoin();
        everybody().forEach(one -> one.ask(Command.Verb.FIGURES, "figures"));
        await(() -> everybody().stream().allMatch(one -> one.said("figures") != null), ANSWER_SECONDS, "nobody measured");
        return compare();
    }

    private int numberOfVictim() {
        return (int)Math.floorMod(plan.seed(), (long)bots.size());
    }

    /** The host, and a bot that nobody kills. */
    private MemoryWatch watch() {
        final List<Participant> watched = new ArrayList<>(List.of(host));
        bots.stream().filter(bot -> bots.indexOf(bot) != numberOfVictim()).findFirst().ifPresent(watched::add);
        return new MemoryWatch(watched, plan.seconds());
    }

    private void startHost() throws InterruptedException {
        final List<String> command = new ArrayList<>(List.of("host", "--control", "--name", "demo", "--max-players", Integer.toString(plan.bots())));
        command.addAll(List.of("--port", Integer.toString(FreePorts.pair())));
        command.addAll(plan.hostOptions());
        host.start(plan, false, command);
        await(() -> host.said("ready") != null, HOST_SECONDS, "the host was not ready in time");
        port = (int)host.number("ready", "port");
        if (plan.link().isFaulty()) {
            relay = RelayProcess.start(plan.home(), new HostAddress("127.0.0.1", port), plan.link(), plan.seed(), line -> log.line("relay", line));
            port = relay.port();
        }
        console.progress("demo: the host is ready, port " + (int)host.number("ready", "port") + (relay == null ? "" : ", behind a relay at port " + port));
    }

    /** One after the other: starting JVMs take all cores of a small machine, and a join that waits for them measures nothing. */
    private void startBots() throws InterruptedException {
        for (final Participant bot : bots) {
            startBot(bot);
            awaitPlaying(bot);
        }
    }

    private void startBot(final Participant bot) {
        final Path identity = log.folder().resolve(bot.label() + ".identity");
        final List<String> command = new ArrayList<>(List.of("join", "127.0.0.1:" + port, "--control", "--bot", "mixed", "--name", bot.label(),
            "--identity", identity.toString(), "--seed", Long.toString(plan.seed() + bots.indexOf(bot))));
        command.addAll(plan.playerOptions());
        bot.start(plan, true, command);
    }

    private void awaitPlaying(final Participant bot) throws InterruptedException {
        await(() -> bot.said("playing") != null, JOIN_SECONDS, bot.label() + " did not come in");
        joined(bot, "is in");
    }

    private void killOne() throws InterruptedException {
        killed = bots.get(numberOfVictim());
        deedsOfKilled = killed.said("status");
        killed.process().kill();
        console.progress("demo: killed " + killed.label() + "; it comes back");
        startBot(killed);
    }

    private void awaitRejoin() throws InterruptedException {
        await(() -> killed == null || rejoined, JOIN_SECONDS, "the killed bot did not come back");
    }

    private void noteRejoin() {
        if (killed != null && !rejoined && killed.said("playing") != null) {
            rejoined = true;
            joined(killed, "is back");
        }
    }

    private void joined(final Participant bot, final String words) {
        joins.add(bot.number("playing", "joinMs"));
        console.progress(String.format(Locale.ROOT, "demo: %s %s after %.0f ms", bot.label(), words, bot.number("playing", "joinMs")));
    }

    // ---- the comparison ----

    private DemoResult compare() throws InterruptedException {
        bots.forEach(bot -> bot.ask(Command.Verb.REST, "rested"));
        await(() -> bots.stream().allMatch(bot -> bot.said("rested") != null), ANSWER_SECONDS, "some requests were never answered");
        memory.end();
        pass(REST_SECONDS);
        host.ask(Command.Verb.FREEZE, "settled");
        await(() -> host.said("settled") != null, ANSWER_SECONDS, "the host did not come to rest");
        console.progress(String.format(Locale.ROOT, "demo: the world stands still; %s after %.0f ms",
            host.said("settled").get("settled").getAsBoolean() ? "every view was complete" : "something was still under way",
            host.number("settled", "ms")));
        audit();
        if (plan.plantsDrift()) {
            plant();
        }
        everybody().forEach(one -> one.ask(Command.Verb.DIGEST, "digest"));
        await(() -> everybody().stream().allMatch(one -> one.said("digest") != null), ANSWER_SECONDS, "not everybody hashed its world");
        final Comparison comparison = new Comparison();
        final JsonObject seats = host.said("digest").getAsJsonObject("seats");
        for (int i = 0; i < bots.size(); i++) {
            final JsonObject view = bots.get(i).said("digest");
            final String seat = view.get("seat").getAsString();
            if (!seats.has(seat)) {
                throw new DemoFailure(bots.get(i).label() + " sits on seat " + seat + ", where the host sees nobody");
            }
            comparison.compare(i, cells(seats.getAsJsonArray(seat)), cells(view.getAsJsonArray("cells")));
        }
        name(comparison);
        return result(comparison);
    }

    private void plant() throws InterruptedException {
        final Participant victim = bots.get(0);
        victim.ask(Command.Verb.PLANT, "planted");
        await(() -> victim.said("planted") != null, ANSWER_SECONDS, victim.label() + " planted nothing");
        final JsonObject planted = victim.said("planted");
        final String voxel = planted.get("voxel").getAsString();
        console.progress("demo: planted drift in " + victim.label() + ": " + planted.getAsJsonObject("entities").entrySet().stream()
            .map(one -> one.getKey() + " of entity " + one.getValue().getAsString()).collect(Collectors.joining(", "))
            + (voxel.isEmpty() ? "; it holds no voxels" : ", a voxel of " + voxel));
    }

    private void audit() throws InterruptedException {
        host.ask(Command.Verb.AUDIT, "audit");
        await(() -> host.said("audit") != null, ANSWER_SECONDS, "the host did not add up its items");
        final JsonObject said = host.said("audit");
        if (!said.get("audited").getAsBoolean()) {
            return;
        }
        final Map<String, Map<String, Long>> items = new LinkedHashMap<>();
        said.getAsJsonObject("items").entrySet().forEach(item -> {
            final Map<String, Long> sums = new LinkedHashMap<>();
            item.getValue().getAsJsonObject().entrySet().forEach(sum -> sums.put(sum.getKey(), sum.getValue().getAsLong()));
            items.put(item.getKey(), sums);
        });
        final String findings = said.get("findings").getAsString();
        audit = new DemoResult.ItemsAudit(findings.isEmpty(), findings, items);
    }

    private static List<CellLine> cells(final JsonArray array) {
        final List<CellLine> cells = new ArrayList<>();
        for (final JsonElement cell : array) {
            cells.add(CellLine.fromJson(cell.getAsJsonArray()));
        }
        return cells;
    }

    private void name(final Comparison comparison) throws InterruptedException {
        final JsonArray sources = host.said("ready").getAsJsonArray("sources");
        for (final Comparison.Difference difference : comparison.differences().stream().limit(MOST_NAMED).toList()) {
            final Participant bot = bots.get(difference.player());
            final String cell = Long.toHexString(difference.cell());
            host.ask(Command.Verb.ITEMS, "items", difference.source(), cell);
            bot.ask(Command.Verb.ITEMS, "items", difference.source(), cell);
            await(() -> host.said("items") != null && bot.said("items") != null, ANSWER_SECONDS, "nobody named the items of a cell");
            final String source = difference.source() < sources.size() ? sources.get(difference.source()).getAsString() : "source " + difference.source();
            console.progress("demo: difference: " + Comparison.describe(
                difference, bot.label(), source, Comparison.differingItems(items(host), items(bot), MOST_ITEMS)));
        }
        if (comparison.differences().size() > MOST_NAMED) {
            console.progress("demo: and " + (comparison.differences().size() - MOST_NAMED) + " differences more");
        }
    }

    private static Map<String, String> items(final Participant participant) {
        final Map<String, String> items = new LinkedHashMap<>();
        participant.said("items").getAsJsonObject("items").entrySet().forEach(item -> items.put(item.getKey(), item.getValue().getAsString()));
        return items;
    }

    private DemoResult result(final Comparison comparison) throws InterruptedException {
        final boolean hasGround = host.said("ready").get("ground").getAsBoolean();
        final boolean acted = requests().edits() > 0 || !hasGround;
        final boolean compared = comparison.cells() > 0 && comparison.entities() + comparison.voxels() > 0;
        if (!acted) {
            console.progress("demo: nothing was edited, so the comparison would prove too little");
        }
        if (!compared) {
            console.progress("demo: there was nothing to compare");
        }
        return result(comparison, acted && compared && comparison.differences().isEmpty());
    }

    /** What could be measured before something failed. */
    private DemoResult failed() throws InterruptedException {
        return result(new Comparison(), false);
    }

    private DemoResult result(final Comparison comparison, final boolean isRight) throws InterruptedException {
        final Map<String, MemoryTrend.Report> trends = memory == null ? Map.of() : memory.reports();
        final List<Boolean> judged = trends.values().stream().map(MemoryTrend.Report::flat).filter(Objects::nonNull).toList();
        final Boolean flat = judged.isEmpty() ? null : !judged.contains(false);
        final Requests requests = requests();
        return new DemoResult(
            plan.bots(), plan.seconds(), figures("tickMs"), figures("tickCpuMs"), bytesPerPlayer(), joinFigures(), requests.edits(),
            killed == null ? 0 : 1, rejoined ? 1 : 0, comparison.cells(), comparison.entities(), comparison.voxels(),
            comparison.differences().size(), comparison.divergedCells(), Requests.sum(deeds(), "drifted"),
            Requests.sum(deeds(), "mended"), requests, audit, link(), trends, flat, load(),
            isRight && (audit == null || audit.ok()) && !Boolean.FALSE.equals(flat));
    }

    private DemoResult.Link link() throws InterruptedException {
        return relay == null ? null : relay.sums().map(sums -> DemoResult.Link.of(sums.passed(), sums.lost())).orElse(null);
    }

    private static Double load() {
        final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? null : load;
    }

    private Requests requests() {
        return Requests.sum(deeds());
    }

    /** What each player said of itself last, and what the killed one did before. */
    private List<JsonObject> deeds() {
        final List<JsonObject> said = new ArrayList<>();
        for (final Participant bot : bots) {
            said.add(bot.said("rested") == null ? bot.said("status") : bot.said("rested"));
        }
        said.add(deedsOfKilled);
        said.removeIf(Objects::isNull);
        return said;
    }

    private Map<String, Double> figures(final String member) {
        final Map<String, Double> figures = new LinkedHashMap<>();
        if (host.said("figures") != null) {
            host.said("figures").getAsJsonObject(member).entrySet().forEach(figure -> figures.put(figure.getKey(), figure.getValue().getAsDouble()));
        }
        return figures;
    }

    /** A bot that comes back downloads the world again, which is no steady state. */
    private double bytesPerPlayer() {
        return bots.stream().filter(bot -> bot != killed && bot.said("figures") != null)
            .mapToDouble(bot -> bot.number("figures", "bytesPerSec")).average().orElse(0);
    }

    private Map<String, Double> joinFigures() {
        final List<Double> sorted = joins.stream().sorted().toList();
        final Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("p50", sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2));
        figures.put("max", sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1));
        return figures;
    }

    // ---- time and processes ----

    private List<Participant> everybody() {
        final List<Participant> all = new ArrayList<>(bots);
        all.add(host);
        return all;
    }

    private void pass(final double seconds) throws InterruptedException {
        final long endNs = System.nanoTime() + (long)(seconds * NS_PER_SECOND);
        while (System.nanoTime() - endNs < 0) {
            step();
        }
    }

    private void await(final BooleanSupplier done, final double seconds, final String otherwise) throws InterruptedException {
        final long endNs = System.nanoTime() + (long)(seconds * NS_PER_SECOND);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - endNs >= 0) {
                throw new DemoFailure(String.format(Locale.ROOT, "%s (waited %.0f s)", otherwise, seconds));
            }
            step();
        }
    }

    private void step() throws InterruptedException {
        if (stop.isRaised()) {
            throw new DemoStopped();
        }
        for (final Participant one : everybody()) {
            if (one.isStarted()) {
                one.listen();
                if (!one.process().isAlive()) {
                    throw ended(one);
                }
            }
        }
        noteRejoin();
        final long nowNs = System.nanoTime();
        if (memory != null) {
            memory.step(nowNs - playNs);
        }
        if (nowNs - nextSummaryNs >= 0 || nextSummaryNs == 0) {
            summary(nowNs);
            final boolean isSparse = playNs != 0 && plan.seconds() >= LONG_SECONDS;
            nextSummaryNs = nowNs + (long)((isSparse ? LONG_SUMMARY_SECONDS : SUMMARY_SECONDS) * NS_PER_SECOND);
        }
        LockSupport.parkNanos(STEP_NS);
    }

    private RuntimeException ended(final Participant one) throws InterruptedException {
        final int code = one.process().exitCode(Duration.ofSeconds(1));
        final List<String> complaints = log.complaints(one.label());
        if (one == host && code == ExitCode.CANNOT_WORK && !complaints.isEmpty() && host.said("ready") == null) {
            return new UserError(complaints.stream().limit(3).toArray(String[]::new));
        }
        if (stop.isRaised()) {
            return new DemoStopped();
        }
        return new DemoFailure(one.label() + " ended before its time with exit code " + code
            + (complaints.isEmpty() ? "" : ": " + complaints.get(complaints.size() - 1)));
    }

    private void summary(final long nowNs) {
        final JsonObject status = host.said("status");
        if (status == null || joins.isEmpty()) {
            return;
        }
        final double seconds = pastSummaryNs == 0 ? 1 : (nowNs - pastSummaryNs) / NS_PER_SECOND;
        pastSummaryNs = nowNs;
        final Requests requests = requests();
        double bytes = 0;
        int counted = 0;
        for (final Participant bot : bots) {
            final double now = bot.number("status", "bytes");
            final Double past = pastBytes.put(bot, now);
            if (past != null && past > 0 && now >= past) {
                bytes += now - past;
                counted++;
            }
        }
        console.progress(String.format(Locale.ROOT,
            "%3.0f s | %d players | tick p50 %.1f max %.1f ms | %.1f KB/s a player | %d entities | %d edits, %d other deeds, %d in vain",
            playNs == 0 ? 0 : (nowNs - playNs) / NS_PER_SECOND, status.get("players").getAsInt(), status.getAsJsonObject("tickMs").get("p50").getAsDouble(),
            status.getAsJsonObject("tickMs").get("max").getAsDouble(), counted == 0 ? 0 : bytes / counted / seconds / BYTES_PER_KB,
            status.get("entities").getAsInt(), requests.edits(), requests.approved() - requests.edits(), requests.rejected()));
    }

    /** Everybody ends cleanly; whoever does not has failed. */
    private void finish() throws InterruptedException {
        bots.forEach(bot -> bot.tell(Command.Verb.STOP));
        for (final Participant bot : bots) {
            finish(bot);
        }
        host.tell(Command.Verb.STOP);
        finish(host);
    }

    private void finish(final Participant one) throws InterruptedException {
        final int code = one.process().exitCode(Duration.ofSeconds((long)ANSWER_SECONDS));
        if (code != ExitCode.OK) {
            throw new DemoFailure(code < 0 ? one.label() + " did not stop" : one.label() + " stopped with exit code " + code);
        }
    }

    private void cleanUp() throws InterruptedException {
        final List<ChildProcess> left = new ArrayList<>();
        everybody().stream().filter(Participant::isStarted).map(Participant::process).filter(ChildProcess::isAlive).forEach(left::add);
        left.forEach(ChildProcess::stop);
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLEAN_UP_MS);
        for (final ChildProcess process : left) {
            if (process.exitCode(Duration.ofNanos(Math.max(0, endNs - System.nanoTime()))) < 0) {
                process.kill();
            }
        }
        if (relay != null) {
            relay.close();
        }
    }
}
