package dev.planetary.plugin.players;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class AvatarTest {
    private final AvatarCodec codec = new AvatarCodec();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldKeepAName() {
        assertEquals("Ada", new Avatar("Ada", 3).nameText());
        assertEquals("", new Avatar("", 3).nameText());
    }

    @Test
    void shouldCutALongNameBetweenCharacters() {
        assertEquals("ä".repeat(16), new Avatar("ä".repeat(20), 0).nameText());
        assertEquals("x" + "ä".repeat(15), new Avatar("x" + "ä".repeat(20), 0).nameText());
        assertEquals("x".repeat(32), new Avatar("x".repeat(33), 0).nameText());
        assertEquals("\uD83C\uDF0D".repeat(8), new Avatar("\uD83C\uDF0D".repeat(9), 0).nameText());
    }

    @Test
    void shouldDecodeWhatItEncoded() {
        final Avatar from = new Avatar("Grace", 5);
        assertEquals(codec.blockLength(), codec.encode(from, buffer, 3));
        final Avatar into = new Avatar("somebody with a longer name", 1);
        codec.decode(into, buffer, 3, codec.blockLength(), 1);
        assertEquals("Grace", into.nameText());
        assertEquals(from.colour, into.colour);
    }

    @Test
    void shouldEncodeAnyBytesToTheSameAgain() {
        final SplittableRandom random = new SplittableRandom(7);
        final byte[] bytes = new byte[codec.blockLength()];
        final byte[] again = new byte[bytes.length];
        for (int i = 0; i < 1_000; i++) {
            random.nextBytes(bytes);
            buffer.putBytes(0, bytes);
            final Avatar avatar = new Avatar();
            codec.decode(avatar, buffer, 0, bytes.length, 1);
            avatar.nameText();
            codec.encode(avatar, buffer, 0);
            buffer.getBytes(0, again);
            assertArrayEquals(bytes, again);
        }
    }
}
