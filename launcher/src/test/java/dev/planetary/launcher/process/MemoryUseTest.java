package dev.planetary.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryUseTest {
    private static final int LENGTH = 8_000_000;

    @Test
    void shouldCountWhatIsKeptOnTheHeapAndBesideIt() {
        final long before = MemoryUse.measure().liveBytes();
        final byte[] array = new byte[LENGTH];
        final ByteBuffer buffer = ByteBuffer.allocateDirect(LENGTH);

        final MemoryUse use = MemoryUse.measure();

        assertEquals(2.0 * LENGTH, use.liveBytes() - before, LENGTH / 2.0);
        assertEquals(2 * LENGTH, array.length + buffer.capacity());
        assertTrue(use.residentBytes() > 0 || !Files.isReadable(Path.of("/proc/self/status")), "resident " + use.residentBytes());
    }
}
