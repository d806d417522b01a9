package dev.planetary.plugin.terrain;

/** A chunk on the host: its voxels, or their encoded form, or both; its version; and its newest edits. */
final class HostChunk {
    private static final int EDITS_LEAST = 2;

    /** From the lowest of the column, 0. */
    final int number;

    /** Decoded voxels; null while only {@link #blob} is there. */
    Voxels voxels;

    /**
     * Encoded form of this version or an earlier one, from which the ring of edits leads on; null where it has not been made, or the ring has forgotten
     * too much.
     */
    byte[] blob;

    /** Version of {@link #blob}. */
    int blobVersion;

    /** Stamp of the chunk when {@link #blob} was made. */
    long blobStamp;

    /** Rises by one with each edit that changes something. */
    int version = 1;

    /** Stamp of the newest change. */
    long stamp;

    /** Whoever is complete up to here or further can be served with edits; others need the whole chunk. */
    long floor;

    /** Whether it differs from what it would be if it were made again. */
    boolean edited;

    /** Whether it is as the generator made it, so that clients can make it themselves. */
    boolean generated;

    /** {@link ContentHash} of the present version, where {@link #hashed}. */
    long contentHash;
    boolean hashed;

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

    /** Sets the encoded form of the present version. */
    void blob(final byte[] encoded) {
        blob = encoded;
        blobVersion = version;
        blobStamp = stamp;
        lengthWhole = encoded.length;
    }

    /** Whether {@link #blob} is of the present version. */
    boolean isBlobCurrent() {
        return blob != null && blobVersion == version;
    }

    /** Whether it goes as what the generator makes: nobody has changed it, and no client has found that it makes something else. */
    boolean isServedAsGenerated() {
        return generated && !isUniform();
    }

    /** Takes its first stamp, or another without having changed: from then on it goes whole to everybody who has less. */
    void restamp(final long newStamp) {
        blob = isBlobCurrent() ? blob : null;
        blobStamp = newStamp;
        stamp = newStamp;
        floor = newStamp;
        if (edits != null) {
            edits.clear();
        }
    }

    /** Makes room for one more edit: fewer than {@link EditRing#CAPACITY}, and together shorter than the whole chunk was when last encoded. */
    void makeRoomForEdit() {
        if (edits == null) {
            edits = new EditRing();
        }
        final int most = Math.min(EditRing.CAPACITY, Math.max(EDITS_LEAST, lengthWhole / TerrainRecord.EDIT_LENGTH));
        while (edits.size() >= most) {
            floor = edits.dropOldest();
            if (blobStamp < floor) {
                blob = null;
            }
        }
    }

    /**
     * Stamp at which the whole chunk stands in the stream: of its encoded form where there is one, so that edits do not interrupt its being served.
     * Never goes down.
     */
    long wholeStamp() {
        return blob == null || isUniform() ? stamp : blobStamp;
    }

    /** Whether a consumer has a version of this chunk from which edits lead on: it was complete, or it has passed the whole chunk in the stream. */
    boolean isServedWithEdits(final long base, final long cursor) {
        return base >= floor || cursor >= wholeStamp();
    }

    /** Stamp of what comes next for a consumer; {@link Long#MAX_VALUE} where it lacks nothing of this chunk. */
    long next(final long base, final long cursor) {
        if (stamp <= cursor) {
            return Long.MAX_VALUE;
        }
        return isServedWithEdits(base, cursor) ? edits.stampAfter(cursor) : wholeStamp();
    }
}
