package dev.planetary.plugin.terrain;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;

/**
 * A chunk on a client: the version it has, the parts of a newer one, edits that came before the version from which they lead, and what the player's own
 * unanswered edits make it look like.
 */
final class ClientChunk {
    /** Edits that may wait; more means that something else is wrong. */
    static final int WAITING_MOST = 256;

    /** No material: what a voxel is not predicted to be. */
    static final int NOT_PREDICTED = -1;

    private static final int WAITING_LEAST = 4;

    /** Voxels of {@link #version}; null before the first. */
    Voxels voxels;

    /** Never goes down; 0 before the first. */
    int version;

    /** Whether {@link #voxels} may be looked at: not before every edit is done that was told with others. Never goes back. */
    boolean shown;

    /** Version that must be reached before the chunk is shown. */
    int shownFrom;

    /** {@link ContentHash} of {@link #voxels} as the edits made it, where {@link #hashed}. */
    long contentHash;
    boolean hashed;

    /** Waits to be generated, and must then have a content hash of which this is the brief. */
    boolean awaitsGeneration;
    int generatedHash;

    /** What looks different from {@link #voxels}, by index: predictions; null where there are none. */
    Int2IntHashMap predicted;

    /** Parts of a newer version; null where none were ever received. */
    BlobAssembly assembly;

    /** Whether an edit or a whole chunk could not be applied: only a newer whole chunk helps. */
    boolean broken;

    /** Whether the host was asked for it since it broke. */
    boolean asked;

    /** Version at which the host was found to be ahead; 0 for none. */
    int laggedAt;

    /** The edit that {@link #takeNext} found, at {@link #nextOffset}. */
    byte[] waiting = new byte[0];
    int nextOffset;

    private int waitingCount;

    /** Keeps an edit until its version is there. Returns false where too many wait. */
    boolean keep(final DirectBuffer buffer, final int offset, final int from) {
        final int at = roomFor(from);
        if (at > 0) {
            buffer.getBytes(offset, waiting, at - 1, TerrainRecord.EDIT_LENGTH);
        }
        return at >= 0;
    }

    /** Keeps an edit until its version is there. Returns false where too many wait. */
    boolean keep(final byte[] record, final int offset, final int from) {
        final int at = roomFor(from);
        if (at > 0) {
            System.arraycopy(record, offset, waiting, at - 1, TerrainRecord.EDIT_LENGTH);
        }
        return at >= 0;
    }

    /** One more than where an edit may be written; 0 where it is there already, -1 where too many wait. */
    private int roomFor(final int from) {
        for (int i = 0; i < waitingCount; i++) {
            if (fromVersion(i) == from) {
                return 0;
            }
        }
        if (waitingCount == WAITING_MOST) {
            return -1;
        }
        final int at = waitingCount * TerrainRecord.EDIT_LENGTH;
        if (at == waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(WAITING_LEAST * TerrainRecord.EDIT_LENGTH, at * 2));
        }
        waitingCount++;
        return at + 1;
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
