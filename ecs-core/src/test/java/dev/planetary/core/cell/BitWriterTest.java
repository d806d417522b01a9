package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BitWriterTest {
    private static final int BYTES = 4_096;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(BYTES + BitWriter.SLACK));
    private final BitWriter writer = new BitWriter();

    /** What the writer must have written, a bit an entry. */
    private final List<Boolean> expected = new ArrayList<>();

    @Test
    void shouldWriteTheLowBitsFirstWhateverTheyStandBehind() {
        for (int seed = 0; seed < 40; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            buffer.setMemory(0, BYTES, (byte)random.nextInt());
            expected.clear();
            writer.wrap(buffer, 0, BYTES);
            while (writer.remaining() > 256) {
                writeSomething(random);
            }
            assertEquals(expected.size(), writer.position());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i), (buffer.getByte(i >>> 3) & 1 << (i & 7)) != 0, "bit " + i + " of seed " + seed);
            }
        }
    }

    private void writeSomething(final SplittableRandom random) {
        switch (random.nextInt(5)) {
            case 0 -> {
                final int bits = random.nextInt(BitWriter.MOST_BITS + 1);
                final long value = random.nextLong();
                writer.write(value, bits);
                expect(value, bits);
            }
            case 1 -> {
                final int count = random.nextInt(32);
                writer.writeUnary(count);
                expect(1L << count, count + 1);
            }
            case 2 -> {
                final int order = random.nextInt(25);
                final int value = random.nextInt() >>> 1 + random.nextInt(30);
                writeGolomb(Math.min(value, Integer.MAX_VALUE - (1 << order)), order);
            }
            case 3 -> {
                writer.align();
                expect(0, -expected.size() & 7);
            }
            default -> {
                // What is taken back leaves nothing behind, whatever it was.
                final int position = writer.position();
                writer.write(random.nextLong(), random.nextInt(BitWriter.MOST_BITS + 1));
                writer.write(random.nextLong(), random.nextInt(BitWriter.MOST_BITS + 1));
                writer.position(position);
            }
        }
    }

    private void writeGolomb(final int value, final int order) {
        writer.writeGolomb(value, order);
        final long shifted = value + (1L << order);
        final int magnitude = 63 - Long.numberOfLeadingZeros(shifted);
        expect(1L << magnitude - order, magnitude - order + 1);
        expect(shifted, magnitude);
    }

    private void expect(final long value, final int bits) {
        for (int i = 0; i < bits; i++) {
            expected.add((value >>> i & 1) != 0);
        }
    }

    @Test
    void shouldGoOnBehindBytesThatAnotherWrote() {
        writer.wrap(buffer, 0, BYTES);
        writer.write(0b101, 3);
        writer.align();
        buffer.putByte(1, (byte)0x5A);
        writer.position(2 << 3);
        writer.write(0b11, 2);
        // The one who wrote may also go back into the middle of a byte that holds more.
        writer.position(11);
        writer.write(0, 1);

        assertEquals(0b101, buffer.getByte(0));
        assertEquals(0x5A & 0b0111, buffer.getByte(1));
    }

    @Test
    void shouldCopyBitsFromAnyPlaceToAnyPlace() {
        final UnsafeBuffer from = new UnsafeBuffer(new byte[64]);
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 64; i++) {
            from.putByte(i, (byte)random.nextInt());
        }
        for (int at = 0; at < 16; at++) {
            writer.wrap(buffer, 0, BYTES);
            writer.write(0, at);
            writer.writeBits(from, 5, 131);
            for (int i = 0; i < 131; i++) {
                assertEquals(from.getByte(5 + i >>> 3) >>> (5 + i & 7) & 1, buffer.getByte(at + i >>> 3) >>> (at + i & 7) & 1);
            }
        }
    }
}
