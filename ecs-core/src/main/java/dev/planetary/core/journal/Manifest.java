package dev.planetary.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a saved world is made of: a text file {@code manifest-GENERATION}, renamed into its place when all that it names is on the disk.
 *
 * <pre>
 *  planetary world 1
 *  generation 7
 *  tick 4711
 *  journal 9 sequence 1234       the first journal file after the save, and the sequence that it begins with
 *  section entities 7 5120 (SHA-256)     name, generation in which the file entities.7.section was written, bytes
 *  end (CRC32C of all before this line)
 * </pre>
 *
 * @param generation   goes up by one with each save, from 1.
 * @param tick         tick that was saved.
 * @param journal      number of the first journal file after it.
 * @param sequence     sequence of that file's first frame.
 * @param sections     the files.
 */
record Manifest(int generation, int tick, int journal, long sequence, List<Section> sections) {
    static final int MOST_BYTES = 1 << 16;
    private static final String FIRST_LINE = "planetary world 1";
    private static final String PREFIX = "manifest-";
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";

    /** One file. */
    record Section(String name, int generation, long length, String hash) {
        static final String SUFFIX = ".section";

        String fileName() {
            return name + "." + generation + SUFFIX;
        }
    }

    String fileName() {
        return fileName(generation);
    }

    static String fileName(final int generation) {
        return PREFIX + generation;
    }

    /** Generation of a manifest by its file name, or -1 where it is none. */
    static int generationOf(final String fileName) {
        return fileName.matches(PREFIX + "[1-9][0-9]{0,8}") ? Integer.parseInt(fileName.substring(PREFIX.length())) : -1;
    }

    byte[] toBytes() {
        final StringBuilder text = new StringBuilder(FIRST_LINE).append('\n')
            .append("generation ").append(generation).append('\n')
            .append("tick ").append(Integer.toUnsignedString(tick)).append('\n')
            .append("journal ").append(journal).append(" sequence ").append(sequence).append('\n');
        for (final Section section : sections) {
            text.append("section ").append(section.name).append(' ').append(section.generation).append(' ').append(section.length)
                .append(' ').append(section.hash).append('\n');
        }
        return (text + endLine(text.toString())).getBytes(StandardCharsets.UTF_8);
    }

    private static String endLine(final String text) {
        final CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return "end " + HexFormat.of().toHexDigits((int)checksum.getValue()) + "\n";
    }

    /** Reads one; null where the bytes are not exactly one manifest. */
    static Manifest read(final byte[] bytes) {
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final int end = text.lastIndexOf("end ");
        if (end < 0 || !text.substring(end).equals(endLine(text.substring(0, end)))) {
            return null;
        }
        final String[] lines = text.substring(0, end).split("\n");
        if (lines.length < 4 || !lines[0].equals(FIRST_LINE) || !lines[1].matches("generation " + NUMBER) || !lines[2].matches("tick " + NUMBER)
            || !lines[3].matches("journal " + NUMBER + " sequence " + NUMBER)) {
            return null;
        }
        final List<Section> sections = new ArrayList<>();
        for (int i = 4; i < lines.length; i++) {
            final String[] words = lines[i].split(" ");
            if (!lines[i].matches("section [a-z0-9-]{1,32} " + NUMBER + " " + NUMBER + " [0-9a-f]{64}")) {
                return null;
            }
            sections.add(new Section(words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]), words[4]));
        }
        final String[] journal = lines[3].split(" ");
        return new Manifest(Integer.parseInt(word(lines[1])), Integer.parseUnsignedInt(word(lines[2])),
            Integer.parseInt(journal[1]), Long.parseLong(journal[3]), sections);
    }

    private static String word(final String line) {
        return line.substring(line.indexOf(' ') + 1);
    }
}
