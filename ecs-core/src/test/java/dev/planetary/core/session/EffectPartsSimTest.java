package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.CellDigest;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.cell.Window;
import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.standalone.PlacingPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Effects over entities and two sources at once. Each ring is some entities and a square of some boards of both sources, and a request raises all of a ring
 * by one: whatever of a ring a client shows has one number, at every tick. More seeds: {@code -Deffects.seeds=200}; one again: {@code -Deffects.from=SEED
 * -Deffects.seeds=1}.
 */
class EffectPartsSimTest {
    private static final int SEEDS = Integer.getInteger("effects.seeds", 6);
    private static final int FROM = Integer.getInteger("effects.from", 1);
    private static final int SCHEMA = 950;
    private static final int RINGS = 4;
    private static final int NOISE = RINGS;
    private static final double WIDE = 16;
    private static final double NARROW = 11;
    private static final RequestType RAISE = new RequestType("raise", SCHEMA, 10, 4);
    private static final LinkFaults[] LINKS = {
        new LinkFaults(5, 2, 40, 20, 2, 3), new LinkFaults(20, 3, 80, 40, 4, 4), new LinkFaults(30, 4, 60, 150, 8, 4), new LinkFaults(0, 1, 200, 120, 8, 8)
    };

    /** Entities and squares that are raised together. */
    private static final class Ring {
        final List<Integer> entities = new ArrayList<>();
        final List<Long> wide = new ArrayList<>();
        final List<Long> narrow = new ArrayList<>();
        int number = 1;
    }

    /** Brings both sources, and raises rings. */
    private final class BoardsPlugin implements GamePlugin {
        @Override
        public String name() {
            return "boards";
        }

        @Override
        public int schemaId() {
            return SCHEMA;
        }

        @Override
        public int schemaVersion() {
            return 1;
        }

        @Override
        public void register(final GameContext game) {
            // The components are there.
        }

        @Override
        public void host(final HostContext host) {
            wide.host(host);
            narrow.host(host);
            host.request(RAISE, (seat, buffer, offset, length, version, tick) -> {
                final int ring = buffer.getInt(offset);
                return ring < 0 || ring >= rings.size() ? Verdict.rejected("no such ring") : Verdict.approved(() -> raise(ring));
            });
        }

        @Override
        public void client(final ClientContext client) {
            final Boards.View wideView = new Boards.View(0, SCHEMA);
            final Boards.View narrowView = new Boards.View(1, SCHEMA);
            client.reader(wideView);
            client.reader(narrowView);
            wideViews.add(wideView);
            narrowViews.add(narrowView);
        }
    }

