package dev.planetary.benchmarks.replication;

import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseSpec;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code bench micro}: the micro-benchmarks in JVMs of their own, from the class path, where JMH works. */
final class MicroCase implements BenchCase {
    private static final String MAIN = "org.openjdk.jmh.Main";
    private static final String PARTS = "dev.planetary.benchmarks.micro.TickParts";
    private static final long LOOK_MS = 100;
    /** Of a line of JMH's CSV: benchmark, mode, threads, samples, score, error, unit, then a parameter each. */
    private static final int SCORE = 4;
    private static final int ERROR = 5;
    private static final int UNIT = 6;
    private static final int FIRST_PARAMETER = 7;

    @Override
    public CaseSpec spec() {
        return new CaseSpec(
            "micro", "micro-benchmarks with JMH: a mark; a tick in its parts (encode, record, answer), a client's tick (apply), windows that move",
            List.of(
                new CaseOption("only", ".*", "a regular expression: benchmarks whose name it is found in"),
                new CaseOption("iterations", "5", "measured iterations of each, and as many to warm up, 1 to 50"),
                new CaseOption("iteration-ms", "1000", "length of an iteration, 10 to 60000")));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        final Path micro = BenchProcess.home().resolve("micro");
        if (!Files.isDirectory(micro)) {
            throw new InvalidSettingException("this build has no micro-benchmarks in " + micro + "; run mvn package in a whole checkout");
        }
        try {
            final Path results = Files.createTempFile("planetary-micro", ".csv");
            try {
                final boolean ok = run(line(request, micro, results), request.progress(), request.stopping());
                return new CaseOutcome(ok, Map.of("benchmarks", read(Files.readAllLines(results))));
            } finally {
                Files.deleteIfExists(results);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> line(final CaseRequest request, final Path micro, final Path results) {
        final String iterations = String.valueOf(request.number("iterations", 1, 50));
        final String time = request.number("iteration-ms", 10, 60_000) + "ms";
        final List<String> line = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-Ddominion.show-banner=false", "-Djmh.ignoreLock=true", "-XX:+UseSerialGC", "-Xmx2g",
            "-cp", BenchProcess.home().resolve("lib") + File.separator + "*" + File.pathSeparator + micro + File.separator + "*", MAIN,
            request.text("only"), "-f", "1", "-wi", iterations, "-i", iterations, "-w", time, "-r", time, "-prof", PARTS,
            "-rf", "csv", "-rff", results.toString()));
        if (Runtime.version().feature() >= 24) {
            line.add(1, "--sun-misc-unsafe-memory-access=allow");
        }
        return line;
    }

    private static boolean run(final List<String> line, final PrintStream progress, final BooleanSupplier stopping) throws IOException {
        final Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        final Thread reader = new Thread(() -> copy(process, progress), "micro-out");
        reader.setDaemon(true);
        reader.start();
        try {
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (stopping.getAsBoolean()) {
                    return false;
                }
            }
            return process.exitValue() == 0;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static void copy(final Process process, final PrintStream progress) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String text = out.readLine(); text != null; text = out.readLine()) {
                progress.println(text);
            }
        } catch (final IOException e) {
            progress.println("broken off: " + e.getMessage());
        }
    }

    /** The rows of JMH's CSV, quotes taken off: none of its fields has a comma inside. */
    static List<Map<String, Object>> read(final List<String> lines) {
        final List<Map<String, Object>> rows = new ArrayList<>();
        final String[] names = lines.isEmpty() ? new String[0] : fields(lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
            final String[] fields = fields(lines.get(i));
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", fields[0].substring(fields[0].lastIndexOf('.', fields[0].lastIndexOf('.') - 1) + 1));
            for (int f = FIRST_PARAMETER; f < fields.length; f++) {
                if (!fields[f].isEmpty()) {
                    row.put(names[f].replace("Param: ", ""), fields[f]);
                }
            }
            row.put("score", Double.valueOf(fields[SCORE]));
            row.put("error", Double.parseDouble(fields[ERROR]));
            row.put("unit", fields[UNIT]);
            rows.add(row);
        }
        return rows;
    }

    private static String[] fields(final String line) {
        return line.replace("\"", "").split(",", -1);
    }
}
