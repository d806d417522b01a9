package dev.planetary.launcher.spi;

import java.util.List;

/**
 * A case as the command line offers it.
 *
 * @param name        {@code [a-z0-9-]+}: "replication", "simulate".
 * @param description a sentence for {@code --help}.
 * @param options     all that it takes; anything else is refused.
 */
public record CaseSpec(String name, String description, List<CaseOption> options) {
}
