package dev.planetary.plugin.terrain;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** A chunk on a client: the version it shows, the parts of a newer one, and edits that came before the version from which they lead. */
final class ClientChunk {
    /** Edits that may wait; more means that something else is wrong. */
    static final int WAITING_MOST = 256;

    private static final int WAITING_LEAST = 4;

    /** Voxels of {@link #version}; null before the first. */
    Voxels voxels;

    /** Never goes down; 0 before the first. */
    int version;

    /** Parts of a newer version; null where none were ever received. */
    BlobAssembly assembly;

    /** Whether an edit or a whole chunk could not be applied: only a newer whole chunk helps. */
    boolean broken;

    /** The edit that {@link #takeNext} found, at {@link #nextOffset}. */
    byte[] waiting = new byte[0];
    int nextOffset;

    private int waitingCount;

    /** Keeps an edit until its version is there. Returns false where too many wait. */
    boolean keep(final DirectBuffer buffer, final int offset, final int from) {
        for (int i = 0; i < waitingCount; i++) {
            if (fromVersion(i) == from) {
                return true;
            }
        }
        if (waitingCount == WAITING_MOST) {
            return false;
        }
        final int at = waitingCount * TerrainRecord.EDIT_LENGTH;
        if (at == waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(WAITING_LEAST * TerrainRecord.EDIT_LENGTH, at * 2));
        }
        buffer.getBytes(offset, waiting, at, TerrainRecord.EDIT_LENGTH);
        waitingCount++;
        return true;
    }

    /**
     * Takes the waiting edit that leads on from the present version, and those out that the version has passed. Returns whether there is one; it stays
     * readable at {@link #nextOffset} until the next edit is kept.
     */
    boolean takeNext() {
        boolean found = false;
        int i = 0;
        while (i < waitingCount) {
            final int from = fromVersion(i);
            if (from > version) {
                i++;
            } else {
                swapOut(i);
                if (from == version) {
                    found = true;
                    nextOffset = waitingCount * TerrainRecord.EDIT_LENGTH;
                    break;
                }
            }
        }
        return found;
    }

    /** Forgets all edits that wait. */
    void dropWaiting() {
        waitingCount = 0;
    }

    /** Edits that wait. */
    int waitingCount() {
        return waitingCount;
    }

    private int fromVersion(final int i) {
        return ChunkFormat.readInt(waiting, i * TerrainRecord.EDIT_LENGTH + TerrainRecord.FROM);
    }

    /** Exchanges an edit with the last and shortens the list by that one. */
    private void swapOut(final int i) {
        waitingCount--;
        final int a = i * TerrainRecord.EDIT_LENGTH;
        final int b = waitingCount * TerrainRecord.EDIT_LENGTH;
        for (int k = 0; k < TerrainRecord.EDIT_LENGTH; k++) {
            final byte held = waiting[a + k];
            waiting[a + k] = waiting[b + k];
            waiting[b + k] = held;
        }
    }
}
