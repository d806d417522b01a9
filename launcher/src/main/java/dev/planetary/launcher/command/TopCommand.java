package dev.planetary.launcher.command;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.command.CounterSamples.Process;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.JsonOption;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the counters of hosts and clients that run on this machine. */
@Command(name = "top", description = "live counters of hosts and clients running on this machine")
public final class TopCommand implements Callable<Integer> {
    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(200);
    private static final int SAMPLES = 5;
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
    private static final double NS_PER_MS = 1e6;
    private static final double BYTES_PER_KB = 1_000;
    private static final Pattern PLAYER_BYTES = Pattern.compile("player (\\d+ .*): sent \\(bytes\\)");
    private static final List<CoreCounter> STEPS = List.of(CoreCounter.STEP_RECEIVE, CoreCounter.STEP_JUDGE, CoreCounter.STEP_SIMULATE,
        CoreCounter.STEP_ENCODE, CoreCounter.STEP_RECORD, CoreCounter.STEP_SEND);

    private final LaunchContext context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(names = "--once", fallbackValue = "true", description = "print once, after a second, and end; with --json always so")
    private boolean once;

    /** A command of this process. */
    public TopCommand(final LaunchContext context) {
        this.context = context;
    }

    /** What {@code --json} says. */
    record Result(List<Process> processes, boolean ok) {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Console console = context.console();
        console.json(format.json());
        List<Process> now = sample();
        print(now);
        while (!once && !format.json() && !context.stop().isRaised()) {
            if (now.isEmpty()) {
                context.stop().await(SAMPLE_PERIOD.multipliedBy(SAMPLES));
            }
            now = sample();
            if (!context.stop().isRaised()) {
                console.print(CLEAR_SCREEN);
                print(now);
            }
        }
        console.result(new Result(now, true));
        return ExitCode.OK;
    }

    /** Looks for a second; where nothing runs, for a moment only. */
    private List<Process> sample() throws IOException, InterruptedException {
        final CounterSamples samples = new CounterSamples(System.nanoTime());
        samples.take();
        for (int i = 0; i < SAMPLES && !samples.processes(System.nanoTime()).isEmpty() && !context.stop().await(SAMPLE_PERIOD); i++) {
            samples.take();
        }
        return samples.processes(System.nanoTime());
    }

    private void print(final List<Process> processes) {
        if (processes.isEmpty()) {
            context.console().print("no host or client runs on this machine");
        }
        for (final Process process : processes) {
            print(process);
        }
    }

    private void print(final Process process) {
        final Console console = context.console();
        final Set<String> said = new LinkedHashSet<>();
        console.print(process.role() + " " + process.pid());
        if (process.counters().containsKey(CoreCounter.TICK_TIME.label())) {
            console.print(String.format(Locale.ROOT, "    %-10s %d players, %d entities, %.1f ticks/s", "world",
                value(process, CoreCounter.PLAYERS, said), value(process, CoreCounter.ENTITIES, said), perSecond(process, CoreCounter.TICKS, said)));
            console.print(String.format(Locale.ROOT, "    %-10s %.2f ms, of CPU %.2f ms; longest since start %.1f ms", "tick",
                ms(process, CoreCounter.TICK_TIME, said), ms(process, CoreCounter.TICK_CPU, said),
                value(process, CoreCounter.TICK_TIME_MAX, said) / NS_PER_MS));
            final StringBuilder steps = new StringBuilder();
            for (final CoreCounter step : STEPS) {
                steps.append(steps.length() == 0 ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%s %.2f", step.label().replace("step ", "").replace(" (ns)", ""), ms(process, step, said)));
            }
            console.print(String.format(Locale.ROOT, "    %-10s %s ms", "of that", steps));
        }
        console.print(String.format(Locale.ROOT, "    %-10s %.1f KB/s sent, %.1f KB/s received", "network",
            perSecond(process, CoreCounter.BYTES_SENT, said) / BYTES_PER_KB, perSecond(process, CoreCounter.BYTES_RECEIVED, said) / BYTES_PER_KB));
        for (final Map.Entry<String, Long> counter : process.counters().entrySet()) {
            final Matcher player = PLAYER_BYTES.matcher(counter.getKey());
            if (player.matches()) {
                said.add(counter.getKey());
                console.print(String.format(Locale.ROOT, "    %-10s %s: %.1f KB/s, %.1f KB in all", "player", player.group(1),
                    process.perSecond().getOrDefault(counter.getKey(), 0.0) / BYTES_PER_KB, counter.getValue() / BYTES_PER_KB));
            }
        }
        process.counters().forEach((label, value) -> {
            if (!said.contains(label) && value != 0) {
                final Double rate = process.perSecond().get(label);
                console.print(String.format(Locale.ROOT, "    %-52s %,14d%s", label, value,
                    rate == null ? "" : String.format(Locale.ROOT, "  %+,.0f/s", rate)));
            }
        });
    }

    private static long value(final Process process, final CoreCounter counter, final Set<String> said) {
        said.add(counter.label());
        return process.counters().getOrDefault(counter.label(), 0L);
    }

    private static double perSecond(final Process process, final CoreCounter counter, final Set<String> said) {
        said.add(counter.label());
        return process.perSecond().getOrDefault(counter.label(), 0.0);
    }

    private static double ms(final Process process, final CoreCounter counter, final Set<String> said) {
        said.add(counter.label());
        return process.means().getOrDefault(counter.label(), 0.0) / NS_PER_MS;
    }
}
