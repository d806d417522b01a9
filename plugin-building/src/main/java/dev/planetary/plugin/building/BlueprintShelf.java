package dev.planetary.plugin.building;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The blueprints that a host knows, by their hash, and those whose pieces are still coming. Bounded: {@link #MOST_A_PLAYER} of each player, whose oldest
 * make room for its newest, {@link #MOST} in all, and one upload at a time for each player. Forgotten when the host ends: players upload again.
 */
final class BlueprintShelf {
    /** Blueprints of one player. */
    static final int MOST_A_PLAYER = 16;

    /** Blueprints of all. */
    static final int MOST = 512;

    private final Map<Long, Blueprint> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, ArrayDeque<Long>> hashesBySeat = new HashMap<>();
    private final Map<Integer, Upload> uploads = new HashMap<>();

    /** Pieces that have come. */
    private static final class Upload {
        private final long hash;
        private final byte[] bytes;
        private int length;

        Upload(final long hash, final int length) {
            this.hash = hash;
            this.bytes = new byte[length];
        }
    }

    /** The blueprint of that hash, or null. */
    Blueprint find(final long hash) {
        return known.get(hash);
    }

    /** How many are known. */
    int size() {
        return known.size();
    }

    /** Whether a piece is one that can come now: the first, or the one behind what came before. */
    boolean fits(final int seat, final long hash, final int length, final int from, final int pieceLength) {
        final Upload upload = uploads.get(seat);
        final boolean follows = from == 0 || upload != null && upload.hash == hash && upload.bytes.length == length && upload.length == from;
        return follows && length >= 1 && length <= Blueprint.MOST_BYTES && pieceLength >= 1 && from + pieceLength <= length;
    }

    /** All bytes, if this piece is the last, else null; changes nothing. */
    byte[] completed(final int seat, final int length, final int from, final byte[] piece) {
        if (from + piece.length < length) {
            return null;
        }
        final byte[] whole = new byte[length];
        if (from > 0) {
            System.arraycopy(uploads.get(seat).bytes, 0, whole, 0, from);
        }
        System.arraycopy(piece, 0, whole, from, piece.length);
        return whole;
    }

    /** Keeps a piece that {@link #fits} and is not the last. */
    void keep(final int seat, final long hash, final int length, final int from, final byte[] piece) {
        Upload upload = uploads.get(seat);
        if (from == 0) {
            upload = new Upload(hash, length);
            uploads.put(seat, upload);
        }
        System.arraycopy(piece, 0, upload.bytes, from, piece.length);
        upload.length = from + piece.length;
    }

    /** Puts a whole blueprint there; its upload is over. */
    void put(final int seat, final long hash, final Blueprint blueprint) {
        uploads.remove(seat);
        final ArrayDeque<Long> hashes = hashesBySeat.computeIfAbsent(seat, nobody -> new ArrayDeque<>());
        if (known.put(hash, blueprint) == null || !hashes.contains(hash)) {
            hashes.addLast(hash);
            if (hashes.size() > MOST_A_PLAYER) {
                known.remove(hashes.removeFirst());
            }
        }
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** The player is away: what it began to upload is forgotten. */
    void onLeft(final int seat) {
        uploads.remove(seat);
    }
}
