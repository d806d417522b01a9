package dev.planetary.core.cell;

import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.IntArrayList;

/** The entities that the client's world holds, by cell, as the registers say: brings them in, changes them and takes them out, and tells the listeners. */
final class ShownEntities {
    private final World world;
    private final ComponentTable table;
    private final EntityRegisters registers;
    private final List<EntityListener> listeners = new ArrayList<>();
    private final IntArrayList leavingRows = new IntArrayList();
    private CellMembers[] shownIn = new CellMembers[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private boolean[] leaving = new boolean[0];

    ShownEntities(final World world, final ComponentTable table, final EntityRegisters registers) {
        this.world = world;
        this.table = table;
        this.registers = registers;
    }

    void listen(final EntityListener listener) {
        listeners.add(listener);
    }

    boolean isShown(final int row) {
        return shownIn[row] != null;
    }

    boolean isIn(final int row, final CellMembers members) {
        return shownIn[row] == members;
    }

    /** The member that came into the cell before this one. */
    int next(final int row) {
        return next[row];
    }

    int entity(final int row) {
        return NetworkId.of(registers.slotOf(row), registers.generation[row]);
    }

    // ---- coming and going ----

    /** Brings the entity in, with the components of its composition. */
    void enter(final int row, final CellMembers members) {
        link(row, members);
        final long composition = registers.composition[row];
        final List<Object> components = new ArrayList<>(Long.bitCount(composition));
        for (long rest = composition; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            if (table.type(wire) != null) {
                components.add(decoded(table.type(wire), row, wire));
            }
        }
        final int entity = entity(row);
        world.spawnAs(entity, components.toArray());
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onEntered(entity);
        }
    }

    void move(final int row, final CellMembers members) {
        if (shownIn[row] != members) {
            unlink(row);
            link(row, members);
        }
    }

    /** Takes the entity out, if it is in. */
    void hide(final int row) {
        leaving[row] = false;
        if (shownIn[row] == null) {
            return;
        }
        final int entity = entity(row);
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onLeft(entity);
        }
        unlink(row);
        world.despawn(entity);
    }

    /** The entity is taken out when all datagrams at hand are read, unless one of them says where it is now. */
    void leave(final int row) {
        if (shownIn[row] != null && !leaving[row]) {
            leaving[row] = true;
            leavingRows.addInt(row);
        }
    }

    boolean isLeaving(final int row) {
        return leaving[row];
    }

    void stay(final int row) {
        leaving[row] = false;
    }

    void settle() {
        for (int i = 0; i < leavingRows.size(); i++) {
            final int row = leavingRows.getInt(i);
            if (leaving[row]) {
                hide(row);
            }
        }
        leavingRows.clear();
    }

    private void link(final int row, final CellMembers members) {
        shownIn[row] = members;
        previous[row] = EntityRegisters.NOBODY;
        next[row] = members.first;
        if (members.first != EntityRegisters.NOBODY) {
            previous[members.first] = row;
        }
        members.first = row;
    }

    private void unlink(final int row) {
        if (previous[row] == EntityRegisters.NOBODY) {
            shownIn[row].first = next[row];
        } else {
            next[previous[row]] = next[row];
        }
        if (next[row] != EntityRegisters.NOBODY) {
            previous[next[row]] = previous[row];
        }
        shownIn[row] = null;
    }

    // ---- components ----

    /** Takes over the newest values of these components. */
    void change(final int row, final long changed) {
        final int entity = entity(row);
        long types = 0;
        for (long rest = changed; rest != 0; rest &= rest - 1) {
            final int wire = Long.numberOfTrailingZeros(rest);
            final ComponentType<?> type = table.type(wire);
            if (type != null && decodeInto(type, entity, row, wire)) {
                types |= type.bit();
            }
        }
        if (types != 0) {
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).onChanged(entity, types);
            }
        }
    }

    /** Gives and takes components until the shown entity has exactly those of its composition. */
    void recompose(final int row) {
        final int entity = entity(row);
        for (int wire = 0; wire < table.size(); wire++) {
            final ComponentType<?> type = table.type(wire);
            if (type == null) {
                continue;
            }
            final boolean wanted = (registers.composition[row] & 1L << wire) != 0;
            if (wanted && !type.on(entity)) {
                world.add(entity, decoded(type, row, wire));
            } else if (!wanted && type.on(entity)) {
                world.remove(entity, type);
            }
        }
    }

    private <T> T decoded(final ComponentType<T> type, final int row, final int wire) {
        final T component = type.create();
        decode(type, component, row, wire);
        return component;
    }

    private <T> boolean decodeInto(final ComponentType<T> type, final int entity, final int row, final int wire) {
        final T component = type.get(entity);
        if (component == null) {
            return false;
        }
        decode(type, component, row, wire);
        return true;
    }

    private <T> void decode(final ComponentType<T> type, final T into, final int row, final int wire) {
        final EntityValues values = registers.values();
        type.codec().decode(into, values.buffer(wire), values.newestOffset(row, wire), table.length(wire), table.version(wire));
    }

    void digest(final CellMembers members, final CellDigest digest) {
        for (int row = members.first; row != EntityRegisters.NOBODY; row = next[row]) {
            EntityDigest.add(table, entity(row), digest);
        }
    }

    void growTo(final int rows) {
        shownIn = Arrays.copyOf(shownIn, rows);
        next = Arrays.copyOf(next, rows);
        previous = Arrays.copyOf(previous, rows);
        leaving = Arrays.copyOf(leaving, rows);
    }
}