    private Boards wide;
    private Boards narrow;
    private final List<Ring> rings = new ArrayList<>();
    private final List<Boards.View> wideViews = new ArrayList<>();
    private final List<Boards.View> narrowViews = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[4]);
    /** Where players stand when they come: x and z. */
    private int home;
    private int datagram = 300;
    private SimulatedPeers peers;
    private SplittableRandom random;
    private int compared;

    private void raise(final int which) {
        final Ring ring = rings.get(which);
        ring.number++;
        for (final int entity : ring.entities) {
            peers.score(entity, ring.number);
            if (random.nextInt(8) == 0) {
                peers.move(entity, random.nextInt(-50, 50), random.nextInt(-50, 50));
            }
        }
        for (final long cell : ring.wide) {
            wide.setInEffect(cell, which, ring.number);
        }
        for (final long cell : ring.narrow) {
            narrow.setInEffect(cell, which, ring.number);
        }
    }

    private void begin(final long seed, final Repairs repairs, final int radius, final int budget, final LinkFaults links) {
        wide = new Boards(0, SCHEMA, WIDE);
        narrow = new Boards(1, SCHEMA, NARROW);
        rings.clear();
        wideViews.clear();
        narrowViews.clear();
        random = new SplittableRandom(seed);
        peers = new SimulatedPeers(seed).faults(links)
            .host(settings -> settings.repairs(repairs).radiusMetres(radius).budgetBytesPerSecond(budget).maxPlayers(8).silenceMs(8_000))
            .clients(settings -> settings.repairs(repairs))
            .plugin(new BoardsPlugin())
            .plugin(new PlacingPlugin(seat -> seat.anchor(home, 0, home)));
        peers.network().maxDatagramLength(datagram);
        peers.start();
    }

    private void ask(final int client, final int ring) {
        message.putInt(0, ring);
        peers.client(client).requests().send(RAISE, message, 0, 4);
    }

    /** What a client shows of a ring in part, or null. */
    private String half(final int client) {
        for (int r = 0; r < rings.size(); r++) {
            final Ring ring = rings.get(r);
            final List<Integer> seen = new ArrayList<>();
            ring.entities.forEach(entity -> seen.add(peers.scoreOf(client, entity)));
            for (final long cell : ring.wide) {
                seen.add(wideViews.get(client).number(cell, r));
            }
            for (final long cell : ring.narrow) {
                seen.add(narrowViews.get(client).number(cell, r));
            }
            final long different = seen.stream().filter(number -> number >= 0).distinct().count();
            compared += seen.stream().filter(number -> number >= 0).count() > 2 ? 1 : 0;
            if (different > 1) {
                return "client " + client + ", seat " + peers.client(client).seat() + ", shows ring " + r + " as " + seen + " at tick "
                    + peers.host().tickNumber() + ": entities, boards in " + ring.wide.stream().map(CellKey::describe).toList() + " and "
                    + ring.narrow.stream().map(CellKey::describe).toList();
            }
        }
        return null;
    }

    private String half() {
        String half = null;
        for (int i = 0; i < peers.players() && half == null; i++) {
            half = half(i);
        }
        return half;
    }

    // ---- an evening ----

    /** Plays an evening; what went wrong, or null. */
    private String play(final long seed, final Repairs repairs) {
        begin(seed, repairs, 40, seed % 3 == 0 ? 12_000 : 60_000, LINKS[(int)(seed % LINKS.length)]);
        for (int r = 0; r < RINGS; r++) {
            final Ring ring = new Ring();
            for (int i = 0; i < 3; i++) {
                ring.entities.add(peers.spawn(new Position(random.nextInt(-50, 50), 0, random.nextInt(-50, 50)), new Score(1)));
                addCell(ring.wide, wide, r);
                addCell(ring.narrow, narrow, r);
            }
            rings.add(ring);
        }
        for (int i = 0; i < 4; i++) {
            peers.join("player " + i);
        }
        for (int tick = 0; tick < 400; tick++) {
            happen();
            peers.tick(1);
            final String half = half();
            if (half != null) {
                return half;
            }
        }
        peers.settle();
        for (int ticks = 0; ticks < 200 && boardsDiffer() != null; ticks++) {
            peers.tick(1);
            final String half = half();
            if (half != null) {
                return half;
            }
        }
        return boardsDiffer();
    }

    private void addCell(final List<Long> cells, final Boards boards, final int square) {
        final CellGrid grid = boards.grid();
        final long cell = CellKey.spatial(grid.column(random.nextInt(-50, 50)), grid.column(random.nextInt(-50, 50)));
        if (!cells.contains(cell)) {
            cells.add(cell);
            boards.set(cell, square, 1);
        }
    }

    private void happen() {
        for (int i = 0; i < peers.players(); i++) {
            if (random.nextInt(4) == 0 && peers.client(i).window() != null) {
                ask(i, random.nextInt(RINGS));
            }
            if (peers.client(i).seat() >= 0 && peers.peer(i) != null) {
                walk(peers.seat(i));
            }
            if (random.nextInt(80) == 0) {
                peers.network().cutDown(peers.player(i).transport, peers.network().nowNs() + random.nextInt(2, 30) * SimulatedPeers.TICK_NS);
            }
        }
        // What no effect does keeps the cells talking.
        for (int i = 0; i < 4; i++) {
            noise(wide);
            noise(narrow);
        }
    }

    private void walk(final HostSeat seat) {
        final int step = random.nextInt(12) == 0 ? 40 : 4;
        seat.anchor(
            Math.max(-60, Math.min(60, seat.anchorX() + random.nextInt(-step, step + 1))), 0,
            Math.max(-60, Math.min(60, seat.anchorZ() + random.nextInt(-step, step + 1))));
    }

    private void noise(final Boards boards) {
        final CellGrid grid = boards.grid();
        final long cell = CellKey.spatial(grid.column(random.nextInt(-50, 50)), grid.column(random.nextInt(-50, 50)));
        boards.set(cell, NOISE, boards.numbers(cell)[NOISE] + 1);
    }

    private String boardsDiffer() {
        for (int i = 0; i < peers.players(); i++) {
            for (int source = 1; source <= 2; source++) {
                final CellSource boards = peers.host().sources().get(source);
                final Window window = peers.peer(i).window();
                for (int c = 0; c < window.size(); c++) {
                    final long cell = window.track(c).cell();
                    if (window.source(window.track(c)) != boards || CellKey.kind(cell) != CellKey.SPATIAL) {
                        continue;
                    }
                    final CellDigest expected = new CellDigest();
                    boards.digest(cell, expected);
                    if (!expected.items().equals(peers.client(i).digest(source, cell).items())) {
                        return "client " + i + ", source " + source + ", cell " + CellKey.describe(cell) + " differs from the host";
                    }
                }
            }
        }
        return null;
    }

    @Test
    void shouldShowEffectsOverEntitiesAndSourcesWholeOrNotAtAll() {
        int raised = 0;
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            final String wrong = play(seed, Repairs.ALL);
            assertNull(wrong, "seed " + seed + ": again with -Deffects.from=" + seed + " -Deffects.seeds=1");
            raised += rings.stream().mapToInt(ring -> ring.number - 1).sum();
        }
        assertTrue(raised > 50 * SEEDS, "effects: " + raised);
        assertTrue(compared > 500 * SEEDS, "rings of which several things were seen: " + compared);
    }

    @Test
    void shouldShowThemHalfWithoutTheGate() {
        String wrong = null;
        for (long seed = 1; seed <= 12 && wrong == null; seed++) {
            wrong = play(seed, Repairs.without(Repair.GATE));
        }
        assertNotNull(wrong, "what the gate guards");
    }

    /** Whoever joins meanwhile has effects in the same datagram as its welcome, and must not take their cells for ones that it does not see. */
    @Test
    void shouldTellNewcomersOfCellsThatEffectsTouchWhileTheyAreWelcomed() {
        home = 400;
        datagram = 1_200;
        begin(1, Repairs.ALL, 64, 60_000, LinkFaults.NONE);
        final Ring ring = new Ring();
        final int column = wide.grid().column(home);
        for (int x = column - 2; x < column + 2; x++) {
            ring.wide.add(CellKey.spatial(x, column));
            wide.set(CellKey.spatial(x, column), 0, 1);
        }
        rings.add(ring);
        peers.joined(1);
        for (int newcomer = 0; newcomer < 6; newcomer++) {
            peers.join("newcomer " + newcomer);
            for (int tick = 0; tick < 8; tick++) {
                ask(0, 0);
                peers.tick(1);
            }
        }
        peers.settle();
        peers.tick(40);
        assertNull(boardsDiffer());
    }

    // ---- a cell that was left ----

    /** While nothing reaches the client its window leaves a board, an effect touches that and an entity in view, and the window comes back. */
    private boolean leavesUnheard(final Repairs repairs) {
        begin(1, repairs, 64, 4_000, LinkFaults.NONE);
        final Ring ring = new Ring();
        ring.entities.add(peers.spawn(new Position(0, 0, 0), new Score(1)));
        ring.wide.add(CellKey.spatial(3, 0));
        wide.set(CellKey.spatial(3, 0), 0, 1);
        rings.add(ring);
        peers.joined(2);
        peers.settle();
        assertEquals(1, wideViews.get(0).number(CellKey.spatial(3, 0), 0), "the board is seen");
        peers.network().cutDown(peers.player(0).transport, peers.network().nowNs() + 14 * SimulatedPeers.TICK_NS);
        peers.tick(1);
        peers.seat(0).anchor(-30, 0, 0);
        peers.tick(2);
        ask(1, 0);
        peers.tick(4);
        peers.seat(0).anchor(0, 0, 0);
        boolean half = false;
        for (int tick = 0; tick < 200; tick++) {
            // So much is told first that the board must wait.
            for (int x = -3; x < 3; x++) {
                for (int z = -3; z < 3; z++) {
                    wide.set(CellKey.spatial(x, z), NOISE, 1_000 + tick);
                }
            }
            peers.tick(1);
            half |= half(0) != null;
        }
        assertEquals(2, peers.scoreOf(0, ring.entities.get(0)), "the effect is seen in the end");
        assertEquals(2, wideViews.get(0).number(CellKey.spatial(3, 0), 0), "the effect is seen in the end");
        return half;
    }

    @Test
    void shouldHideABoardThatAnEffectTouchedInACellThatWasLeftUnheard() {
        assertFalse(leavesUnheard(Repairs.ALL));
    }

    @Test
    void shouldShowTheEffectHalfWithoutThat() {
        assertTrue(leavesUnheard(Repairs.without(Repair.EFFECTS_TELL_OF_LEFT_CELLS)), "what the repair guards");
    }
}
