package dev.planetary.core.journal;

import dev.planetary.core.counter.Counters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A world on its disk: the last two saves, and the journal since the older of them. A save is a manifest that names its files; it counts from the moment
 * in which the manifest has its name, and what is older than the save before it goes only then. Where a file of the newest save is damaged, the save
 * before it and the journal since give the same world.
 *
 * <p>For the thread that ticks the host; a save is collected on it and written on a thread of its own.
 */
public final class WorldStore implements AutoCloseable {
    private static final String ASIDE = ".new";
    private static final String DAMAGED = ".damaged";
    private static final long LOOK_AGAIN_NS = 1_000_000;

    private final Disk disk;
    private final Fsync fsync;
    private final Counters counters;
    private final boolean ownThreads;
    private final List<String> notes = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final Map<String, byte[]> loaded = new HashMap<>();
    private Manifest current;
    private Manifest former;
    private int lastGeneration;
    private boolean mustSave;
    private String summary = "";
    private Journal journal;
    private Thread saver;
    private volatile Saved result;

    private WorldStore(final Disk disk, final Fsync fsync, final Counters counters, final boolean ownThreads) {
        this.disk = disk;
        this.fsync = fsync;
        this.counters = counters;
        this.ownThreads = ownThreads;
    }

    /**
     * How a save ended.
     *
     * @param sentence for the user where it failed; empty where it did not.
     * @param bytes    written for it.
     */
    public record Saved(int tick, long bytes, long ns, Optional<String> sentence) {
    }

    /** Sees frames of the journal again. */
    @FunctionalInterface
    public interface Replay {
        /** What a tick did; the buffer is valid during the call. */
        void onFrame(String file, int tick, org.agrona.DirectBuffer payload, int offset, int length);
    }

