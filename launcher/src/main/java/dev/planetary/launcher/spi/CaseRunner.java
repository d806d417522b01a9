package dev.planetary.launcher.spi;

import java.util.List;

/** Runs the cases of one command; found as a service. Several runners may serve one command with cases of their own. */
public interface CaseRunner {
    /** The command that its cases belong to: "bench" or "chaos". */
    String command();

    /** What it can run, with the options that each takes. */
    List<CaseSpec> cases();

    /**
     * Runs one case to its end.
     *
     * @throws dev.planetary.core.plugin.InvalidSettingException when what the user gave cannot work, with a sentence that names the mend.
     */
    CaseOutcome run(CaseRequest request);
}
