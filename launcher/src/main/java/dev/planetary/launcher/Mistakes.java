package dev.planetary.launcher;

import dev.planetary.launcher.option.MisfitException;
import dev.planetary.launcher.option.OptionCheck;
import dev.planetary.launcher.option.OptionSources;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns what the parser found wrong into a sentence and its mend. */
final class Mistakes {
    private final OptionSources sources;

    Mistakes(final OptionSources sources) {
        this.sources = sources;
    }

    UserError explain(final CommandLine.ParameterException mistake) {
        final String command = mistake.getCommandLine().getCommandSpec().name();
        final String help = "see " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, command, help);
        }
        if (mistake instanceof CommandLine.OverwrittenOptionException overwritten) {
            return new UserError(OptionCheck.label(overwritten.getOverwritten(), true, sources) + " is given twice", "give it once");
        }
        if (mistake instanceof CommandLine.MissingParameterException missing && !missing.getMissing().isEmpty()) {
            final ArgSpec first = missing.getMissing().get(0);
            if (first instanceof OptionSpec option) {
                return new UserError(option.longestName() + " is given without its value " + option.paramLabel(), help);
            }
            return new UserError(command + " needs " + first.paramLabel(), help);
        }
        final ArgSpec argument = mistake.getArgSpec();
        if (argument != null && mistake.getValue() != null) {
            final String label = OptionCheck.label(argument, argument.stringValues().contains(mistake.getValue()) || !isElsewhere(argument, mistake), sources);
            if (mistake.getCause() instanceof MisfitException misfit) {
                return new UserError(label + "=" + mistake.getValue() + ": expected " + misfit.getMessage());
            }
            return OptionCheck.misfit(label, mistake.getValue(), argument);
        }
        return new UserError(mistake.getMessage().lines().findFirst().orElse("cannot read the arguments"), help);
    }

    /** Whether the value came from another source than the command line. */
    private boolean isElsewhere(final ArgSpec argument, final CommandLine.ParameterException mistake) {
        return argument instanceof OptionSpec option
            && sources.find(option.longestName()).filter(found -> found.text().equals(mistake.getValue())).isPresent();
    }

    private static UserError unmatched(final CommandLine.UnmatchedArgumentException mistake, final String command, final String help) {
        final String first = mistake.getUnmatched().get(0);
        final boolean isCommand = mistake.getCommandLine().getParent() == null && !first.startsWith("-");
        final String what = isCommand ? "no command " + first
            : first.startsWith("-") ? command + " has no option " + first.replaceFirst("=.*", "")
            : command + " cannot use " + first;
        final List<String> near = mistake.getSuggestions();
        return new UserError(what, near.isEmpty() ? help : "did you mean " + near.get(0) + "? " + help);
    }
}
