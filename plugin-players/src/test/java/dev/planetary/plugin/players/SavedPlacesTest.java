package dev.planetary.plugin.players;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.PlayerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.joml.Vector3d;
import org.junit.jupiter.api.Test;

class SavedPlacesTest {
    private final SavedPlaces places = new SavedPlaces();

    @Test
    void shouldReadWhatItWrote() throws IOException {
        places.keep(new PlayerId(1, 2), new Vector3d(3, 4, 5));
        places.keep(new PlayerId(-1, -2), new Vector3d(-3, 4.5, 8_000_000));
        final SavedPlaces read = read(written());
        assertEquals(new Vector3d(3, 4, 5), read.of(new PlayerId(1, 2)));
        assertEquals(new Vector3d(-3, 4.5, 8_000_000), read.of(new PlayerId(-1, -2)));
    }

    @Test
    void shouldForgetWhoWasAwayLongest() {
        for (int i = 0; i < SavedPlaces.MOST; i++) {
            places.keep(new PlayerId(0, i), new Vector3d());
        }
        places.keep(new PlayerId(0, 0), new Vector3d());
        places.keep(new PlayerId(1, 0), new Vector3d());
        assertNull(places.of(new PlayerId(0, 1)));
        assertTrue(places.of(new PlayerId(0, 0)) != null, "it came back since");
    }

    @Test
    void shouldRefuseWhatCannotBe() throws IOException {
        places.keep(new PlayerId(1, 2), new Vector3d(3, 4, 5));
        final byte[] bytes = written();
        assertEquals("players section has version 257, this build reads 1", refused(bytes, 2, 0x1));
        assertEquals("players section says it has -2147483647 places, at most 65536 can be", refused(bytes, 4, 0x80));
        assertEquals("players section has a coordinate of NaN m, the world ends at 8388607.0", refused(bytes, 24, 0x7F, 0xFF));
        final byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        assertThrows(EOFException.class, () -> read(cut));
    }

    private static String refused(final byte[] bytes, final int at, final int... changed) {
        final byte[] wrong = bytes.clone();
        for (int i = 0; i < changed.length; i++) {
            new UnsafeBuffer(wrong).putByte(at + i, (byte)changed[i]);
        }
        return assertThrows(IOException.class, () -> read(wrong)).getMessage();
    }

    private byte[] written() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        places.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static SavedPlaces read(final byte[] bytes) throws IOException {
        final SavedPlaces read = new SavedPlaces();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        return read;
    }
}
