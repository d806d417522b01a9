package dev.planetary.net.aeron;

import dev.planetary.core.counter.Counters;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what an idle host costs: {@code IdleHost <clients> <seconds>} opens one, starts a process with that many silent clients, polls and flushes 20
 * times a second, and prints the share of a core that each of the two processes took over the seconds, after a warm-up of as many.
 */
final class IdleHost {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private IdleHost() {
    }

    /** See the class. */
    public static void main(final String[] arguments) throws Exception {
        final String seconds = arguments[1];
        final AeronHostTransport host = AeronHostTransport.open(0, Integer.parseInt(arguments[0]), null, Counters.inMemory());
        final IdleMeter meter = new IdleMeter(Long.parseLong(seconds));
        final Loop.Silent silent = new Loop.Silent();
        try (ChildProcess child = ChildProcess.start(String.valueOf(host.port()), arguments[0], "50", seconds)) {
            final long startNs = System.nanoTime();
            boolean connected = false;
            long nextNs = startNs;
            while (!meter.isDone()) {
                host.poll(silent);
                host.flush();
                if (!connected && child.hasOutput()) {
                    connected = "CONNECTED".equals(child.readLine());
                    System.out.println("connected after " + (System.nanoTime() - startNs) / 1_000_000 + " ms");
                    meter.start();
                }
                nextNs += TICK_NS;
                LockSupport.parkNanos(nextNs - System.nanoTime());
            }
            System.out.println("host with " + arguments[0] + " clients, " + meter.result());
            System.out.println("its clients' process: " + child.readLine());
        }
        host.close();
    }
}
