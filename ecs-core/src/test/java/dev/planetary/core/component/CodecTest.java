package dev.planetary.core.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.world.ComponentCodec;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final int OFFSET = 3;
    private static final int VERSION = PositionComponentDecoder.SCHEMA_VERSION;
    private static final double ROTATION_BOUND_DEGREES = 0.28;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(64);
    private final MutableDirectBuffer again = new ExpandableArrayBuffer(64);
    private final Random random = new Random(20_240_601);

    @Test
    void shouldKeepPositionWithinHalfAStep() {
        final PositionCodec codec = new PositionCodec();
        final Position decoded = new Position();
        for (int i = 0; i < 200_000; i++) {
            final double scale = Math.pow(10, random.nextInt(7));
            final Position position = new Position(spread(scale), spread(scale), spread(scale));
            roundTrip(codec, position, decoded);
            assertEquals(0, position.distance(decoded), Math.sqrt(3) / 2_048 + 1e-9);
        }
    }

    @Test
    void shouldHoldPositionAtItsExtents() {
        final PositionCodec codec = new PositionCodec();
        final Position decoded = new Position();
        final double extent = Integer.MAX_VALUE / 1_024.0;
        roundTrip(codec, new Position(1e300, Double.NEGATIVE_INFINITY, Double.NaN), decoded);
        assertEquals(new Position(extent, -extent, 0), decoded);
        roundTrip(codec, new Position(Double.POSITIVE_INFINITY, -1e10, -0.0), decoded);
        assertEquals(extent, decoded.x);
        assertEquals(-extent, decoded.y);
        assertEquals(0.0, decoded.z, 0.0);
    }

    @Test
    void shouldEncodeEveryDecodedPositionToItsBytes() {
        final PositionCodec codec = new PositionCodec();
        for (int i = 0; i < 200_000; i++) {
            reencode(codec, new Position(), 12, Math.max(-Integer.MAX_VALUE, random.nextInt()), i, -i);
        }
    }

    @Test
    void shouldReadPositionsOfWorldsThatVersionOneSaved() {
        final Position decoded = new Position();
        for (int axis = 0; axis < 3; axis++) {
            buffer.putInt(OFFSET + axis * 4, 640 * (axis + 1), ByteOrder.LITTLE_ENDIAN);
        }
        new PositionCodec().decode(decoded, buffer, OFFSET, 12, 1);
        assertEquals(new Position(2.5, 5, 7.5), decoded);
    }

    @Test
    void shouldKeepVelocityWithinHalfAStep() {
        final VelocityCodec codec = new VelocityCodec();
        final Velocity decoded = new Velocity();
        for (int i = 0; i < 200_000; i++) {
            final Velocity velocity = new Velocity(spread(31.99), spread(1), spread(0.01));
            roundTrip(codec, velocity, decoded);
            assertEquals(0, velocity.distance(decoded), Math.sqrt(3) / 2_048 + 1e-9);
        }
    }

    @Test
    void shouldHoldVelocityAtItsExtents() {
        final VelocityCodec codec = new VelocityCodec();
        final Velocity decoded = new Velocity();
        final double extent = Short.MAX_VALUE / 1_024.0;
        roundTrip(codec, new Velocity(1_000, Double.NEGATIVE_INFINITY, Double.NaN), decoded);
        assertEquals(new Velocity(extent, -extent, 0), decoded);
        roundTrip(codec, new Velocity(Double.POSITIVE_INFINITY, -32, 1e300), decoded);
        assertEquals(new Velocity(extent, -extent, extent), decoded);
    }

    @Test
    void shouldEncodeEveryDecodedVelocityToItsBytes() {
        final VelocityCodec codec = new VelocityCodec();
        final Velocity decoded = new Velocity();
        for (int step = -Short.MAX_VALUE; step <= Short.MAX_VALUE; step++) {
            decoded.set(step / 1_024.0, -step / 1_024.0, 0);
            codec.encode(decoded, buffer, OFFSET);
            assertEquals(step, buffer.getShort(OFFSET));
            codec.decode(decoded, buffer, OFFSET, codec.blockLength(), VERSION);
            codec.encode(decoded, again, OFFSET);
            assertEquals(step, again.getShort(OFFSET));
            assertEquals(-step, again.getShort(OFFSET + 2));
        }
    }

    @Test
    void shouldKeepRotationWithinItsBoundAndEncodeItToTheSameBytesAgain() {
        final RotationCodec codec = new RotationCodec();
        final Rotation rotation = new Rotation();
        final Rotation decoded = new Rotation();
        double worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            any(rotation, i);
            roundTrip(codec, rotation, decoded);
            final double dot = ((double)rotation.x * decoded.x + (double)rotation.y * decoded.y + (double)rotation.z * decoded.z
                + (double)rotation.w * decoded.w) / Math.sqrt((double)rotation.lengthSquared() * decoded.lengthSquared());
            worst = Math.max(worst, 2 * Math.acos(Math.min(1, Math.abs(dot))));
        }
        assertTrue(Math.toDegrees(worst) < ROTATION_BOUND_DEGREES, "worst error " + Math.toDegrees(worst) + " degrees");
    }

    @Test
    void shouldEncodeEqualRotationsOfOppositeSignAlike() {
        final RotationCodec codec = new RotationCodec();
        final Rotation rotation = new Rotation();
        final Rotation opposite = new Rotation();
        for (int i = 0; i < 100_000; i++) {
            any(rotation, i);
            opposite.set(-rotation.x, -rotation.y, -rotation.z, -rotation.w);
            codec.encode(rotation, buffer, OFFSET);
            codec.encode(opposite, again, OFFSET);
            assertEquals(buffer.getInt(OFFSET), again.getInt(OFFSET), () -> "rotation " + rotation);
        }
    }

    @Test
    void shouldTakeWhatIsNoRotationForTheIdentity() {
        final RotationCodec codec = new RotationCodec();
        final float[][] broken = {
            {0, 0, 0, 0}, {Float.NaN, 0, 0, 1}, {0, Float.POSITIVE_INFINITY, 0, 0}, {0, 0, Float.NEGATIVE_INFINITY, 0}, {1e-30f, 0, 0, 0}};
        for (final float[] parts : broken) {
            final Rotation decoded = new Rotation();
            decoded.set(parts[0], parts[1], parts[2], parts[3]);
            codec.encode(decoded, buffer, OFFSET);
            codec.decode(decoded, buffer, OFFSET, codec.blockLength(), VERSION);
            assertEquals(new Rotation(), decoded);
        }
    }

    @Test
    void shouldDecodeAnyBytesToAUnitRotation() {
        final RotationCodec codec = new RotationCodec();
        final Rotation decoded = new Rotation();
        for (int i = 0; i < 200_000; i++) {
            buffer.putInt(OFFSET, i == 0 ? -1 : random.nextInt());
            codec.decode(decoded, buffer, OFFSET, codec.blockLength(), VERSION);
            assertEquals(1, decoded.lengthSquared(), 1e-5, "bytes " + buffer.getInt(OFFSET));
        }
    }

    @Test
    void shouldKeepEverySeatAndTurnWhatIsNoneIntoNobody() {
        final OwnerCodec ownerCodec = new OwnerCodec();
        final PrivateToCodec privateToCodec = new PrivateToCodec();
        final Owner owner = new Owner(7);
        final PrivateTo privateTo = new PrivateTo(7);
        for (int seat = 0; seat <= 0xFFFF; seat++) {
            roundTrip(ownerCodec, new Owner(seat), owner);
            roundTrip(privateToCodec, new PrivateTo(seat), privateTo);
            assertEquals(seat, owner.seat);
            assertEquals(seat, privateTo.seat);
        }
        for (final int seat : new int[]{-1, 0x1_0000, 70_000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            roundTrip(ownerCodec, new Owner(seat), owner);
            roundTrip(privateToCodec, new PrivateTo(seat), privateTo);
            assertEquals(0xFFFF, owner.seat);
            assertEquals(0xFFFF, privateTo.seat);
        }
    }

    private double spread(final double scale) {
        return (random.nextDouble() * 2 - 1) * scale;
    }

    /** Even spread, ties of two, three and four parts, near ties, one part alone, and lengths other than one. */
    private void any(final Rotation rotation, final int i) {
        float x = (float)random.nextGaussian();
        float y = (float)random.nextGaussian();
        float z = (float)random.nextGaussian();
        float w = (float)random.nextGaussian();
        final float near = 1 + (random.nextInt(2_001) - 1_000) * 2e-6f;
        switch (i & 7) {
            case 0 -> y = x * near;
            case 1 -> w = -z;
            case 2 -> {
                y = -x * near;
                z = x;
            }
            case 3 -> {
                x = 1;
                y = random.nextBoolean() ? 1 : -1;
                z = random.nextBoolean() ? 1 : -1;
                w = near;
            }
            case 4 -> {
                x = 0;
                y = random.nextInt(3) - 1;
                z = 0;
                w = 1;
            }
            default -> { }
        }
        rotation.set(x, y, z, w);
        if ((i & 8) == 0) {
            rotation.normalize();
        }
    }

    private <T> void roundTrip(final ComponentCodec<T> codec, final T value, final T decoded) {
        assertEquals(codec.blockLength(), codec.encode(value, buffer, OFFSET));
        codec.decode(decoded, buffer, OFFSET, codec.blockLength(), VERSION);
        assertEquals(codec.blockLength(), codec.encode(decoded, again, OFFSET));
        for (int i = 0; i < codec.blockLength(); i++) {
            assertTrue(buffer.getByte(OFFSET + i) == again.getByte(OFFSET + i), () -> value + " came back as " + decoded + " and has other bytes now");
        }
    }

    private void reencode(final PositionCodec codec, final Position into, final int length, final int... steps) {
        for (int i = 0; i < steps.length; i++) {
            buffer.putInt(OFFSET + i * 4, steps[i]);
        }
        codec.decode(into, buffer, OFFSET, length, VERSION);
        codec.encode(into, again, OFFSET);
        for (int i = 0; i < steps.length; i++) {
            assertEquals(steps[i], again.getInt(OFFSET + i * 4));
        }
    }
}
