package dev.planetary.core.cell;

import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.sbe.VelocityComponentDecoder;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.FieldLayout;
import dev.planetary.core.world.World;
import java.util.List;

/**
 * The replicated components of a world in wire order: where each lies in a row of images, and how long it is. On a host the order is that of
 * registration; a client takes the host's order and lengths, and has no type for what it lacks.
 */
public final class ComponentTable {
    private final ComponentType<?>[] types;
    private final int[] lengths;
    private final int[] versions;
    private final FieldLayout[] fields;
    private final int[] offsets;
    private final int[] wireIndexes = new int[World.MAX_TYPES];
    private final int rowLength;
    private final int position;
    private final int velocity;

    /**
     * A table of columns.
     *
     * @param types    by wire index; null where this side lacks the component.
     * @param lengths  bytes of each block.
     * @param versions schema version of each block's writer.
     * @param fields   what each block is made of.
     */
    public ComponentTable(final ComponentType<?>[] types, final int[] lengths, final int[] versions, final FieldLayout[] fields) {
        this.types = types.clone();
        this.lengths = lengths.clone();
        this.versions = versions.clone();
        this.fields = fields.clone();
        this.offsets = new int[types.length];
        java.util.Arrays.fill(wireIndexes, -1);
        int offset = 0;
        for (int i = 0; i < types.length; i++) {
            offsets[i] = offset;
            offset += lengths[i];
            if (types[i] != null) {
                wireIndexes[types[i].index()] = i;
            }
        }
        // Rows begin at multiples of 8, so that no usual row straddles more cache lines than it must.
        rowLength = offset + 7 & ~7;
        position = wireIndexOf(PositionComponentDecoder.TEMPLATE_ID);
        velocity = wireIndexOf(VelocityComponentDecoder.TEMPLATE_ID);
    }

    private int wireIndexOf(final int coreTemplate) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] != null && types[i].schemaId() == CoreComponents.SCHEMA_ID && types[i].templateId() == coreTemplate) {
                return i;
            }
        }
        return -1;
    }

    /** The table of a host: all replicated types of its world; {@code versionOf} a schema is taken from {@code versions} by schema id. */
    public static ComponentTable ofHost(final World world, final java.util.Map<Integer, Integer> versions) {
        final List<? extends ComponentType<?>> replicated = world.types().stream().filter(ComponentType::isReplicated).toList();
        return new ComponentTable(
            replicated.toArray(new ComponentType<?>[0]),
            replicated.stream().mapToInt(type -> type.codec().blockLength()).toArray(),
            replicated.stream().mapToInt(type -> versions.getOrDefault(type.schemaId(), 0)).toArray(),
            replicated.stream().map(type -> type.codec().fields()).toArray(FieldLayout[]::new));
    }

    /** How many components. */
    public int size() {
        return types.length;
    }

    /** The type at a wire index, or null where this side lacks it. */
    public ComponentType<?> type(final int wireIndex) {
        return types[wireIndex];
    }

    /** Wire index of a world type, or -1 where it is not replicated. */
    public int wireIndex(final int typeIndex) {
        return wireIndexes[typeIndex];
    }

    /** Bytes of the block. */
    public int length(final int wireIndex) {
        return lengths[wireIndex];
    }

    /** Schema version of the block's writer. */
    public int version(final int wireIndex) {
        return versions[wireIndex];
    }

    /** What the block is made of. */
    public FieldLayout fields(final int wireIndex) {
        return fields[wireIndex];
    }

    /** Wire index of the position, or -1. */
    public int position() {
        return position;
    }

    /** Wire index of the velocity, or -1. */
    public int velocity() {
        return velocity;
    }

    /** Where the block lies in a row. */
    public int offset(final int wireIndex) {
        return offsets[wireIndex];
    }

    /** Bytes of a row. */
    public int rowLength() {
        return rowLength;
    }

    /** Bits of all wire indexes. */
    public long allBits() {
        return types.length == 0 ? 0 : -1L >>> 64 - types.length;
    }

    /** Turns bits of world types into bits of wire indexes. */
    public long wireMask(final long typeMask) {
        long wire = 0;
        for (long rest = typeMask; rest != 0; rest &= rest - 1) {
            final int type = Long.numberOfTrailingZeros(rest);
            if (type < World.MAX_TYPES && wireIndexes[type] >= 0) {
                wire |= 1L << wireIndexes[type];
            }
        }
        return wire;
    }
}
