package dev.planetary.launcher.spi;

import java.util.Map;

/**
 * What came of a case.
 *
 * @param ok      whether what it checked held: the exit code is 0 or 1 by it, and it is the last member of the JSON object.
 * @param figures what was measured, in the order to print: numbers, texts, booleans, lists and maps of these. Names carry units ("tickMs").
 */
public record CaseOutcome(boolean ok, Map<String, Object> figures) {
}
