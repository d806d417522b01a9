package dev.planetary.launcher.option;

import picocli.CommandLine.Option;

/** For commands whose result scripts read. */
public final class JsonOption {
    // A flag without a fallback value would turn off what the environment turned on.
    @Option(names = "--json", fallbackValue = "true", description = "the last line of standard output is one JSON object")
    private boolean json;

    /** Whether the result is wanted as JSON. */
    public boolean json() {
        return json;
    }
}
