package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * One cell in which more changes than one datagram holds: its stream is cut anywhere, a sweep takes over where a member fits and does not where none
 * does. Everything arrives; the view must equal the cell each time that the stream has come to its head.
 */
class CutAnswersTest {
    private static final int SEEDS = 150;
    private static final int TICKS = 60;
    private static final int RATE = 20;
    private static final int SOME = 25;
    private static final int LEAST_ROOM = 8;
    private static final int MOST_ROOM = 60;
    private static final Map<Integer, Integer> VERSIONS = Map.of(CoreComponents.SCHEMA_ID, PositionComponentDecoder.SCHEMA_VERSION);
    private static final CellGrid GRID = new CellGrid(25);
    private static final long CELL = CellKey.spatial(0, 0);

    private int cut;

    @Test
    void shouldShowWhatTheCellHoldsWhereverAnswersAreCut() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Run(seed).play();
        }
        assertTrue(cut > 50 * SEEDS, cut + " answers were cut");
    }

    private final class Run {
        private final int seed;
        private final SplittableRandom random;
        private final World world = new World(new ColumnStore());
        private final CoreComponents core = new CoreComponents(world);
        private final Mirror mirror = new Mirror(world, ComponentTable.ofHost(world, VERSIONS), RATE);
        private final EntityCells cells = new EntityCells(core, mirror, GRID, new Stamp(), 8, RATE, Repairs.ALL, new Tally(1, 16));
        private final int handle = cells.watch(CELL);
        private final CellTrack track = new CellTrack();
        private final List<Integer> entities = new ArrayList<>();
        private final EntityReader reader;
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
        private final BitWriter out = new BitWriter();
        private final BitReader in = new BitReader();

        Run(final int seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            final World view = new World(new ColumnStore());
            new CoreComponents(view);
            reader = new EntityReader(view, ComponentTable.ofHost(view, VERSIONS), GRID, RATE, cell -> true, Repairs.ALL);
            track.window = new Window(new Watchers[0], 16, 4, Bands.NONE, Repairs.ALL);
            track.cell = CELL;
            track.handle = handle;
        }

        void play() {
            for (int i = 0; i < SOME; i++) {
                entities.add(spawn());
            }
            for (int tick = 1; tick <= TICKS; tick++) {
                live();
                mirror.encode(tick);
                cells.record(tick);
                // Now and then less is sent than there is.
                final int datagrams = random.nextInt(4) == 0 ? 1 : Integer.MAX_VALUE;
                for (int i = 0; i < datagrams && cells.hasNews(handle, track); i++) {
                    tell(tick, random.nextInt(LEAST_ROOM, MOST_ROOM));
                }
                reader.settle();
                if (!cells.hasNews(handle, track)) {
                    compare(tick);
                    lean(tick);
                }
            }
        }

        /** Of what was told some is heard of, and some is taken for lost and told again. */
        private void lean(final int tick) {
            if (random.nextInt(8) == 0) {
                track.leans = random.nextInt(5) > 0;
                track.leanTick = tick;
                track.leanStamp = track.base;
            } else if (track.leans && random.nextInt(3) == 0) {
                track.base = track.leanStamp;
                track.cursor = track.leanStamp;
                track.baseTick = track.leanTick;
                while (cells.hasNews(handle, track)) {
                    tell(tick, MOST_ROOM);
                }
            }
        }

        private void live() {
            for (int i = 0; i < entities.size(); i++) {
                final int entity = entities.get(i);
                final int what = random.nextInt(12);
                if (what < 2 || i % 5 == 0 && random.nextInt(8) > 0) {
                    core.position().get(entity).add(random.nextDouble(-0.1, 0.1), 0, 0);
                    core.position().markDirty(entity);
                } else if (what == 2) {
                    core.owner().get(entity).seat = random.nextInt(8);
                    core.owner().markDirty(entity);
                } else if (what == 3 && core.velocity().on(entity)) {
                    core.velocity().get(entity).set(random.nextDouble(), 0, 0);
                    core.velocity().markDirty(entity);
                } else if (what == 4 && random.nextInt(3) == 0) {
                    world.despawn(entity);
                    entities.set(i, spawn());
                }
            }
        }

        private int spawn() {
            final Position position = new Position(random.nextDouble(5, 20), 0, random.nextDouble(5, 20));
            final Owner owner = new Owner(random.nextInt(8));
            return random.nextBoolean() ? world.spawn(position, owner) : world.spawn(position, owner, new Velocity(random.nextDouble(), 0, 0));
        }

        /** One datagram with as much as fits. */
        private void tell(final int tick, final int room) {
            final EntityAnswer answer = cells.answer();
            answer.prepare(handle, track, tick);
            final boolean plain = answer.isPlain();
            out.wrap(buffer, 0, room);
            if (!answer.write(out, plain)) {
                return;
            }
            cut += cells.hasNews(handle, track) ? 1 : 0;
            out.align();
            in.wrap(buffer, 0, out.endByte());
            assertEquals(EntityReader.READ, reader.read(CELL, tick, in, plain, true), "seed " + seed + ", tick " + tick);
        }

        private void compare(final int tick) {
            final CellDigest host = new CellDigest();
            cells.digest(CELL, host);
            final CellDigest seen = new CellDigest();
            reader.digest(CELL, seen);
            assertEquals(host.items(), seen.items(), "seed " + seed + ", tick " + tick);
        }
    }
}
