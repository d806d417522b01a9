package dev.planetary.core.counter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of one host or client. Adding is for start-up and joins; incrementing costs about a nanosecond and allocates nothing.
 * One thread writes; any process reads the file ({@link CounterFile}).
 */
public final class Counters implements AutoCloseable {
    /** Room for this many counters. */
    public static final int CAPACITY = 8_192;

    private final CountersManager manager;
    private final MappedByteBuffer mapping;
    private final Path file;
    private final Int2ObjectHashMap<AtomicCounter> core = new Int2ObjectHashMap<>();

    private Counters(final UnsafeBuffer metadata, final UnsafeBuffer values, final MappedByteBuffer mapping, final Path file) {
        this.manager = new CountersManager(metadata, values);
        this.mapping = mapping;
        this.file = file;
    }

    /** Counters that nobody outside this process sees. */
    public static Counters inMemory() {
        return inMemory(1_024);
    }

    /** As {@link #inMemory()} with room for {@code capacity} counters. */
    public static Counters inMemory(final int capacity) {
        return new Counters(
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.COUNTER_LENGTH)),
            null,
            null);
    }

    /** Counters in a new file of the well-known folder, named after this process; {@code role} is "host", "client" or the like. */
    public static Counters inFile(final String role) {
        try {
            final Path file = CounterFile.create(role);
            final MappedByteBuffer mapping = IoUtil.mapExistingFile(file.toFile(), "counters");
            return new Counters(CounterFile.metadata(mapping), CounterFile.values(mapping), mapping, file);
        } catch (final IOException e) {
            throw new UncheckedIOException("counters file: " + e.getMessage(), e);
        }
    }

    /** The counter of the core with this id, made when first asked for. */
    public AtomicCounter of(final CoreCounter id) {
        AtomicCounter counter = core.get(id.ordinal());
        if (counter == null) {
            counter = manager.newCounter(id.label(), id.typeId());
            core.put(id.ordinal(), counter);
        }
        return counter;
    }

    /**
     * A counter of its own; {@code label} says what and in which unit: "dirt dug (voxels)". Close it when its subject is gone. Where the file is full it
     * counts for nobody.
     */
    public AtomicCounter add(final int typeId, final String label) {
        if (manager.available() == 0) {
            return new AtomicCounter(new UnsafeBuffer(ByteBuffer.allocateDirect(CountersReader.COUNTER_LENGTH)), 0);
        }
        return manager.newCounter(label, typeId);
    }

    /** Reads all of these counters, by the thread that writes them. */
    public CountersReader reader() {
        return manager;
    }

    @Override
    public void close() {
        if (mapping != null) {
            IoUtil.unmap(mapping);
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }
}
