package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes between two records, while players come and go. */
class EntityCellsTest {
    private static final int RATE = 20;

    private final World world = new World(new ColumnStore());
    private final CoreComponents core = new CoreComponents(world);
    private final Mirror mirror = new Mirror(world, ComponentTable.ofHost(world, Map.of()), RATE);
    private final EntityCells cells =
        new EntityCells(core, mirror, new CellGrid(25), new Stamp(), 8, RATE, Repairs.ALL, new Tally(1, 16));

    @Test
    void shouldFileWhatPassedOnBeforeItsFormerOwnerCame() {
        final int secret = world.spawn(new PrivateTo(0));
        tick(1);
        core.privateTo().get(secret).seat = 1;
        core.privateTo().markDirty(secret);
        cells.watch(CellKey.privateTo(0));
        tick(2);
        assertEquals(0, membersOf(CellKey.privateTo(0)));
        assertEquals(1, membersOf(CellKey.privateTo(1)));
    }

    @Test
    void shouldFileWhatMovedAwayBeforeSomebodyWatched() {
        final int wanderer = world.spawn(new Position(10, 0, 10));
        tick(1);
        core.position().get(wanderer).x = 60;
        core.position().markDirty(wanderer);
        cells.watch(CellKey.spatial(0, 0));
        tick(2);
        assertEquals(0, membersOf(CellKey.spatial(0, 0)));
        assertEquals(1, membersOf(CellKey.spatial(2, 0)));
    }

    private void tick(final int tick) {
        mirror.encode(tick);
        cells.record(tick);
    }

    private int membersOf(final long cell) {
        final CellDigest digest = new CellDigest();
        cells.digest(cell, digest);
        return digest.items().size();
    }
}
