package dev.planetary.benchmarks.replication;

import dev.planetary.core.counter.Counters;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.TransportProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The clients of a run, all in one process and one thread: they join one after the other and play until told CHECK with the host's log; then the process
 * answers the floor's datagrams.
 */
public final class LoadProcess {
    /** A client begins to knock this long after the one before it: 200 a second. */
    private static final long JOIN_PACE_NS = 5_000_000;
    /** And not before so few others are joining: a join is work for both sides, and those who play must not wait for it. */
    private static final int MOST_JOINING = 16;
    /** While clients are out, this often it is said how many are in. */
    private static final long TELL_NS = 10_000_000_000L;

    private final LoadPlan plan;
    private final Commands commands = new Commands();
    private final LoadClient[] clients;
    /** Clients that have begun to join, when the last of them did, and how many are in. */
    private int begun;
    private long begunNs;
    private int in;
    private long toldNs = System.nanoTime();
    private long cpuNs;
    private long wallNs = System.nanoTime();

    private LoadProcess(final LoadPlan plan) {
        this.plan = plan;
        final TransportProvider provider = ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new IllegalStateException("no transport found"));
        final ClientTransport[] transports = provider.openClients("127.0.0.1", plan.port(), plan.count(), Counters.inMemory());
        clients = new LoadClient[plan.count()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new LoadClient(plan.first() + i, plan, transports[i]);
        }
    }

    /** Runs one; arguments are its plan's words. */
    public static void main(final String[] words) throws IOException {
        new LoadProcess(LoadPlan.parse(words)).run();
    }

    private void run() throws IOException {
        final long parkNs = TimeUnit.MICROSECONDS.toNanos(plan.parkUs());
        boolean goesOn = true;
        while (goesOn) {
            final String command = commands.poll();
            if (command != null) {
                goesOn = obey(command);
            }
            if (in < clients.length) {
                join();
            }
            if (!work()) {
                LockSupport.parkNanos(parkNs);
            }
        }
        for (final LoadClient client : clients) {
            client.game().close();
        }
    }

    /** Lets each client that has begun do what there is. Returns whether there was anything. */
    private boolean work() {
        boolean worked = false;
        final long nowNs = System.nanoTime();
        for (int i = 0; i < begun; i++) {
            worked |= clients[i].work(nowNs);
        }
        return worked;
    }

    /** Lets the next client begin where it may, and says so when all are in. */
    private void join() {
        in = 0;
        for (int i = 0; i < begun; i++) {
            if (clients[i].game().state().isOver()) {
                throw new IllegalStateException("client " + clients[i].index() + " is out before all are in: " + clients[i].game().sentence());
            }
            in += clients[i].isIn() ? 1 : 0;
        }
        final long nowNs = System.nanoTime();
        if (in == clients.length) {
            Commands.say("JOINED");
        } else if (begun < clients.length && begun - in < MOST_JOINING && nowNs - begunNs > JOIN_PACE_NS) {
            begunNs = nowNs;
            begun++;
        }
        if (nowNs - toldNs > TELL_NS) {
            toldNs = nowNs;
            System.err.println(in + " of " + clients.length + " clients are in, " + (begun - in) + " are joining");
        }
    }

    /** Does what it is told. Returns whether play goes on. */
    private boolean obey(final String command) throws IOException {
        if (command.startsWith("NOTE ")) {
            final int every = Integer.parseInt(command.substring(5));
            for (final LoadClient client : clients) {
                client.noteEvery(every);
            }
            sayCpu("loadJoiningPercent");
            return true;
        }
        if (command.startsWith("CPU ")) {
            sayCpu(command.substring(4));
            Commands.say("NOTED");
            return true;
        }
        if (command.startsWith("CHECK ")) {
            final String[] words = command.split(" ", 3);
            final boolean ok = new Checker(plan.shape(), RunLog.read(Path.of(words[2])), clients, Integer.parseInt(words[1])).check();
            Commands.figure("loadRssMiB", Usage.statusMib("VmHWM"));
            Commands.say("CHECKED " + ok);
            new FloorAnswers(clients.length).answer(commands);
        }
        return false;
    }

    /** CPU since this was last said, per cent of one core. */
    private void sayCpu(final String figure) {
        final long nowCpuNs = Usage.processCpuNs();
        final long nowNs = System.nanoTime();
        Commands.figure(figure, 100.0 * (nowCpuNs - cpuNs) / (nowNs - wallNs));
        cpuNs = nowCpuNs;
        wallNs = nowNs;
    }
}
