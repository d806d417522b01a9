package dev.planetary.benchmarks.join;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientState;
import dev.planetary.core.world.NetworkId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.IntHashSet;

/** Those who play while others join: they walk about the spawn and dig, in a thread of their own. */
final class Crowd implements AutoCloseable {
    private static final long TICK_NS = 50_000_000;
    private static final double SPEED = 3;
    private static final double HOME_METRES = 30;
    private static final int DIG_RADIUS = 2;
    private static final int ARM_METRES = 4;
    private static final int LEAST_TURN_TICKS = 40;
    private static final int MORE_TURN_TICKS = 80;
    private static final int TICKS_A_DIG = 20;

    private final List<Walker> walkers = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "crowd");
    private volatile boolean running = true;
    private volatile boolean resting;
    private volatile int in;
    private volatile boolean answered;
    private volatile String mishap;

    Crowd(final List<ClientGame> games, final double[] home, final long seed) {
        for (int i = 0; i < games.size(); i++) {
            walkers.add(new Walker(games.get(i), home, new SplittableRandom(seed + i)));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long dueNs = System.nanoTime();
        try {
            while (running) {
                int playing = 0;
                boolean all = true;
                for (final Walker walker : walkers) {
                    playing += walker.tick(resting) ? 1 : 0;
                    all &= walker.open.isEmpty();
                }
                in = playing;
                answered = all && resting;
                dueNs = Math.max(dueNs + TICK_NS, System.nanoTime() - TICK_NS);
                for (long waitNs = dueNs - System.nanoTime(); waitNs > 0 && running; waitNs = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
            }
        } catch (final IllegalStateException e) {
            mishap = e.getMessage();
        } finally {
            for (final Walker walker : walkers) {
                walker.game.leave();
                walker.game.close();
            }
        }
    }

    /** How many are playing. */
    int in() {
        if (mishap != null) {
            throw new IllegalStateException(mishap);
        }
        return in;
    }

    /** Whether they stand still and ask for nothing more, or go on. */
    void rest(final boolean wanted) {
        answered = false;
        resting = wanted;
    }

    /** Whether they rest and nothing that they asked for is open. */
    boolean isAnswered() {
        return answered;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of them. */
    private static final class Walker {
        private final ClientGame game;
        private final double[] home;
        private final SplittableRandom random;
        private double heading;
        private int turnIn;
        private int digIn;
        /** Digs that have no verdict yet. */
        private final IntHashSet open = new IntHashSet();

        Walker(final ClientGame game, final double[] home, final SplittableRandom random) {
            this.game = game;
            this.home = home;
            this.random = random;
            this.digIn = random.nextInt(TICKS_A_DIG);
            game.requests().onVerdict((id, approved, reason, detail) -> open.remove(id));
        }

        /** Returns whether it plays. */
        boolean tick(final boolean rests) {
            game.tick();
            if (game.state().isOver()) {
                throw new IllegalStateException("a player of the crowd is out: " + game.sentence());
            }
            if (game.state() != ClientState.PLAYING) {
                return false;
            }
            final AvatarControl avatar = game.capability(AvatarControl.class).orElseThrow();
            final Position at = avatar.avatar() == NetworkId.NONE || !game.world().isAlive(avatar.avatar())
                ? null : game.core().position().get(avatar.avatar());
            if (rests || at == null) {
                avatar.walk(0, 0);
            } else {
                play(avatar, at);
            }
            return true;
        }

        private void play(final AvatarControl avatar, final Position at) {
            if (turnIn-- <= 0) {
                turnIn = LEAST_TURN_TICKS + random.nextInt(MORE_TURN_TICKS);
                heading = Math.hypot(at.x - home[0], at.z - home[2]) > HOME_METRES
                    ? Math.atan2(home[2] - at.z, home[0] - at.x) : random.nextDouble(2 * Math.PI);
            }
            avatar.walk(SPEED * Math.cos(heading), SPEED * Math.sin(heading));
            if (digIn-- <= 0) {
                digIn = TICKS_A_DIG;
                dig(at);
            }
        }

        /** Behind itself, or it would walk into its own pit. */
        private void dig(final Position at) {
            final int x = (int)Math.floor(at.x - ARM_METRES * Math.cos(heading));
            final int z = (int)Math.floor(at.z - ARM_METRES * Math.sin(heading));
            final int surface = game.capability(VoxelQuery.class).orElseThrow().surfaceBelow(x, (int)at.y + ARM_METRES, z);
            final int y = surface == Integer.MIN_VALUE ? (int)at.y : surface - 1;
            final int id = game.capability(VoxelEdits.class).orElseThrow().dig(x, y, z, DIG_RADIUS);
            if (id != RequestSender.NONE) {
                open.add(id);
            }
        }
    }
}
