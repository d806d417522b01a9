package dev.planetary.core.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A disk in memory, for tests: {@link #crash} leaves what was forced, and of the rest what chance leaves: of each file's unforced bytes a first part, of
 * the unforced creations, renames and deletions the first few. It can be made as full as a test wants. One thread.
 */
public final class SimulatedDisk implements Disk {
    /** Room of a disk that never fills. */
    public static final long ENDLESS = Long.MAX_VALUE;

    private Map<String, Content> files = new TreeMap<>();
    private Map<String, Content> forcedFiles = new TreeMap<>();
    private final List<Change> unforced = new ArrayList<>();
    private long roomBytes = ENDLESS;
    private long writtenBytes;
    private int forces;

    /** An empty one. */
    public SimulatedDisk() {
        // Nothing is there yet.
    }

    /** Bytes of a file, and how many of them survive. */
    private static final class Content {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int forced;

        private Content cut(final int length) {
            final Content kept = new Content();
            kept.bytes.write(bytes.toByteArray(), 0, length);
            kept.forced = length;
            return kept;
        }
    }

    /** A change to the folder; {@code content} is null where the name goes. */
    private record Change(String name, Content content) {
    }

    /** Bytes that it takes from now on before it is full. */
    public SimulatedDisk room(final long bytes) {
        roomBytes = bytes;
        return this;
    }

    /** Bytes that were appended to it so far. */
    public long writtenBytes() {
        return writtenBytes;
    }

    /** How often something was forced. */
    public int forces() {
        return forces;
    }

    /** What is left of it after the power went at this moment. */
    public SimulatedDisk crash(final RandomGenerator random) {
        final Map<String, Content> left = new TreeMap<>(forcedFiles);
        for (final Change change : unforced.subList(0, random.nextInt(unforced.size() + 1))) {
            apply(left, change);
        }
        final SimulatedDisk disk = new SimulatedDisk();
        left.forEach((name, content) ->
            disk.files.put(name, content.cut(content.forced + random.nextInt(content.bytes.size() - content.forced + 1))));
        disk.forcedFiles = new TreeMap<>(disk.files);
        return disk;
    }

    /** A copy of it as it is now, all of it forced: what a killed process leaves behind on a machine that runs on. */
    public SimulatedDisk copy() {
        final SimulatedDisk disk = new SimulatedDisk();
        files.forEach((name, content) -> disk.files.put(name, content.cut(content.bytes.size())));
        disk.forcedFiles = new TreeMap<>(disk.files);
        return disk;
    }

    /** The bytes of a file. */
    public byte[] bytes(final String name) {
        return files.get(name).bytes.toByteArray();
    }

    /** Puts a file there as it is, in the place of one of that name. */
    public void put(final String name, final byte[] bytes) {
        final Content content = new Content();
        content.bytes.writeBytes(bytes);
        content.forced = bytes.length;
        files.put(name, content);
        forcedFiles.put(name, content);
    }

    @Override
    public String place() {
        return "simulated";
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public long length(final String name) {
        final Content content = files.get(name);
        return content == null ? -1 : content.bytes.size();
    }

    @Override
    public InputStream read(final String name) throws IOException {
        return new ByteArrayInputStream(find(name).bytes.toByteArray());
    }

    @Override
    public Appender create(final String name) {
        final Content content = new Content();
        change(new Change(name, content));
        return new Appender() {
            @Override
            public void append(final ByteBuffer bytes) throws IOException {
                final int length = (int)Math.min(roomBytes, bytes.remaining());
                final byte[] copy = new byte[length];
                bytes.get(copy);
                content.bytes.writeBytes(copy);
                roomBytes -= roomBytes == ENDLESS ? 0 : length;
                writtenBytes += length;
                if (bytes.hasRemaining()) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void force() {
                forces++;
                content.forced = content.bytes.size();
            }

            @Override
            public void close() {
                // What was not forced stays so.
            }
        };
    }

    @Override
    public void rename(final String from, final String to) throws IOException {
        final Content content = find(from);
        change(new Change(to, content));
        change(new Change(from, null));
    }

    @Override
    public void delete(final String name) {
        if (files.containsKey(name)) {
            change(new Change(name, null));
        }
    }

    @Override
    public void force() {
        forces++;
        unforced.clear();
        forcedFiles = new TreeMap<>(files);
    }

    private void change(final Change change) {
        unforced.add(change);
        apply(files, change);
    }

    private static void apply(final Map<String, Content> to, final Change change) {
        if (change.content == null) {
            to.remove(change.name);
        } else {
            to.put(change.name, change.content);
        }
    }

    private Content find(final String name) throws IOException {
        final Content content = files.get(name);
        if (content == null) {
            throw new FileNotFoundException(name);
        }
        return content;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        files.forEach((name, content) -> text.append(name).append(' ').append(Arrays.hashCode(content.bytes.toByteArray())).append('\n'));
        return text.toString();
    }
}