    /** Whether a world lies there. */
    public static boolean holdsWorld(final Disk disk) {
        try {
            return disk.list().stream().anyMatch(name -> Manifest.generationOf(name) > 0 || Frame.numberOf(name) > 0);
        } catch (final IOException e) {
            throw new JournalException("world " + disk.place() + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Opens what lies there: the newest save whose files are whole.
     *
     * @param ownThreads false does everything within the calls, for tests that step time.
     * @throws JournalException where no save is whole: nothing was changed.
     */
    public static WorldStore open(final Disk disk, final Fsync fsync, final Counters counters, final boolean ownThreads) {
        final WorldStore store = new WorldStore(disk, fsync, counters, ownThreads);
        try {
            store.load();
        } catch (final IOException e) {
            throw new JournalException("world " + disk.place() + " cannot be read (" + e.getMessage() + "); nothing was changed", e);
        }
        return store;
    }

    private void load() throws IOException {
        final List<String> files = disk.list();
        final int[] generations = files.stream().mapToInt(Manifest::generationOf).filter(generation -> generation > 0).sorted().toArray();
        String first = null;
        for (int i = generations.length - 1; i >= 0 && current == null; i--) {
            lastGeneration = Math.max(lastGeneration, generations[i]);
            final String wrong = load(generations[i]);
            if (wrong != null) {
                first = first == null ? wrong : first;
                loaded.clear();
            }
        }
        if (current == null && (first != null || files.stream().anyMatch(name -> Frame.numberOf(name) > 0))) {
            throw new JournalException("world " + disk.place() + ": "
                + (first == null ? "its manifest is missing" : first + ", and no other save is whole") + "; nothing was changed");
        }
        if (first != null) {
            mustSave = true;
            notes.add(first + "; goes on from the save before it and the journal since");
        }
        mustSave |= current == null;
    }

    /** Reads a save into memory; returns what is wrong with it, or null. */
    private String load(final int generation) throws IOException {
        final String name = Manifest.fileName(generation);
        final Manifest manifest = readManifest(name);
        if (manifest == null || manifest.generation() != generation) {
            damaged.add(name);
            return name + " is damaged";
        }
        for (final Manifest.Section section : manifest.sections()) {
            final long length = disk.length(section.fileName());
            if (length < 0) {
                return section.fileName() + " is missing";
            }
            final byte[] bytes = length == section.length() && length < Integer.MAX_VALUE ? readAll(section.fileName()) : new byte[0];
            if (bytes.length != section.length() || !hashOf(bytes).equals(section.hash())) {
                damaged.add(section.fileName());
                return section.fileName() + (length < section.length() ? " is cut short" : " is damaged");
            }
            loaded.put(section.name(), bytes);
        }
        current = manifest;
        return null;
    }

    private Manifest readManifest(final String name) throws IOException {
        if (disk.length(name) > Manifest.MOST_BYTES) {
            return null;
        }
        try {
            return Manifest.read(readAll(name));
        } catch (final NumberFormatException e) {
            // A number that no build of ours writes.
            return null;
        }
    }

    private byte[] readAll(final String name) throws IOException {
        try (InputStream in = disk.read(name)) {
            return in.readAllBytes();
        }
    }

    private static String hashOf(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Whether no world lies there yet. */
    public boolean isNew() {
        return current == null;
    }

    /** Tick of the save. */
    public int savedTick() {
        return current == null ? 0 : current.tick();
    }

    /** Bytes of a section of the save, or null where it has none of that name. */
    public byte[] section(final String name) {
        return loaded.get(name);
    }

    /** What was found damaged or cut off, sentences for the user. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What the world goes on from, a sentence; empty where it is new. After {@link #replay}. */
    public String summary() {
        return summary;
    }

    /** Whether the world must be saved before anybody plays: it is new, or what lies there is not whole. */
    public boolean mustSave() {
        return mustSave;
    }

    /**
     * Shows what was done since the save, in order, and begins the journal behind it; {@link #save} or {@link Journal#rotate} begins its next file.
     *
     * @return tick of the last frame, or of the save where there is none.
     */
    public int replay(final Replay replay) {
        int lastTick = savedTick();
        long sequence = 1;
        int lastNumber = 0;
        try {
            for (final String name : disk.list()) {
                lastNumber = Math.max(lastNumber, Frame.numberOf(name.endsWith(DAMAGED) ? name.substring(0, name.length() - DAMAGED.length()) : name));
            }
            if (current != null) {
                final JournalReader.Outcome outcome = new JournalReader(disk).read(current.journal(), current.sequence(), lastTick, replay::onFrame);
                sequence = outcome.nextSequence();
                lastTick = outcome.lastTick();
                damaged.addAll(outcome.unread());
                notes.addAll(outcome.notes());
                mustSave |= outcome.damaged();
                summary = "goes on from the save of tick " + Integer.toUnsignedString(current.tick()) + " and what " + outcome.frames()
                    + " frames of the journal hold since, up to tick " + Integer.toUnsignedString(lastTick);
            }
        } catch (final IOException e) {
            throw new JournalException("world " + disk.place() + ": its journal cannot be read (" + e.getMessage() + "); nothing was changed", e);
        }
        loaded.clear();
        journal = Journal.open(disk, fsync, lastNumber, sequence, counters, ownThreads);
        return lastTick;
    }

    /** The journal; after {@link #replay}. */
    public Journal journal() {
        return journal;
    }

    /** Whether a save is being written. */
    public boolean isSaving() {
        return saver != null && saver.isAlive();
    }

    /** How the last save ended, once. */
    public Optional<Saved> pollSaved() {
        if (isSaving()) {
            return Optional.empty();
        }
        final Saved saved = result;
        result = null;
        return Optional.ofNullable(saved);
    }

    /**
     * Saves these sections as they are after {@code tick}, on a thread of its own. The journal goes on in a new file, whose first frame lies ready in
     * {@link Journal#frame()} with so many bytes of payload.
     */
    public void save(final int tick, final Map<String, byte[]> sections, final int firstFrameLength) {
        if (isSaving()) {
            throw new IllegalStateException("the save before is still being written");
        }
        final int number = journal.nextNumber();
        final long sequence = journal.nextSequence();
        journal.rotate(tick, firstFrameLength);
        final Runnable work = () -> result = write(tick, number, sequence, sections);
        if (ownThreads) {
            saver = new Thread(work, "planetary-saver");
            saver.setDaemon(true);
            saver.start();
        } else {
            journal.await();
            work.run();
        }
    }

    /** Waits until the save that is being written is done. */
    public void awaitSave() {
        boolean interrupted = false;
        while (isSaving()) {
            try {
                saver.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- on the saver's thread ----

    private Saved write(final int tick, final int number, final long sequence, final Map<String, byte[]> sections) {
        final long beganNs = System.nanoTime();
        final int generation = lastGeneration + 1;
        final List<String> written = new ArrayList<>();
        final long[] bytes = new long[1];
        String name = Frame.fileName(number);
        try {
            while (journal.openNumber() < number) {
                // The manifest must not name a journal file that is not there.
                if (journal.isFailed()) {
                    return failed(tick, "the journal failed");
                }
                LockSupport.parkNanos(this, LOOK_AGAIN_NS);
            }
            final List<Manifest.Section> parts = new ArrayList<>();
            for (final Map.Entry<String, byte[]> section : sections.entrySet()) {
                final Manifest.Section part = new Manifest.Section(
                    section.getKey(), generation, section.getValue().length, hashOf(section.getValue()));
                final Manifest.Section same = unchanged(part);
                if (same == null) {
                    name = part.fileName();
                    written.add(name);
                    writeFile(name, section.getValue(), bytes);
                }
                parts.add(same == null ? part : same);
            }
            final Manifest manifest = new Manifest(generation, tick, number, sequence, parts);
            name = manifest.fileName();
            written.add(name + ASIDE);
            writeFile(name + ASIDE, manifest.toBytes(), bytes);
            disk.force();
            disk.rename(name + ASIDE, name);
            disk.force();
            lastGeneration = generation;
            former = current;
            current = manifest;
        } catch (final IOException e) {
            takeAway(written);
            return failed(tick, name + " cannot be written (" + e.getMessage() + ")");
        }
        return new Saved(tick, bytes[0], System.nanoTime() - beganNs, cleanUp());
    }

    private Saved failed(final int tick, final String why) {
        return new Saved(tick, 0, 0, Optional.of("world " + disk.place() + ": not saved at tick " + Integer.toUnsignedString(tick) + ": " + why + "; "
            + (current == null ? "nothing is kept yet" : "kept are the save of tick " + Integer.toUnsignedString(current.tick()) + " and the journal since")));
    }

    private Manifest.Section unchanged(final Manifest.Section part) {
        if (current == null) {
            return null;
        }
        return current.sections().stream()
            .filter(old -> old.name().equals(part.name()) && old.length() == part.length() && old.hash().equals(part.hash())
                && !damaged.contains(old.fileName()))
            .findFirst().orElse(null);
    }

    private void writeFile(final String name, final byte[] content, final long[] bytes) throws IOException {
        try (Disk.Appender file = disk.create(name)) {
            file.append(ByteBuffer.wrap(content));
            file.force();
        }
        bytes[0] += content.length;
    }

    private void takeAway(final List<String> files) {
        try {
            for (final String file : files) {
                disk.delete(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("what was half written stays: no save refers to it", e);
        }
    }

    /** Sets aside what is damaged and deletes what neither of the last two saves needs; what goes wrong here loses nothing. */
    private Optional<String> cleanUp() {
        try {
            for (final String name : damaged) {
                if (disk.length(name) >= 0) {
                    disk.rename(name, name + DAMAGED);
                }
            }
            damaged.clear();
            final Set<String> needed = new HashSet<>();
            final int firstJournal = former == null ? current.journal() : former.journal();
            need(needed, current);
            need(needed, former);
            for (final String name : disk.list()) {
                final boolean isOld = name.endsWith(Manifest.Section.SUFFIX) || name.endsWith(ASIDE) || Manifest.generationOf(name) > 0
                    || Frame.numberOf(name) > 0 && Frame.numberOf(name) < firstJournal;
                if (isOld && !needed.contains(name)) {
                    disk.delete(name);
                }
            }
            return Optional.empty();
        } catch (final IOException e) {
            return Optional.of("world " + disk.place() + ": saved, but old files could not be deleted (" + e.getMessage() + ")");
        }
    }

    private static void need(final Set<String> needed, final Manifest manifest) {
        if (manifest != null) {
            needed.add(manifest.fileName());
            manifest.sections().forEach(section -> needed.add(section.fileName()));
        }
    }

    @Override
    public void close() {
        awaitSave();
        if (journal != null) {
            journal.close();
        }
    }
}
