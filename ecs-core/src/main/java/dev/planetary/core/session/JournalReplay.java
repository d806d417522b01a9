package dev.planetary.core.session;

import dev.planetary.core.cell.CellSource;
import dev.planetary.core.journal.JournalException;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Does again what the journal holds, frame by frame, between the loading of the saved world and the first tick. Doing a frame twice does no more than doing
 * it once. What cannot be one of ours ends it with a sentence: the checksum was right, so it is another build's, or another set of plugins'.
 */
final class JournalReplay {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private final World world;
    private final Peers peers;
    private final CellSource[] sources;
    private ComponentType<?>[] types = {};
    private int[] lengths = {};
    private int[] versions = {};
    private CellSource[] sourcesOfFile = {};
    private DirectBuffer in;
    private int at;
    private int end;

    JournalReplay(final World world, final Peers peers, final CellSource[] sources) {
        this.world = world;
        this.peers = peers;
        this.sources = sources;
    }

    /** One frame. */
    void onFrame(final String file, final int tick, final DirectBuffer payload, final int offset, final int length) {
        in = payload;
        at = offset;
        end = offset + length;
        world.tick(tick);
        try {
            while (at < end) {
                item();
            }
        } catch (final IllegalArgumentException | IllegalStateException e) {
            throw new JournalException(file + " cannot be done again: " + e.getMessage() + " (tick " + Integer.toUnsignedString(tick)
                + "); start with the build and the plugins that wrote it", e);
        }
    }

    private void item() {
        final int kind = u8();
        switch (kind) {
            case HostJournal.TABLE -> table();
            case HostJournal.SEAT -> peers.restore(i32(), new PlayerId(i64(), i64()), "");
            case HostJournal.VERDICT -> verdict();
            case HostJournal.ENTITY -> entity();
            case HostJournal.GONE -> clear(i32());
            case HostJournal.PART -> part();
            default -> throw new IllegalArgumentException("an item of kind " + kind);
        }
    }

    private void table() {
        final int count = u16();
        if (count > World.MAX_TYPES) {
            throw new IllegalArgumentException(count + " components");
        }
        types = new ComponentType<?>[count];
        lengths = new int[count];
        versions = new int[count];
        for (int i = 0; i < count; i++) {
            final int schema = u16();
            final int template = u16();
            types[i] = world.types().stream()
                .filter(type -> type.isReplicated() && type.schemaId() == schema && type.templateId() == template)
                .findFirst().orElse(null);
            lengths[i] = u16();
            versions[i] = u16();
        }
        sourcesOfFile = new CellSource[u8()];
        for (int i = 0; i < sourcesOfFile.length; i++) {
            sourcesOfFile[i] = source(i, u16());
        }
    }

    /** The source of that schema; of several, the one in the same place among them. */
    private CellSource source(final int place, final int schema) {
        int before = 0;
        for (int i = 0; i < place; i++) {
            before += sourcesOfFile[i] != null && sourcesOfFile[i].schemaId() == schema ? 1 : 0;
        }
        for (final CellSource source : sources) {
            if (source.schemaId() == schema && before-- == 0) {
                return source;
            }
        }
        return null;
    }

    private void verdict() {
        final HostSeat seat = peers.seatOrNull(i32());
        final int request = i32();
        if (seat == null) {
            throw new IllegalArgumentException("a verdict for a seat that nobody has");
        }
        if (u8() != 0) {
            seat.remember(request, HostSeat.APPROVED_BEFORE);
            peers.keep(seat);
        } else {
            final String reason = new String(bytes(u16()), StandardCharsets.UTF_8);
            seat.remember(request, Verdict.rejected(reason, bytes(u8())));
        }
    }

    private void entity() {
        final int entity = i32();
        final long mask = i64();
        if (NetworkId.generation(entity) == 0 || (types.length == 0 ? mask : mask >>> types.length) != 0) {
            throw new IllegalArgumentException("an entity that cannot be");
        }
        final List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if ((mask & 1L << i) != 0) {
                final int block = skip(lengths[i]);
                if (types[i] != null) {
                    values.add(decode(types[i], block, lengths[i], versions[i]));
                }
            }
        }
        clear(NetworkId.slot(entity));
        world.spawnAs(entity, values.toArray());
    }

    private <T> T decode(final ComponentType<T> type, final int block, final int length, final int version) {
        final T component = type.create();
        type.codec().decode(component, in, block, length, version);
        return component;
    }

    private void clear(final int slot) {
        if (slot < 0 || slot >= world.maxSlots()) {
            throw new IllegalArgumentException("slot " + slot);
        }
        final int there = world.entityAt(slot);
        if (there != NetworkId.NONE) {
            world.despawn(there);
        }
    }

    private void part() {
        final int number = u8();
        final long cell = i64();
        final int length = u16();
        final int bytes = skip(length);
        if (number >= sourcesOfFile.length || sourcesOfFile[number] == null) {
            throw new IllegalArgumentException("it did something to a source whose plugin is not among those chosen");
        }
        sourcesOfFile[number].redo(cell, in, bytes, length);
    }

    private int skip(final int length) {
        if (length > end - at) {
            throw new IllegalArgumentException("an item that ends too soon");
        }
        at += length;
        return at - length;
    }

    private int u8() {
        return in.getByte(skip(1)) & 0xFF;
    }

    private int u16() {
        return in.getShort(skip(Short.BYTES), LE) & 0xFFFF;
    }

    private int i32() {
        return in.getInt(skip(Integer.BYTES), LE);
    }

    private long i64() {
        return in.getLong(skip(Long.BYTES), LE);
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length > end - at ? 0 : length];
        in.getBytes(skip(length), bytes);
        return bytes;
    }
}
