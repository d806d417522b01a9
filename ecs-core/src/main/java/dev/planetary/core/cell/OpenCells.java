package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The cells of the window in which something was heard of entities. */
final class OpenCells {
    /** Bound on the memory that a host with absurd names can make a client take: all cells' room for names. */
    private static final int MOST_NAMES = 1 << 20;

    private final Long2ObjectHashMap<CellMembers> cells = new Long2ObjectHashMap<>();
    private final List<CellMembers> pool = new ArrayList<>();
    private int openings;
    private int roomForNames;

    /** The cell's members, or null where it is not open. */
    CellMembers find(final long cell) {
        return cells.get(cell);
    }

    /** The cell's members; opens it where it is not. */
    CellMembers of(final long cell) {
        CellMembers members = cells.get(cell);
        if (members == null) {
            members = pool.isEmpty() ? new CellMembers() : pool.remove(pool.size() - 1);
            openings++;
            if (openings == 0) {
                openings++;
            }
            members.opening = openings;
            cells.put(cell, members);
        }
        return members;
    }

    /** Forgets a cell that is open; nothing is shown in it any more. */
    void close(final long cell) {
        final CellMembers members = cells.remove(cell);
        members.clear();
        pool.add(members);
    }

    /** Who had this name in the cell as of {@code tick}, or {@link NetworkId#NONE}. */
    int idOf(final long cell, final int name, final int tick) {
        final CellMembers members = cells.get(cell);
        return members == null ? NetworkId.NONE : members.names.idOf(name, tick);
    }

    /** A record of {@code tick} says what an entity is called in the cell. */
    void note(final long cell, final int name, final int id, final int tick) {
        final CellNames names = of(cell).names;
        if (name >= names.capacity()) {
            final int more = CellNames.capacityFor(name) - names.capacity();
            if (roomForNames + more > MOST_NAMES) {
                return;
            }
            roomForNames += more;
        }
        names.note(name, id, tick);
    }
}
