package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A JVM of its own that runs a client until it is killed, or exits when told to; it says "CONNECTED" once it is. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildProcess(final Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProcess start(final String... arguments) throws IOException {
        return start(ChildProcess.class, arguments);
    }

    /** As {@link #start(String...)} with another main class. */
    static ChildProcess start(final Class<?> main, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    long pid() {
        return process.pid();
    }

    /** Whether it has said something; then {@link #readLine()} does not block for long. */
    boolean hasOutput() {
        try {
            return process.getInputStream().available() > 0 || output.ready();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    int terminate() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String classPath() {
        final Set<String> places = new LinkedHashSet<>();
        for (final Class<?> type : List.of(
            ChildProcess.class, AeronTransportProvider.class, ClientTransport.class, Aeron.class, MediaDriver.class, DirectBuffer.class)) {
            places.add(place(type));
        }
        return String.join(java.io.File.pathSeparator, places);
    }

    private static String place(final Class<?> type) {
        final String name = type.getName().replace('.', '/') + ".class";
        final URL url = type.getResource(type.getSimpleName() + ".class");
        String text = String.valueOf(url);
        text = text.substring(0, text.length() - name.length() - 1);
        if (text.startsWith("jar:")) {
            text = text.substring("jar:".length(), text.length() - 1);
        }
        return Path.of(URI.create(text)).toString();
    }

    /**
     * Runs {@code count} clients of the host at this port of the loopback address. Arguments: port, count, poll period in ms, seconds to measure (0: run on).
     * With seconds, prints the share of a core that the process took after a warm-up of as long.
     */
    public static void main(final String[] arguments) {
        final int port = Integer.parseInt(arguments[0]);
        final int count = Integer.parseInt(arguments[1]);
        final long periodNs = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        final long seconds = Long.parseLong(arguments[3]);
        final ClientTransport[] clients = new AeronTransportProvider().openClients("127.0.0.1", port, count, Counters.inMemory());
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        boolean connected = false;
        final IdleMeter meter = new IdleMeter(seconds);
        while (!meter.isDone()) {
            int ready = 0;
            for (final ClientTransport client : clients) {
                client.poll((received, offset, length) -> { });
                ready += client.isConnected() ? 1 : 0;
                if (seconds == 0) {
                    client.send(buffer, 0, 40);
                }
                client.flush();
            }
            if (!connected && ready == count) {
                connected = true;
                System.out.println("CONNECTED");
                System.out.flush();
                meter.start();
            }
            LockSupport.parkNanos(connected ? periodNs : TimeUnit.MILLISECONDS.toNanos(1));
        }
        System.out.println("client " + meter.result());
        System.out.flush();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(60));
    }
}
