package dev.planetary.benchmarks.micro;

import dev.planetary.benchmarks.replication.BenchGame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A tick of a host with 10,000 entities on 2 km and of all its clients, over the simulated network. {@link TickParts} splits it: what is encoded, recorded
 * and answered, and what a client takes to apply its share. Clients that walk make their windows follow: the difference to standing is interest.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TickBenchmark {
    /** Players. */
    @Param({"1", "64"})
    public int clients;

    /** How many of a thousand entities move. */
    @Param({"0", "200"})
    public int move;

    /** How far a player walks along an axis in a tick at most, mm. */
    @Param({"0", "500"})
    public int speed;

    private BenchGame game;

    /** A game in which all have joined. */
    @Setup(Level.Trial)
    public void start() {
        game = new BenchGame(10_000, clients, move, 100, 2_000, speed);
    }

    /** One tick of all. */
    @Benchmark
    public void tick() {
        game.tickHost();
        TickParts.hostTicked(game);
        final long begunNs = System.nanoTime();
        game.tickClients();
        TickParts.clientsTicked(System.nanoTime() - begunNs, game.players());
    }
}
