package dev.planetary.core.component;

import dev.planetary.core.sbe.RotationComponentDecoder;
import dev.planetary.core.sbe.RotationComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Rotation as its smallest three components: bits 30 and 31 name the largest, which the others imply; three times 10 bits for the rest,
 * each in -1/sqrt(2) .. 1/sqrt(2).
 */
final class RotationCodec implements ComponentCodec<Rotation> {
    private static final int STEPS = 1_022;
    private static final double LIMIT = Math.sqrt(0.5);
    private static final int IDENTITY = pack(0, 0, 0, 1);

    private final RotationComponentEncoder encoder = new RotationComponentEncoder();
    private final RotationComponentDecoder decoder = new RotationComponentDecoder();
    private final double[] parts = new double[4];

    @Override
    public int blockLength() {
        return RotationComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Rotation from, final MutableDirectBuffer buffer, final int offset) {
        final double length = Math.sqrt((double)from.x * from.x + (double)from.y * from.y + (double)from.z * from.z + (double)from.w * from.w);
        final int packed = length > 1e-6 && length < Double.POSITIVE_INFINITY
            ? pack(from.x / length, from.y / length, from.z / length, from.w / length)
            : IDENTITY;
        encoder.wrap(buffer, offset).packed(Integer.toUnsignedLong(packed));
        return RotationComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Rotation into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        final int packed = (int)decoder.wrap(buffer, offset, blockLength, version).packed();
        final int largest = packed >>> 30;
        double sum = 0;
        int shift = 20;
        for (int i = 0; i < 4; i++) {
            if (i != largest) {
                parts[i] = ((packed >>> shift & 1_023) * 2.0 / STEPS - 1) * LIMIT;
                sum += parts[i] * parts[i];
                shift -= 10;
            }
        }
        parts[largest] = Math.sqrt(Math.max(0, 1 - sum));
        into.set((float)parts[0], (float)parts[1], (float)parts[2], (float)parts[3]);
    }

    private static int pack(final double x, final double y, final double z, final double w) {
        int largest = 3;
        double value = w;
        // A lead of half a step is asked for, so that a decoded rotation, whose components are rounded, names the same one again.
        if (Math.abs(x) > Math.abs(value) + 1.0 / STEPS) {
            largest = 0;
            value = x;
        }
        if (Math.abs(y) > Math.abs(value) + 1.0 / STEPS) {
            largest = 1;
            value = y;
        }
        if (Math.abs(z) > Math.abs(value) + 1.0 / STEPS) {
            largest = 2;
            value = z;
        }
        final double sign = value < 0 ? -1 : 1;
        int packed = largest << 30;
        int shift = 20;
        for (int i = 0; i < 4; i++) {
            if (i != largest) {
                final double part = sign * (i == 0 ? x : i == 1 ? y : i == 2 ? z : w);
                final int step = (int)Math.rint((part / LIMIT + 1) * STEPS / 2);
                packed |= Math.max(0, Math.min(STEPS, step)) << shift;
                shift -= 10;
            }
        }
        return packed;
    }
}
