package dev.planetary.launcher.process;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What memory this process uses.
 *
 * @param liveBytes     objects that are left after a collection of all garbage, and buffers outside of the heap; what grows here is kept by somebody.
 * @param residentBytes pages in memory, all in all; 0 where the system does not tell.
 */
public record MemoryUse(long liveBytes, long residentBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1_024;

    /** Collects all garbage, which stops this process for about a millisecond a MB, and measures what is left. */
    public static MemoryUse measure() {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        long live = runtime.totalMemory() - runtime.freeMemory();
        for (final BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            live += "direct".equals(pool.getName()) ? pool.getMemoryUsed() : 0;
        }
        return new MemoryUse(live, resident().orElse(0L));
    }

    private static Optional<Long> resident() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(RESIDENT)).findFirst()
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB);
        } catch (final IOException e) {
            // It is a figure beside the one that is judged.
            return Optional.empty();
        }
    }
}
