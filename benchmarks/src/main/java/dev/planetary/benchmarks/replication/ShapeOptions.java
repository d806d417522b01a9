package dev.planetary.benchmarks.replication;

import dev.planetary.launcher.spi.CaseOption;
import dev.planetary.launcher.spi.CaseRequest;
import java.util.List;

/** The options that say a size of the workload. */
final class ShapeOptions {
    static final List<CaseOption> OPTIONS = List.of(
        new CaseOption("case", "small", "small (1,000 entities, 8 clients), medium (10,000, 64), large (100,000, 256), or the ladder L0 to L7"),
        new CaseOption("clients", "", "instead of the case's, 1 to 4096"),
        new CaseOption("entities", "", "instead of the case's, 1 to 1000000"),
        new CaseOption("move", "", "how many of a thousand move in a tick, instead of the case's, 0 to 1000"),
        new CaseOption("radius", "", "metres that a client sees, instead of the case's; 0 is all"),
        new CaseOption("client-speed", "0", "mm a tick that a client moves along an axis at most; 0 stands"),
        new CaseOption("seed", "1", "of the workload and of the link"));

    private ShapeOptions() {
    }

    static Shape of(final CaseRequest request) {
        final Shape base = Shape.of(request.text("case"));
        return Shape.workload(
            given(request, "entities", base.entities(), 1, 1_000_000), given(request, "clients", base.clients(), 1, 4_096),
            given(request, "move", base.movePermille(), 0, 1_000), given(request, "radius", base.radiusMetres(), 0, 4_096), base.widthMetres(),
            (int)request.number("seed", 0, Integer.MAX_VALUE), (int)request.number("client-speed", 0, 10_000)).conclude();
    }

    private static int given(final CaseRequest request, final String name, final int byDefault, final int least, final int most) {
        return request.text(name).isEmpty() ? byDefault : (int)request.number(name, least, most);
    }
}
