package dev.planetary.core.cell;

import dev.planetary.core.world.NetworkId;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Remembers the images of a host at every tick, to compare what its clients lean on with: each value must be the one that the host had at that tick. For
 * tests of the protocol; it keeps everything that ever changed.
 */
public final class LeanCheck implements LeanProbe {
    private final Mirror mirror;
    private final ComponentTable table;
    private final int rowLength;
    private final Int2ObjectHashMap<Versions> slots = new Int2ObjectHashMap<>();
    private long looks;
    private String wrong;

    /** What was true of one slot, from which tick on. */
    private static final class Versions {
        private int count;
        private int[] ticks = new int[8];
        private int[] ids = new int[8];
        private long[] masks = new long[8];
        private final UnsafeBuffer rows = new UnsafeBuffer(0, 0);

        private Versions(final int rowLength) {
            rows.wrap(new byte[8 * rowLength]);
        }

        private void add(final int tick, final int id, final long mask, final int rowLength) {
            if (count == ticks.length) {
                ticks = Arrays.copyOf(ticks, count * 2);
                ids = Arrays.copyOf(ids, count * 2);
                masks = Arrays.copyOf(masks, count * 2);
                rows.wrap(Arrays.copyOf(rows.byteArray(), count * 2 * rowLength));
            }
            ticks[count] = tick;
            ids[count] = id;
            masks[count++] = mask;
        }

        /** The version that was true of the entity at this tick, or -1. */
        private int at(final int id, final int tick) {
            for (int i = count - 1; i >= 0; i--) {
                if (!Tick.isNewer(ticks[i], tick)) {
                    return ids[i] == id ? i : -1;
                }
            }
            return -1;
        }
    }

    /** Of a host's images. */
    public LeanCheck(final Mirror mirror) {
        this.mirror = mirror;
        this.table = mirror.table();
        this.rowLength = table.rowLength();
    }

    /** Takes the images of this tick; call once behind each. */
    public void note(final int tick) {
        for (int slot = 0; slot < mirror.slots(); slot++) {
            final int id = mirror.id(slot);
            final int at = id == NetworkId.NONE ? ImageRows.NONE : mirror.at(slot, tick);
            if (at == ImageRows.NONE) {
                continue;
            }
            Versions versions = slots.get(slot);
            if (versions == null) {
                versions = new Versions(rowLength);
                slots.put(slot, versions);
            }
            if (!isNewest(versions, id, mirror.mask(slot), at)) {
                versions.add(tick, id, mirror.mask(slot), rowLength);
                mirror.rows().buffer().getBytes(at, versions.rows, (versions.count - 1) * rowLength, rowLength);
            }
        }
    }

    private boolean isNewest(final Versions versions, final int id, final long mask, final int at) {
        final int newest = versions.count - 1;
        if (newest < 0 || versions.ids[newest] != id || versions.masks[newest] != mask) {
            return false;
        }
        final UnsafeBuffer images = mirror.rows().buffer();
        final int noted = newest * rowLength;
        int i = 0;
        for (; i + Long.BYTES <= rowLength; i += Long.BYTES) {
            if (versions.rows.getLong(noted + i) != images.getLong(at + i)) {
                return false;
            }
        }
        for (; i < rowLength; i++) {
            if (versions.rows.getByte(noted + i) != images.getByte(at + i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onLean(
        final int slot, final int generation, final int wire, final int leanTick, final DirectBuffer block, final int offset, final int length) {
        looks++;
        final int id = NetworkId.of(slot, generation);
        final Versions versions = slots.get(slot);
        final int at = versions == null ? -1 : versions.at(id, leanTick);
        if (at < 0 || (versions.masks[at] & 1L << wire) == 0) {
            fail(id, wire, leanTick, "the host had none");
            return;
        }
        for (int i = 0; i < length; i++) {
            if (versions.rows.getByte(at * rowLength + table.offset(wire) + i) != block.getByte(offset + i)) {
                fail(id, wire, leanTick, "it is not what the host had");
                return;
            }
        }
    }

    @Override
    public void onAbsent(final int slot, final int generation, final int wire, final int leanTick) {
        looks++;
        final int id = NetworkId.of(slot, generation);
        final Versions versions = slots.get(slot);
        final int at = versions == null ? -1 : versions.at(id, leanTick);
        if (at >= 0 && (versions.masks[at] & 1L << wire) != 0) {
            fail(id, wire, leanTick, "it takes it for absent, and the host had one");
        }
    }

    private void fail(final int id, final int wire, final int leanTick, final String what) {
        if (wrong == null) {
            wrong = "a client leans on component " + wire + " of " + NetworkId.describe(id) + " at tick " + leanTick + ": " + what;
        }
    }

    /**
     * What is wrong with where a consumer stands: everything must lie in the order lean, base, cursor, head. A base of {@link Stamp#NEVER} asks for
     * everything anew, and then what was acknowledged before may still be leaned on. Null where nothing is wrong.
     */
    public String check(final Window window) {
        for (int i = 0; i < window.size(); i++) {
            final CellTrack track = window.track(i);
            final long head = window.source(track).head(track.handle);
            if (track.leans && track.base != Stamp.NEVER && track.leanStamp > track.base || track.base > track.cursor || track.cursor > head) {
                return "cell " + CellKey.describe(track.cell()) + " of source " + track.source + " stands at lean "
                    + (track.leans ? track.leanStamp : "none") + ", base " + track.base + ", cursor " + track.cursor + ", head " + head;
            }
        }
        return null;
    }

    /** The first value that was not what the host had, or null. */
    public String wrong() {
        return wrong;
    }

    /** Values looked at. */
    public long looks() {
        return looks;
    }
}
