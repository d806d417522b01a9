package dev.planetary.launcher.command;

import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.launcher.Console;
import dev.planetary.launcher.ExitCode;
import dev.planetary.launcher.LaunchContext;
import dev.planetary.launcher.UserError;
import dev.planetary.launcher.option.CommonOptions;
import dev.planetary.launcher.option.JsonOption;
import dev.planetary.launcher.option.OptionSources;
import dev.planetary.launcher.plugin.Findings;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseRunner;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Runs cases that other modules bring as services: {@code bench} the measured ones, {@code chaos} the faults. */
@Command
public final class CaseCommand implements Callable<Integer> {
    private final LaunchContext context;
    private final String command;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private JsonOption format = new JsonOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "CASE",
        description = "which, with its options behind it; without a case, all are listed with their options")
    private String caseName;

    @Unmatched
    private List<String> rest = new ArrayList<>();

    /** The command of that name. */
    public CaseCommand(final LaunchContext context, final String command) {
        this.context = context;
        this.command = command;
    }

    @Override
    public Integer call() {
        final Console console = context.console();
        console.json(format.json());
        final Map<String, CaseRunner> runners = new LinkedHashMap<>();
        final Map<String, CaseSpec> cases = new LinkedHashMap<>();
        for (final CaseRunner runner : ServiceLoader.load(CaseRunner.class)) {
            if (runner.command().equals(command)) {
                for (final CaseSpec spec : runner.cases()) {
                    runners.putIfAbsent(spec.name(), runner);
                    cases.putIfAbsent(spec.name(), spec);
                }
            }
        }
        final CaseSpec spec = cases.get(caseName);
        if (spec == null) {
            cases.values().forEach(this::describe);
            throw new UserError(
                caseName == null ? command + " needs a case" : command + " has no case " + caseName,
                cases.isEmpty() ? "this build brings no cases; run mvn package in a whole checkout" : "give one of: " + String.join(", ", cases.keySet()));
        }
        final Map<String, String> options = options(spec, rest, context.sources(), command);
        final CaseOutcome outcome = runners.get(caseName).run(
            new CaseRequest(caseName, options, plugins(), context.stop()::isRaised, console.err()));
        final Map<String, Object> result = new LinkedHashMap<>(outcome.figures());
        result.put("ok", outcome.ok());
        result.forEach((name, value) -> console.print(name + ": " + value));
        console.result(result);
        return outcome.ok() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void describe(final CaseSpec spec) {
        if (caseName == null) {
            context.console().print(command + " " + spec.name() + ": " + spec.description());
            for (final CaseOption option : spec.options()) {
                context.console().print("    --" + option.name() + (option.isFlag() ? "" : " (" + option.byDefault() + ")") + ": " + option.description());
            }
        }
    }

    private Supplier<List<GamePlugin>> plugins() {
        return () -> context.findPlugins(common).choose(Findings.ALL, context.console()::progress).stream().map(found -> found.maker().get()).toList();
    }

    /** Every option of the case: as given, else from the other sources, else its default. */
    static Map<String, String> options(final CaseSpec spec, final List<String> given, final OptionSources sources, final String command) {
        final Map<String, String> options = new LinkedHashMap<>();
        for (final CaseOption option : spec.options()) {
            options.put(option.name(), sources.find("--" + option.name()).map(OptionSources.Found::text).orElse(option.byDefault()));
        }
        final String help = "planetary " + command + " without a case lists all options";
        for (int i = 0; i < given.size(); i++) {
            final String word = given.get(i);
            final int equals = word.indexOf('=');
            final String name = word.replaceFirst("^--", "").replaceFirst("=.*", "");
            final CaseOption option = spec.options().stream().filter(known -> known.name().equals(name)).findFirst().orElse(null);
            if (!word.startsWith("--") || option == null) {
                throw new UserError(command + " " + spec.name() + (word.startsWith("-") ? " has no option " : " cannot use ") + word, help);
            }
            if (equals >= 0) {
                options.put(name, word.substring(equals + 1));
            } else if (option.isFlag()) {
                options.put(name, "true");
            } else if (i + 1 < given.size()) {
                options.put(name, given.get(++i));
            } else {
                throw new UserError(word + " is given without its value", help);
            }
        }
        return options;
    }
}
