package dev.planetary.launcher;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.transport.TransportException;
import dev.planetary.launcher.command.CaseCommand;
import dev.planetary.launcher.command.DemoCommand;
import dev.planetary.launcher.command.HostCommand;
import dev.planetary.launcher.command.JoinCommand;
import dev.planetary.launcher.command.PluginsCommand;
import dev.planetary.launcher.command.SessionsCommand;
import dev.planetary.launcher.command.TopCommand;
import dev.planetary.launcher.option.OptionCheck;
import dev.planetary.launcher.option.OptionSources;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process: arguments in, exit code out. */
@Command(
    name = "planetary",
    description = "A multiplayer game server and its players. Begin with: planetary demo",
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this text; planetary COMMAND --help for a command's options")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "version of the game and of the JVM")
    private boolean versionWanted;

    private Main() {
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(final String[] arguments) {
        final StopSignal stop = new StopSignal();
        stop.bind(() -> {
            System.err.println("planetary: did not stop in time");
            Runtime.getRuntime().halt(ExitCode.FAILED);
        });
        final int code = run(arguments, System.out, System.err, System.getProperties(), System.getenv(), stop);
        System.out.flush();
        System.err.flush();
        if (stop.isRaised()) {
            // The JVM is on its way out already, with 130 or 143; only a halt still sets the code.
            Runtime.getRuntime().halt(code);
        }
        stop.finish();
        System.exit(code);
    }

    /** Runs one command in this process and answers with its exit code. */
    static int run(
        final String[] arguments,
        final PrintStream out,
        final PrintStream err,
        final Properties system,
        final Map<String, String> environment,
        final StopSignal stop) {
        final Console console = new Console(out, err);
        final OptionSources sources = new OptionSources(system, environment);
        final String home = system.getProperty("planetary.home");
        final LaunchContext context = new LaunchContext(console, sources, stop, home == null ? null : Path.of(home));
        try {
            if (arguments.length == 0) {
                throw nothingToDo();
            }
            configurationFile(arguments, sources);
            final Mistakes mistakes = new Mistakes(sources);
            return commands(context)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setDefaultValueProvider(sources)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, given) -> fail(err, mistakes.explain(mistake)))
                .setExecutionStrategy(parsed -> execute(parsed, sources, err))
                .setExecutionExceptionHandler((exception, line, parsed) -> fail(err, exception))
                .execute(arguments);
        } catch (final UserError e) {
            return fail(err, e);
        }
    }

    private static int execute(final CommandLine.ParseResult parsed, final OptionSources sources, final PrintStream err) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last == parsed && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            return fail(err, nothingToDo());
        }
        try {
            OptionCheck.check(last, sources);
        } catch (final UserError e) {
            return fail(err, e);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static UserError nothingToDo() {
        return new UserError("say what to do: demo, host, join, sessions, plugins, top, bench or chaos", "for a first look: planetary demo");
    }

    private static CommandLine commands(final LaunchContext context) {
        final CommandLine bench = new CommandLine(new CaseCommand(context, "bench"));
        bench.getCommandSpec().usageMessage().description("the measured cases");
        final CommandLine chaos = new CommandLine(new CaseCommand(context, "chaos"));
        chaos.getCommandSpec().usageMessage().description("faults, simulated or on real processes");
        return new CommandLine(new Main())
            .addSubcommand(new DemoCommand(context))
            .addSubcommand(new HostCommand(context))
            .addSubcommand(new JoinCommand(context))
            .addSubcommand(new SessionsCommand(context))
            .addSubcommand(new PluginsCommand(context))
            .addSubcommand(new TopCommand(context))
            .addSubcommand("bench", bench)
            .addSubcommand("chaos", chaos);
    }

    private static int fail(final PrintStream err, final Exception failure) {
        final List<String> lines;
        if (failure instanceof UserError error) {
            lines = error.lines();
        } else if (failure instanceof InvalidSettingException || failure instanceof TransportException) {
            lines = List.of(failure.getMessage());
        } else {
            // A fault of ours: whoever mends it needs the trace.
            failure.printStackTrace(err);
            return ExitCode.FAILED;
        }
        lines.forEach(line -> err.println("planetary: " + line));
        return ExitCode.CANNOT_WORK;
    }

    /** The values of options are needed while the arguments are parsed, so the file is read before. */
    private static void configurationFile(final String[] arguments, final OptionSources sources) {
        final String option = "--config";
        if (!"host".equals(arguments[0])) {
            return;
        }
        String file = sources.find(option).map(OptionSources.Found::text).orElse(null);
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals(option) && i + 1 < arguments.length) {
                file = arguments[i + 1];
            } else if (arguments[i].startsWith(option + "=")) {
                file = arguments[i].substring(option.length() + 1);
            }
        }
        if (file != null) {
            sources.readFile(file);
        }
    }

    /** The version of the module, which is the one of the build. */
    public static String version() {
        final Module module = Main.class.getModule();
        return module.isNamed() ? module.getDescriptor().rawVersion().orElse("unknown") : "unknown";
    }

    /** Says the versions. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"planetary " + version() + " on Java " + Runtime.version()};
        }
    }
}
