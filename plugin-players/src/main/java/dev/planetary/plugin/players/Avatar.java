package dev.planetary.plugin.players;

import java.nio.charset.StandardCharsets;

/** The body of a player: how it is called and coloured. */
final class Avatar {
    /** Bytes of a name; what is longer is cut between characters. */
    static final int NAME_LENGTH = 32;

    private static final int[] COLOURS = {
        0xE6194B, 0x3CB44B, 0x4363D8, 0xFFE119, 0xF58231, 0x911EB4, 0x46F0F0, 0xF032E6, 0xBCF60C, 0xFABEBE, 0x008080, 0x9A6324
    };

    /** UTF-8, filled up with zeros. */
    final byte[] name = new byte[NAME_LENGTH];

    /** 0xRRGGBB. */
    int colour;

    /** Nameless and black. */
    Avatar() {
        // Filled by the codec.
    }

    /** Of a player on a seat, which decides the colour. */
    Avatar(final String name, final int seat) {
        final byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, NAME_LENGTH);
        // A byte 10xxxxxx goes on a character, which must not be cut in two.
        while (length < utf8.length && length > 0 && (utf8[length] & 0xC0) == 0x80) {
            length--;
        }
        System.arraycopy(utf8, 0, this.name, 0, length);
        colour = COLOURS[seat % COLOURS.length];
    }

    /** The name as text. */
    String nameText() {
        int length = 0;
        while (length < NAME_LENGTH && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
