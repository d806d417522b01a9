package dev.planetary.benchmarks.chaos;

import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseOutcome;
import dev.planetary.launcher.spi.CaseRequest;
import dev.planetary.launcher.spi.CaseRunner;
import dev.planetary.launcher.spi.CaseSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases of {@code planetary chaos}. */
public final class ChaosCases implements CaseRunner {
    private static final long REPORT_NS = 5_000_000_000L;
    private static final int SEEDS_MAX = 1_000_000_000;
    private static final double NS_PER_MINUTE = 60e9;

    @Override
    public String command() {
        return "chaos";
    }

    @Override
    public List<CaseSpec> cases() {
        return List.of(SaveKillCase.SPEC, new CaseSpec(
            "simulate",
            "plays evenings of a game on a simulated network that loses, delays and cuts, one for each seed; each view must come to agree with the host's",
            List.of(
                new CaseOption("seeds", "100", "how many evenings, 1 to " + SEEDS_MAX),
                new CaseOption("from", "1", "seed of the first; each next one is one higher"),
                new CaseOption("plant", "", "a defect to put in, which the checks must find: " + Plant.options()))));
    }

    @Override
    public CaseOutcome run(final CaseRequest request) {
        return request.caseName().equals(SaveKillCase.SPEC.name()) ? new SaveKillCase(request).run() : simulate(request);
    }

    private static CaseOutcome simulate(final CaseRequest request) {
        final int count = (int) request.number("seeds", 1, SEEDS_MAX);
        final long from = request.number("from", 0, Long.MAX_VALUE - SEEDS_MAX);
        final ChaosSeries series = new ChaosSeries(Plant.of(request.text("plant")), request.progress());
        final long startNs = System.nanoTime();
        long reportNs = startNs + REPORT_NS;
        for (int i = 0; i < count && !request.stopping().getAsBoolean(); i++) {
            series.play(from + i);
            if (System.nanoTime() - reportNs > 0) {
                reportNs += REPORT_NS;
                request.progress().println(series.seeds() + " of " + count + " seeds played, " + series.failed() + " failed");
            }
        }
        final double minutes = (System.nanoTime() - startNs) / NS_PER_MINUTE;
        final Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("seeds", series.seeds());
        figures.put("failed", series.failed());
        figures.put("firstFailing", series.firstFailing());
        figures.put("seedsPerMinute", Math.round(series.seeds() / minutes));
        figures.put("traceHash", series.traceHash());
        return new CaseOutcome(series.failed() == 0, figures);
    }
}
