package dev.planetary.plugin.building;

import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What to build, apart from where: up to {@link #MOST_PARTS} parts, each with its kind, its turn and its corner with the least x, y and z, counted from
 * the corner of the whole. Made by a {@link BlueprintBuilder} or by {@link #decode}; never changes. Parts lie in the order y, z, x.
 *
 * <pre>
 *  u8      format, 1
 *  varint  parts, 1 to 1,000
 *  varint  looks (a kind and a turn), 1 to the number of parts; then each look: varint kind, u8 turn
 *  parts, each one byte c, and what it asks for:
 *      bit 7       a look follows, as varint; else the look of the part before (of the first part: look 0)
 *      bits 0..6   0..123  as far in its row behind the part before: x is larger by c + 1
 *                  124     in its row, further: varint x
 *                  125     the next row, z + 1: varint x
 *                  126     a later row at the same y: varint z, counted from the part before plus 1; varint x
 *                  127     a higher row: varint y, counted from the part before plus 1; varint z; varint x
 *      The part before the first lies at y = 0, z = -1.
 * </pre>
 *
 * <p>Varints have 7 bits a byte, least first, at most 3 bytes. Nothing may follow the last part.
 */
final class Blueprint {
    /** Most parts. */
    static final int MOST_PARTS = 1_000;

    /** Most voxels along an axis, over all. */
    static final int MOST_EXTENT = 128;

    /** Most voxels that the parts take together. */
    static final int MOST_VOXELS = 65_536;

    /** Most bytes encoded. */
    static final int MOST_BYTES = 12 * 1_024;

    private static final int FORMAT = 1;
    private static final int NEW_LOOK = 0x80;
    private static final int CODE = 0x7F;
    private static final int SAME_ROW = 124;
    private static final int NEXT_ROW = 125;
    private static final int LATER_ROW = 126;
    private static final int HIGHER_ROW = 127;
    private static final int VARINT_BYTES = 3;

    private final PartKind[] kinds;
    private final byte[] turns;
    private final byte[] xs;
    private final byte[] ys;
    private final byte[] zs;
    private final int[] size = new int[3];

    /** Takes the arrays over; they are in order and within bounds. */
    Blueprint(final PartKind[] kinds, final byte[] turns, final byte[] xs, final byte[] ys, final byte[] zs) {
        this.kinds = kinds;
        this.turns = turns;
        this.xs = xs;
        this.ys = ys;
        this.zs = zs;
        for (int i = 0; i < kinds.length; i++) {
            size[0] = Math.max(size[0], xs[i] + Turns.size(turns[i], 0, kinds[i]));
            size[1] = Math.max(size[1], ys[i] + Turns.size(turns[i], 1, kinds[i]));
            size[2] = Math.max(size[2], zs[i] + Turns.size(turns[i], 2, kinds[i]));
        }
    }

    /** How many parts. */
    int parts() {
        return kinds.length;
    }

    /** Kind of a part. */
    PartKind kind(final int part) {
        return kinds[part];
    }

    /** Turn of a part. */
    int turn(final int part) {
        return turns[part];
    }

    /** Least corner of a part along x, from the least corner of the whole. */
    int x(final int part) {
        return xs[part];
    }

    /** Likewise along y. */
    int y(final int part) {
        return ys[part];
    }

    /** Likewise along z. */
    int z(final int part) {
        return zs[part];
    }

    /** Voxels that the whole measures along an axis, 0 to 2. */
    int size(final int axis) {
        return size[axis];
    }

    /** The same, turned as a whole by quarter turns about the y axis, 0 to 3. */
    Blueprint turned(final int quarters) {
        if (quarters == 0) {
            return this;
        }
        final BlueprintBuilder builder = new BlueprintBuilder();
        for (int i = 0; i < kinds.length; i++) {
            final int farX = xs[i] + Turns.size(turns[i], 0, kinds[i]) - 1;
            final int farZ = zs[i] + Turns.size(turns[i], 2, kinds[i]) - 1;
            builder.add(
                kinds[i],
                Math.min(Turns.apply(quarters, 0, xs[i], 0, zs[i]), Turns.apply(quarters, 0, farX, 0, farZ)),
                ys[i],
                Math.min(Turns.apply(quarters, 2, xs[i], 0, zs[i]), Turns.apply(quarters, 2, farX, 0, farZ)),
                Turns.compose(turns[i], quarters));
        }
        return builder.build();
    }

    // ---- bytes ----

    /** As bytes; equal blueprints give equal bytes. */
    byte[] encode() {
        final byte[] buffer = new byte[MOST_BYTES];
        final int[] looks = new int[kinds.length];
        final int[] lookOf = new int[kinds.length];
        int lookCount = 0;
        for (int i = 0; i < kinds.length; i++) {
            final int look = kinds[i].number() << 8 | turns[i];
            int known = 0;
            while (known < lookCount && looks[known] != look) {
                known++;
            }
            looks[known] = look;
            lookOf[i] = known;
            lookCount = Math.max(lookCount, known + 1);
        }
        int at = 0;
        buffer[at++] = FORMAT;
        at = putVarint(buffer, at, kinds.length);
        at = putVarint(buffer, at, lookCount);
        for (int i = 0; i < lookCount; i++) {
            at = putVarint(buffer, at, looks[i] >> 8);
            buffer[at++] = (byte)looks[i];
        }
        for (int i = 0; i < kinds.length; i++) {
            at = putPart(buffer, at, i, lookOf);
        }
        return Arrays.copyOf(buffer, at);
    }

    private int putPart(final byte[] buffer, final int start, final int i, final int[] lookOf) {
        int at = start;
        final int beforeY = i == 0 ? 0 : ys[i - 1];
        final int beforeZ = i == 0 ? -1 : zs[i - 1];
        final int code = code(i, beforeY, beforeZ);
        final int newLook = lookOf[i] == (i == 0 ? 0 : lookOf[i - 1]) ? 0 : NEW_LOOK;
        buffer[at++] = (byte)(newLook | code);
        if (newLook != 0) {
            at = putVarint(buffer, at, lookOf[i]);
        }
        if (code == HIGHER_ROW) {
            at = putVarint(buffer, at, ys[i] - beforeY - 1);
            at = putVarint(buffer, at, zs[i]);
        } else if (code == LATER_ROW) {
            at = putVarint(buffer, at, zs[i] - beforeZ - 1);
        }
        return code >= SAME_ROW ? putVarint(buffer, at, xs[i]) : at;
    }

    private int code(final int i, final int beforeY, final int beforeZ) {
        if (ys[i] > beforeY) {
            return HIGHER_ROW;
        }
        if (zs[i] > beforeZ) {
            return zs[i] == beforeZ + 1 ? NEXT_ROW : LATER_ROW;
        }
        return Math.min(xs[i] - xs[i - 1] - 1, SAME_ROW);
    }

    private static int putVarint(final byte[] buffer, final int start, final int value) {
        int at = start;
        int rest = value;
        while (rest > 0x7F) {
            buffer[at++] = (byte)(rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte)rest;
        return at;
    }

    /**
     * Reads bytes from outside.
     *
     * @throws BlueprintFormatException where they are no blueprint of these kinds, or exceed a bound.
     */
    static Blueprint decode(final PartCatalogue catalogue, final byte[] bytes) {
        return new Decoding(catalogue, bytes).read();
    }

    /** Content hash of an encoded blueprint, by which it is named. */
    static long hash(final byte[] bytes) {
        try {
            return new UnsafeBuffer(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong(0, ByteOrder.LITTLE_ENDIAN);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** One reading; everything is checked before it is used. */
    private static final class Decoding {
        private final PartCatalogue catalogue;
        private final byte[] bytes;
        private int at;

        Decoding(final PartCatalogue catalogue, final byte[] bytes) {
            this.catalogue = catalogue;
            this.bytes = bytes;
        }

        Blueprint read() {
            check(bytes.length <= MOST_BYTES, "it is too long");
            check(next() == FORMAT, "its format is unknown");
            final int count = varint();
            check(count >= 1 && count <= MOST_PARTS, "it has no part, or more than " + MOST_PARTS);
            check(count <= bytes.length - at, "it ends early");
            final int lookCount = varint();
            check(lookCount >= 1 && lookCount <= count, "it has more looks than parts");
            final PartKind[] lookKinds = new PartKind[lookCount];
            final byte[] lookTurns = new byte[lookCount];
            for (int i = 0; i < lookCount; i++) {
                lookKinds[i] = catalogue.kind(varint());
                lookTurns[i] = (byte)next();
                check(lookKinds[i] != null, "it names a part that is unknown here");
                check(Turns.isTurn(lookTurns[i]), "it names a turn that does not exist");
            }
            return readParts(count, lookKinds, lookTurns);
        }

        private Blueprint readParts(final int count, final PartKind[] lookKinds, final byte[] lookTurns) {
            final PartKind[] kinds = new PartKind[count];
            final byte[] turns = new byte[count];
            final byte[] xs = new byte[count];
            final byte[] ys = new byte[count];
            final byte[] zs = new byte[count];
            int look = 0;
            int x = 0;
            int y = 0;
            int z = -1;
            int leastX = MOST_EXTENT;
            int leastY = MOST_EXTENT;
            int leastZ = MOST_EXTENT;
            int volume = 0;
            for (int i = 0; i < count; i++) {
                final int code = next();
                look = (code & NEW_LOOK) == 0 ? look : varint();
                check(look < lookKinds.length, "it names a look that it lacks");
                final int how = code & CODE;
                check(i > 0 || how >= NEXT_ROW, "its first part has no row");
                if (how == HIGHER_ROW) {
                    y += 1 + varint();
                    z = varint();
                } else if (how >= NEXT_ROW) {
                    z += 1 + (how == LATER_ROW ? varint() : 0);
                }
                final int before = how >= NEXT_ROW ? -1 : x;
                x = how >= SAME_ROW ? varint() : x + how + 1;
                check(x > before, "its parts are not in order");
                final PartKind kind = lookKinds[look];
                final int turn = lookTurns[look];
                check(
                    x + Turns.size(turn, 0, kind) <= MOST_EXTENT && y + Turns.size(turn, 1, kind) <= MOST_EXTENT
                        && z + Turns.size(turn, 2, kind) <= MOST_EXTENT,
                    "it is larger than " + MOST_EXTENT + " voxels");
                volume += kind.volume();
                check(volume <= MOST_VOXELS, "its parts take more than " + MOST_VOXELS + " voxels");
                kinds[i] = kind;
                turns[i] = (byte)turn;
                xs[i] = (byte)x;
                ys[i] = (byte)y;
                zs[i] = (byte)z;
                leastX = Math.min(leastX, x);
                leastY = Math.min(leastY, y);
                leastZ = Math.min(leastZ, z);
            }
            check(at == bytes.length, "something follows its end");
            check(leastX == 0 && leastY == 0 && leastZ == 0, "it does not begin at its corner");
            return new Blueprint(kinds, turns, xs, ys, zs);
        }

        private int next() {
            check(at < bytes.length, "it ends early");
            return bytes[at++] & 0xFF;
        }

        private int varint() {
            int value = 0;
            for (int i = 0; i < VARINT_BYTES; i++) {
                final int part = next();
                value |= (part & 0x7F) << 7 * i;
                if (part < 0x80) {
                    return value;
                }
            }
            throw new BlueprintFormatException("the blueprint cannot be read: a number in it is too long");
        }

        private static void check(final boolean holds, final String otherwise) {
            if (!holds) {
                throw new BlueprintFormatException("the blueprint cannot be read: " + otherwise);
            }
        }
    }
}
