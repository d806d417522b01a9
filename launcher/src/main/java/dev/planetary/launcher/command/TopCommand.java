package dev.planetary.launcher.command;

import dev.planetary.core.counter.CounterFile;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.JsonOption;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.concurrent.status.CountersReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the counters of hosts and clients that run on this machine. */
@Command(name = "top", description = "live counters of hosts and clients running on this machine")
public final class TopCommand implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

    private final LaunchContext context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Option(names = "--once", fallbackValue = "true", description = "print once and end; with --json always so")
    private boolean once;

    /** A command of this process. */
    public TopCommand(final LaunchContext context) {
        this.context = context;
    }

    /** One process. */
    record Process(String role, long pid, Map<String, Long> counters) {
    }

    /** What {@code --json} says. */
    record Result(List<Process> processes, boolean ok) {
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Console console = context.console();
        console.json(format.json());
        List<Process> now = read();
        print(now, Map.of());
        while (!once && !format.json() && !context.stop().await(PERIOD)) {
            final Map<Long, Process> before = new HashMap<>();
            now.forEach(process -> before.put(process.pid(), process));
            now = read();
            console.print(CLEAR_SCREEN);
            print(now, before);
        }
        console.result(new Result(now, true));
        return ExitCode.OK;
    }

    private static List<Process> read() throws IOException {
        final List<Process> processes = new ArrayList<>();
        for (final CounterFile.Published published : CounterFile.running()) {
            final Map<String, Long> counters = new LinkedHashMap<>();
            final CountersReader reader = published.counters();
            // Two counters may share a label (a peer that left and one that came): the later is the living one.
            reader.forEach((id, label) -> counters.put(label, reader.getCounterValue(id)));
            processes.add(new Process(published.role(), published.pid(), counters));
        }
        return processes;
    }

    private void print(final List<Process> processes, final Map<Long, Process> before) {
        final Console console = context.console();
        if (processes.isEmpty()) {
            console.print("no host or client runs on this machine");
        }
        for (final Process process : processes) {
            console.print(process.role() + " " + process.pid());
            final Process earlier = before.get(process.pid());
            process.counters().forEach((label, value) -> {
                final Long old = earlier == null ? null : earlier.counters().get(label);
                console.print(String.format(Locale.ROOT, "    %-48s %,16d%s", label, value,
                    old == null || old.equals(value) ? "" : String.format(Locale.ROOT, "  %+,d/s", value - old)));
            });
        }
    }
}
