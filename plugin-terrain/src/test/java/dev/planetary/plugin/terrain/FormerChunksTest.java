package dev.planetary.plugin.terrain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Chunks of worlds that were saved before: bytes of that time. */
class FormerChunksTest {
    private static final String CONTEXTS =
        "xwECAAUAAAB6xOtyBAABAwSerGVxGA8rbw8WOtRBhKuRofbCBknwM2StDmsQkekSzeP1Xunia67br9oN6eo8WgXpbpszKU0bOKsAXb5YVBLugk"
            + "tbB2IAcZCZa3K34HUba1WnY8/R21T/gTZM3y1Fj4BFr798L+lGbjQToMxNnRPeyk30+0ojU4btPp1PTfktx2j/nraS1V/pi/Cha89CnnoD64X2"
            + "ylIkM7wNSjbB3epI1T5Nf9ImhjEARAl5InFmwNNOE/9kiTe7MiUtbAJQcs/SPq2prNT+lB/xMNLe5wN67D7UisUhyoOhlNx2wBBHmM4NH+sx2g"
            + "ipbrcclFMR/kFowE5f19RoVB5T6Fmxn4Lc4Vkw39+gvlBcZDC6qA4j0OXVu6XmfxBEz2OYW5m0I4fBpbwF1cQQeME00xXcOngjuYCOASBv5YA0"
            + "wDnXULcoAoLEp2sEh6PYkkZlNZsDkgHE3jOpIKTDWWpx4zACT98s9h/Y41h+5Jr/V8XNl+YuxI7CEIMFY1GcOiK/HYOsr6rVwKkjNdQtHQ==";
    private static final String UNIFORM = "xwEAACwBAACnyu44BQ==";
    private static final String RUNS =
        "xwEBAAIAAADveu4P7dy9igIxFIDRICKDigSxSGmZcsopp7Sc938a7+0Ef0jvgXTZ3WIYkvuddfdUdvvDdDxf6vVWlrbNseojVp9irfdYZYnVtt"
            + "ysudlzc83Nkptt+NuGv9DP9/w/vHben9+vhefj+Tif3V/frm3ng/PB+eB8cD7oF333nrXuR/ej+9H96H50P7of3Y98m/+//trDfGg+NB+aD82H"
            + "5kPzofnQfGg+NB/6/I/PR+VM2Ks+0kf6SB/pI32kj/SRPtJH+kgf6SN9NPJnRfpRP+pH/agf9aN+1I/6UT/qR/2oH/WjfvT/N/gAH+ADfIAP8A"
            + "E+wAf4AB/gA3yAD/ABPsAH+AAf4AN8gA/wAT7AB/gAH+ADfIAP8AE+wAf4AB/gA3yAD/ABPsAH+AAf4AN8gA/wAT7AB/gAH+ADfIAP8AE+wAf4"
            + "AB/4Jx94Ag==";

    private final FormerChunks former = new FormerChunks();
    private final ChunkDecoder decoder = new ChunkDecoder();

    @Test
    void shouldReadChunksOfWorldsSavedBefore() {
        final char[] uniform = new char[Voxels.COUNT];
        Arrays.fill(uniform, (char)0x8002);
        final char[] stripes = new char[Voxels.COUNT];
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = (char)((i % 96 * 7 + i % 96 / 5) % 11);
        }
        assertReads(hill(), 5, CONTEXTS);
        assertReads(uniform, 300, UNIFORM);
        assertReads(stripes, 2, RUNS);
    }

    private void assertReads(final char[] flat, final int version, final String was) {
        final byte[] renewed = former.renewed(Base64.getDecoder().decode(was));
        assertEquals(version, decoder.decode(renewed, 0, renewed.length));
        assertArrayEquals(flat, decoder.flat);
    }

    @Test
    void shouldRefuseThemDamagedAndFromTheWire() {
        final byte[] good = Base64.getDecoder().decode(CONTEXTS);
        assertThrows(ChunkFormatException.class, () -> decoder.decode(good, 0, good.length));
        final Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            final byte[] bad = good.clone();
            bad[8 + random.nextInt(bad.length - 8)] ^= (byte)(1 << random.nextInt(Byte.SIZE));
            assertThrows(ChunkFormatException.class, () -> former.renewed(bad));
        }
        assertThrows(ChunkFormatException.class, () -> former.renewed(new byte[3]));
    }

    /** A slope with stone, grass and some water in it. */
    private static char[] hill() {
        final char[] flat = new char[Voxels.COUNT];
        for (int i = 0; i < flat.length; i++) {
            final int x = i & 31;
            final int z = i >> 5 & 31;
            final int y = i >> 10;
            final int height = 12 + (x * x / 40 + z * 3) / 7;
            if (y <= height) {
                flat[i] = (char)(y == height ? 3 : (x * 7 + y * 13 + z * 5) % 61 == 0 ? 0x8005 : 1);
            }
        }
        return flat;
    }
}
