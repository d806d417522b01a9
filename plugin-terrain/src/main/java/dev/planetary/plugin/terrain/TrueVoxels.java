package dev.planetary.plugin.terrain;

import java.util.Arrays;

/**
 * What is there, for a player whose edit lost: the voxels of its shape in the order x, z, y, x fastest, of heights within the world.
 * <pre>
 *   runs   1 | for each run: varint id turned as in chunks, varint voxels less one
 *   else   2 | hash of the voxels, as in the request, four bytes | version of the chunk in which the shape's place lies, four bytes
 * </pre>
 */
final class TrueVoxels {
    /** Most bytes. */
    static final int LENGTH_MAX = 60;

    static final int RUNS = 1;
    static final int HASH = 2;

    private static final int VARINT_MOST = 3;
    private static final int HASH_LENGTH = 1 + 2 * Integer.BYTES;

    private final byte[] out = new byte[LENGTH_MAX];
    private int length;

    /** The bytes, for a host. */
    byte[] write(final Brush brush, final TerrainWorld world) {
        if (writeRuns(brush, world)) {
            return Arrays.copyOf(out, length);
        }
        final byte[] hash = new byte[HASH_LENGTH];
        hash[0] = HASH;
        ChunkFormat.writeInt(hash, 1, brush.base(world));
        final HostColumn column = world.column(brush.x >> 5, brush.z >> 5);
        ChunkFormat.writeInt(hash, 1 + Integer.BYTES, column.chunks[brush.y - Column.MIN_Y >> 5].version);
        return hash;
    }

    private boolean writeRuns(final Brush brush, final TerrainWorld world) {
        out[0] = RUNS;
        length = 1;
        int run = 0;
        int material = -1;
        final int toY = Math.min(brush.maxY(), Column.MAX_Y);
        for (int y = Math.max(brush.minY(), Column.MIN_Y); y <= toY; y++) {
            for (int z = brush.minZ(); z <= brush.maxZ(); z++) {
                for (int x = brush.minX(); x <= brush.maxX(); x++) {
                    if (brush.contains(x, y, z)) {
                        final int at = world.materialAt(x, y, z);
                        if (at != material) {
                            if (run > 0 && !writeRun(material, run)) {
                                return false;
                            }
                            material = at;
                            run = 0;
                        }
                        run++;
                    }
                }
            }
        }
        return writeRun(material, run);
    }

    private boolean writeRun(final int material, final int run) {
        if (length + 2 * VARINT_MOST > LENGTH_MAX) {
            return false;
        }
        varint(ChunkFormat.toWire((char)material));
        varint(run - 1);
        return true;
    }

    private void varint(final int value) {
        int left = value;
        while (left > 0x7F) {
            out[length++] = (byte)(left | 0x80);
            left >>>= 7;
        }
        out[length++] = (byte)left;
    }

    /** Whether a client that shows this ground, without predictions, shows what the host says. The bytes come from outside; what is none of ours agrees. */
    static boolean agrees(final byte[] bytes, final Brush brush, final TerrainView view) {
        if (bytes.length == HASH_LENGTH && bytes[0] == HASH) {
            return ChunkFormat.readInt(bytes, 1) == brush.base(view.confirmed());
        }
        return bytes.length < 2 || bytes[0] != RUNS || runsAgree(bytes, brush, view.confirmed());
    }

    private static boolean runsAgree(final byte[] bytes, final Brush brush, final Ground ground) {
        int at = 1;
        int left = 0;
        int material = 0;
        final int toY = Math.min(brush.maxY(), Column.MAX_Y);
        for (int y = Math.max(brush.minY(), Column.MIN_Y); y <= toY; y++) {
            for (int z = brush.minZ(); z <= brush.maxZ(); z++) {
                for (int x = brush.minX(); x <= brush.maxX(); x++) {
                    if (brush.contains(x, y, z)) {
                        if (left == 0) {
                            material = varintAt(bytes, at);
                            at = behindVarint(bytes, at);
                            left = varintAt(bytes, at) + 1;
                            at = behindVarint(bytes, at);
                            if (at > bytes.length) {
                                return true;
                            }
                        }
                        left--;
                        if (ground.materialAt(x, y, z) != ChunkFormat.fromWire(material)) {
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static int varintAt(final byte[] bytes, final int offset) {
        int value = 0;
        for (int i = 0; i < VARINT_MOST && offset + i < bytes.length; i++) {
            value |= (bytes[offset + i] & 0x7F) << 7 * i;
            if (bytes[offset + i] >= 0) {
                return value;
            }
        }
        return value;
    }

    /** Offset behind a varint; behind the end where it is cut. */
    private static int behindVarint(final byte[] bytes, final int offset) {
        int at = offset;
        while (at < bytes.length && at < offset + VARINT_MOST - 1 && bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
