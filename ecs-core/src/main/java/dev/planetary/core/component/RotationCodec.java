package dev.planetary.core.component;

import dev.planetary.core.sbe.RotationComponentDecoder;
import dev.planetary.core.sbe.RotationComponentEncoder;
import dev.planetary.core.world.ComponentCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Rotation as its smallest three components: bits 30 and 31 name the largest, which the others imply and which is not negative;
 * three times 10 bits for the rest, each in -1/sqrt(2) .. 1/sqrt(2). What is no rotation (zero, not finite) becomes the identity.
 */
final class RotationCodec implements ComponentCodec<Rotation> {
    private static final int STEPS = 1_022;
    private static final int ZERO_STEP = STEPS / 2;
    private static final double LIMIT = Math.sqrt(0.5);

    private final RotationComponentEncoder encoder = new RotationComponentEncoder();
    private final RotationComponentDecoder decoder = new RotationComponentDecoder();
    private final float[] parts = new float[4];
    private final int[] steps = new int[4];

    @Override
    public int blockLength() {
        return RotationComponentDecoder.BLOCK_LENGTH;
    }

    @Override
    public int encode(final Rotation from, final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).packed(Integer.toUnsignedLong(pack(from)));
        return RotationComponentEncoder.BLOCK_LENGTH;
    }

    @Override
    public void decode(final Rotation into, final DirectBuffer buffer, final int offset, final int blockLength, final int version) {
        final int packed = (int)decoder.wrap(buffer, offset, blockLength, version).packed();
        final int largest = packed >>> 30;
        int shift = 20;
        for (int i = 0; i < 4; i++) {
            if (i != largest) {
                steps[i] = packed >>> shift & 1_023;
                shift -= 10;
            }
        }
        unpackSteps(largest);
        into.set(parts[0], parts[1], parts[2], parts[3]);
    }

    private int pack(final Rotation from) {
        final double length = Math.sqrt((double)from.x * from.x + (double)from.y * from.y + (double)from.z * from.z + (double)from.w * from.w);
        final boolean rotation = length > 1e-6 && length < Double.POSITIVE_INFINITY;
        parts[0] = rotation ? from.x : 0;
        parts[1] = rotation ? from.y : 0;
        parts[2] = rotation ? from.z : 0;
        parts[3] = rotation ? from.w : 1;
        final int largest = largestPart();
        final double scale = (parts[largest] < 0 ? -1 : 1) / (rotation ? length : 1);
        for (int i = 0; i < 4; i++) {
            final int step = (int)Math.rint((parts[i] * scale / LIMIT + 1) * STEPS / 2);
            steps[i] = Math.max(0, Math.min(STEPS, step));
        }
        // Rounding may lift another part above the implied one, and a decoded rotation would then encode to other bytes than it came from.
        // A step towards zero there raises the implied part, so this ends after a step or two.
        unpackSteps(largest);
        for (int other = largestPart(); other != largest; other = largestPart()) {
            steps[other] -= Integer.signum(steps[other] - ZERO_STEP);
            unpackSteps(largest);
        }
        int packed = largest << 30;
        int shift = 20;
        for (int i = 0; i < 4; i++) {
            if (i != largest) {
                packed |= steps[i] << shift;
                shift -= 10;
            }
        }
        return packed;
    }

    private void unpackSteps(final int largest) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            if (i != largest) {
                final double part = (steps[i] - ZERO_STEP) * 2.0 / STEPS * LIMIT;
                parts[i] = (float)part;
                sum += part * part;
            }
        }
        parts[largest] = (float)Math.sqrt(Math.max(0, 1 - sum));
        if (sum > 1) {
            // No encoder of ours sends it; a rotation all the same.
            final double scale = 1 / Math.sqrt(sum);
            for (int i = 0; i < 4; i++) {
                parts[i] *= (float)scale;
            }
        }
    }

    /** The part of the largest magnitude, the first of several. */
    private int largestPart() {
        int largest = 0;
        for (int i = 1; i < 4; i++) {
            if (Math.abs(parts[i]) > Math.abs(parts[largest])) {
                largest = i;
            }
        }
        return largest;
    }
}
