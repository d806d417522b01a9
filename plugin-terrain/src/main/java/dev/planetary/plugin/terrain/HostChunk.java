package dev.planetary.plugin.terrain;

/** A chunk on the host: its voxels, or their encoded form, or both; its version; and its newest edits. */
final class HostChunk {
    private static final int EDITS_LEAST = 2;

    /** From the lowest of the column, 0. */
    final int number;

    /** Decoded voxels; null while only {@link #blob} is there. */
    Voxels voxels;

    /** Encoded form of {@link #version}; null where it has not been made. */
    byte[] blob;

    /** Rises by one with each edit that changes something. */
    int version = 1;

    /** Stamp of the newest change. */
    long stamp;

    /** Whoever is complete up to here or further can be served with edits; others need the whole chunk. */
    long floor;

    /** Whether it differs from what it would be if it were made again. */
    boolean edited;

    /** Newest edits; null where there were none. */
    EditRing edits;

    /** Tick at which a client last had it sent again. */
    int resentTick;

    /** Whether a client ever had it sent again. */
    boolean resent;

    private int lengthWhole = EditRing.CAPACITY * TerrainRecord.EDIT_LENGTH;

    HostChunk(final int number) {
        this.number = number;
    }

    /** Whether all its voxels are known to be of one material. */
    boolean isUniform() {
        return voxels != null && voxels.isUniform();
    }

    /** Sets the encoded form. */
    void blob(final byte[] encoded) {
        blob = encoded;
        lengthWhole = encoded.length;
    }

    /** Makes room for one more edit: fewer than {@link EditRing#CAPACITY}, and together shorter than the whole chunk was when last encoded. */
    void makeRoomForEdit() {
        if (edits == null) {
            edits = new EditRing();
        }
        final int most = Math.min(EditRing.CAPACITY, Math.max(EDITS_LEAST, lengthWhole / TerrainRecord.EDIT_LENGTH));
        while (edits.size() >= most) {
            floor = edits.dropOldest();
        }
    }

    /** Stamp of what comes next for a consumer; {@link Long#MAX_VALUE} where it lacks nothing of this chunk. */
    long next(final long base, final long cursor) {
        if (stamp <= cursor) {
            return Long.MAX_VALUE;
        }
        return base >= floor ? edits.stampAfter(cursor) : stamp;
    }
}
