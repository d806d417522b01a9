package dev.planetary.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class InputLinesTest {
    private static void await(final BooleanSupplier what) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "nothing came of it within 10 s");
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldHandLinesOverWithoutWaitingAndEndWithTheInput() throws IOException {
        try (PipedOutputStream writer = new PipedOutputStream()) {
            final InputLines lines = new InputLines(new PipedInputStream(writer));
            assertNull(lines.next());
            assertFalse(lines.isOver());

            writer.write(" freeze \nlook\n".getBytes(StandardCharsets.UTF_8));
            writer.close();
            final String[] first = new String[1];
            await(() -> (first[0] = lines.next()) != null);
            assertEquals("freeze", first[0]);
            assertFalse(lines.isOver(), "a line still waits");
            await(() -> "look".equals(lines.next()));
            await(lines::isOver);
        }
    }
}
