package dev.planetary.core.journal;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Takes what each tick did and makes it durable while the host waits for its next tick. There is one frame at a time: the tick's thread fills it and
 * hands it over ({@link #submit}), the journal's thread writes it and hands it back, and the next tick begins with {@link #await}. The hand-over is one
 * volatile field; neither side takes a lock.
 *
 * <p>All methods are for the tick's thread, except where they say otherwise.
 */
public final class Journal implements AutoCloseable {
    private static final int MINE = 0;
    private static final int FRAME = 1;
    private static final int ROTATION = 2;
    private static final int FAILED = 3;
    private static final int CLOSING = 4;
    private static final int CLOSED = 5;
    private static final long LOOK_AGAIN_NS = 1_000_000;
    private static final long SECOND_NS = 1_000_000_000;
    private static final int FIRST_BYTES = 16_384;
    /** A frame that was longer than this gives its memory back. */
    private static final int KEPT_BYTES = 1 << 22;

    private final Disk disk;
    private final JournalFiles files;
    private final Thread thread;
    private final AtomicCounter waits;
    private final AtomicCounter frames;
    private final AtomicCounter bytes;
    private ExpandableDirectByteBuffer frame = new ExpandableDirectByteBuffer(FIRST_BYTES);
    private int length;
    private int tick;
    private int durableTick;
    private int nextNumber;
    private long nextSequence;
    private IOException failure;
    private volatile int state = MINE;
    private volatile Thread waiter;
    private volatile int openNumber;

    private Journal(
        final Disk disk, final JournalFiles files, final int nextNumber, final long nextSequence, final Counters counters, final boolean ownThread) {
        this.disk = disk;
        this.nextNumber = nextNumber;
        this.nextSequence = nextSequence;
        this.files = files;
        this.waits = counters.of(CoreCounter.JOURNAL_WAITS);
        this.frames = counters.of(CoreCounter.JOURNAL_FRAMES);
        this.bytes = counters.of(CoreCounter.JOURNAL_BYTES);
        this.thread = ownThread ? new Thread(this::run, "planetary-journal") : null;
        if (ownThread) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * A journal whose files go on behind those that are there; {@link #rotate} begins the first.
     *
     * @param ownThread false writes within {@link #await}, or when a test calls {@link #work}.
     */
    static Journal open(
        final Disk disk, final Fsync fsync, final int lastNumber, final long nextSequence, final Counters counters, final boolean ownThread) {
        return new Journal(disk, new JournalFiles(disk, fsync, lastNumber, nextSequence), lastNumber + 1, nextSequence, counters, ownThread);
    }

    /** Where the next frame is written: its payload from {@link Frame#HEAD} on. Only between {@link #await} and {@link #submit}. */
    public MutableDirectBuffer frame() {
        if (state != MINE) {
            throw new IllegalStateException("the frame of tick " + tick + " is not written yet");
        }
        return frame;
    }

    /** Hands the frame over: so many bytes of payload, 1 to {@link Frame#MOST_PAYLOAD}. */
    public void submit(final int ofTick, final int payloadLength) {
        handOver(FRAME, ofTick, payloadLength);
    }

    /** Begins the next file, with this frame as its first. The former file is kept until somebody deletes it. */
    public void rotate(final int ofTick, final int payloadLength) {
        handOver(ROTATION, ofTick, payloadLength);
        nextNumber++;
    }

    /** Number of the file that the next {@link #rotate} begins. */
    int nextNumber() {
        return nextNumber;
    }

    /** Sequence of the frame that is handed over next. */
    long nextSequence() {
        return nextSequence;
    }

    private void handOver(final int what, final int ofTick, final int payloadLength) {
        if (payloadLength < 1 || payloadLength > Frame.MOST_PAYLOAD) {
            throw new JournalException("world " + disk.place() + ": tick " + ofTick + " did " + payloadLength + " bytes at once, at most "
                + Frame.MOST_PAYLOAD + " can be kept; what was told before is saved");
        }
        frame.checkLimit(Frame.HEAD + payloadLength);
        nextSequence++;
        tick = ofTick;
        length = payloadLength;
        state = what;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Returns when all that was handed over is durable.
     *
     * @throws JournalException when it cannot be: what was told so far is safe, what this frame held must not be told.
     */
    public void await() {
        if (thread == null) {
            work();
        } else if (state == FRAME || state == ROTATION) {
            waits.increment();
            waiter = Thread.currentThread();
            while (state == FRAME || state == ROTATION) {
                LockSupport.parkNanos(this, LOOK_AGAIN_NS);
            }
            waiter = null;
        }
        if (state == FAILED) {
            throw failed();
        }
        if (frame.capacity() > KEPT_BYTES) {
            frame = new ExpandableDirectByteBuffer(FIRST_BYTES);
        }
    }

    private JournalException failed() {
        return new JournalException("world " + disk.place() + ": " + files.name() + " cannot be written (" + failure.getMessage()
            + "); saved is all that players were told, up to tick " + Integer.toUnsignedString(durableTick), failure);
    }

    /** Whether writing failed; for any thread. */
    boolean isFailed() {
        return state == FAILED;
    }

    /** Number of the file that frames go to, durably begun; for any thread. */
    public int openNumber() {
        return openNumber;
    }

    /** Does what waits, if something does: the journal's thread, or a test that has none. */
    public boolean work() {
        final int todo = state;
        if (todo != FRAME && todo != ROTATION) {
            return false;
        }
        int next = MINE;
        try {
            if (failure != null) {
                throw failure;
            }
            if (todo == FRAME) {
                files.append(frame.byteBuffer(), length, tick);
            } else {
                files.rotate(frame.byteBuffer(), length, tick);
                openNumber = files.number();
            }
            frames.incrementOrdered();
            bytes.getAndAddOrdered(Frame.HEAD + length);
            durableTick = tick;
        } catch (final IOException e) {
            failure = e;
            next = FAILED;
        }
        state = next;
        final Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
        return true;
    }

    private void run() {
        long forcedNs = System.nanoTime();
        while (state != CLOSING) {
            if (!work()) {
                LockSupport.parkNanos(this, SECOND_NS / 4);
            }
            final long nowNs = System.nanoTime();
            if (nowNs - forcedNs >= SECOND_NS) {
                forcedNs = nowNs;
                forceWhatIsDirty();
            }
        }
        closeFiles();
        state = CLOSED;
    }

    private void forceWhatIsDirty() {
        try {
            files.forceWhatIsDirty();
        } catch (final IOException e) {
            // The next frame finds it: the state belongs to the tick's thread now.
            failure = e;
        }
    }

    private void closeFiles() {
        try {
            files.close();
        } catch (final IOException e) {
            failure = e;
        }
    }

    /**
     * Writes what waits and closes the files; nothing more where {@link #await} has said that they cannot be written.
     *
     * @throws JournalException when it could not be made durable.
     */
    @Override
    public void close() {
        if (state == CLOSED) {
            return;
        }
        final boolean wasFailed = state == FAILED;
        try {
            if (!wasFailed) {
                await();
            }
        } finally {
            state = CLOSING;
            if (thread == null) {
                closeFiles();
                state = CLOSED;
            } else {
                LockSupport.unpark(thread);
                join();
            }
        }
        if (!wasFailed && failure != null) {
            throw failed();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
