package dev.planetary.core.session;

import dev.planetary.core.cell.AnswerWriter;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.CellTrack;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.cell.SentAnswers;
import dev.planetary.core.cell.Tally;
import dev.planetary.core.cell.Watchers;
import dev.planetary.core.cell.Window;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.lane.AckWindow;
import dev.planetary.core.lane.ByteBudget;
import dev.planetary.core.lane.LaneReceiver;
import dev.planetary.core.lane.LaneSender;
import dev.planetary.core.lane.SentDatagrams;
import dev.planetary.core.region.Region;
import dev.planetary.core.region.Regions;
import dev.planetary.core.transport.HostTransport;
import dev.planetary.core.transport.SendResult;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The host's side of one player's session: what it was sent, what of that arrived, both lanes, its window and its budget. Each tick it is sent its
 * cells, most urgent first, until the budget is spent; cells that did not fit grow more urgent and go next tick.
 */
final class Peer implements SentDatagrams.Outcome {
    /** Answers under way; a player with more unacknowledged ones loses the oldest early. */
    private static final int ANSWERS_IN_FLIGHT = 8_192;

    /** Most answers that one datagram can hold. */
    private static final int ANSWERS_A_DATAGRAM = 512;

    private final HostSettings settings;
    private final HostTransport transport;
    private final Counters counters;
    private final AtomicCounter bytesSent;
    private final AtomicCounter datagramsSent;
    private final AtomicCounter laneBytesSent;
    private final AtomicCounter backPressured;
    private final boolean keepAlive;
    private final int keepAliveTicks;
    private final boolean retransmissionTimeout;
    private final boolean unknownIsLost;
    private final boolean givesUp;
    private final boolean heldNotLeaned;

    private final Window window;
    private final SentAnswers answersInFlight;
    private final AnswerWriter answers;
    private final SentDatagrams sent = new SentDatagrams();
    private final AckWindow inputs = new AckWindow();
    private final LaneSender laneOut;
    private final LaneReceiver laneIn;
    private final ByteBudget budget;
    private final int maxDatagramLength;
    private final UnsafeBuffer datagram;
    private final StateHeadWriter head = new StateHeadWriter();

    private int peer;
    private HostSeat seat;
    private long attempt;
    private int inputVersion;
    private int gate;
    private long heardNs;
    private int clientTimeMs;
    private long clientTimeHeardNs;
    private int quietTicks;
    private boolean joining;
    private long bytesSinceCount;
    private int sentDatagrams;
    private int sentBytes;
    private int sentLaneBytes;
    private boolean watermarked;
    private boolean givenUp;
    private int watermark;
    private int watermarkReopened;
    private InputHeadReader acknowledging;
    private AtomicCounter playerBytes;
    private AtomicCounter playerLaneBytes;

    Peer(
        final HostSettings settings, final HostTransport transport, final Watchers[] watchers, final int slack, final Counters counters,
        final Tally tally) {
        this.settings = settings;
        this.transport = transport;
        this.counters = counters;
        this.bytesSent = counters.of(CoreCounter.BYTES_SENT);
        this.datagramsSent = counters.of(CoreCounter.DATAGRAMS_SENT);
        this.laneBytesSent = counters.of(CoreCounter.LANE_BYTES_SENT);
        this.backPressured = counters.of(CoreCounter.BACK_PRESSURED);
        this.keepAliveTicks = SessionProtocol.keepAliveTicks(settings.tickRateHz());
        this.keepAlive = settings.repairs().has(Repair.KEEP_ALIVE);
        this.retransmissionTimeout = settings.repairs().has(Repair.RETRANSMISSION_TIMEOUT);
        this.unknownIsLost = settings.repairs().has(Repair.UNKNOWN_IS_LOST);
        this.givesUp = settings.repairs().has(Repair.GIVE_UP);
        this.heldNotLeaned = settings.repairs().has(Repair.HELD_NOT_LEANED);
        this.window = new Window(watchers, settings.radiusMetres(), settings.hysteresisMetres(), settings.bands(), settings.repairs());
        this.answersInFlight = new SentAnswers(ANSWERS_IN_FLIGHT, settings.repairs(), tally);
        this.answers = new AnswerWriter(window, answersInFlight, tally);
        this.laneOut = new LaneSender(settings.laneCapacity());
        this.laneIn = new LaneReceiver(settings.laneCapacity());
        this.budget = new ByteBudget(settings.budgetBytesPerSecond(), Math.max(
            settings.budgetBytesPerSecond(), ByteBudget.JOINING_BYTES_PER_SECOND_DEFAULT));
        this.maxDatagramLength = transport.maxDatagramLength();
        this.datagram = new UnsafeBuffer(ByteBuffer.allocateDirect(maxDatagramLength + slack));
    }

    /** A player takes its seat over this connection. */
    void open(
        final int newPeer, final HostSeat newSeat, final long newAttempt, final int wantedSources, final int newInputVersion, final int tick,
        final long nowNs) {
        peer = newPeer;
        seat = newSeat;
        attempt = newAttempt;
        inputVersion = newInputVersion;
        heardNs = nowNs;
        // 0 says "not heard": the time of a player that had this session before means nothing to this one.
        clientTimeMs = 0;
        clientTimeHeardNs = nowNs;
        quietTicks = 0;
        bytesSinceCount = 0;
        joining = true;
        watermarked = false;
        givenUp = false;
        gate = 0;
        budget.reset();
        budget.beginJoin();
        window.open(seat.number(), wantedSources, tick);
        playerBytes = counters.add(PlayerCounter.BYTES_SENT, "player " + seat.number() + " " + seat.name() + ": sent (bytes)");
        playerLaneBytes = counters.add(
            PlayerCounter.LANE_BYTES_SENT, "player " + seat.number() + " " + seat.name() + ": transaction lane (bytes)");
    }

    /** The session is over: everything that it held is free again. */
    void close() {
        window.close();
        sent.reset();
        head.reset();
        answersInFlight.reset();
        answers.reset();
        inputs.reset();
        laneOut.reset();
        laneIn.reset();
        seat = null;
        playerBytes.close();
        playerLaneBytes.close();
    }

    // ---- in ----

    /** Makes the numbers of a datagram of this player whole. */
    void resolve(final InputHeadReader input) {
        input.resolve(inputs.newest(), sent.newestNumber(), clientTimeMs);
    }

    /**
     * Takes the acks and the lane piece of an input datagram whose lengths were checked. Returns false where the sender is no honest client: the
     * session ends.
     */
    boolean onInput(final InputHeadReader input, final DirectBuffer buffer, final long nowNs) {
        heardNs = nowNs;
        final int number = input.number();
        final int laneLength = input.laneLength();
        if (input.hasAcked() && !acknowledge(input, nowNs)) {
            return false;
        }
        if (!inputs.isNew(number)) {
            return true;
        }
        if (laneLength > 0) {
            final int taken = laneIn.onPiece(input.laneOffset(), buffer, input.piece(), laneLength);
            if (taken == LaneReceiver.MALFORMED) {
                return false;
            }
            if (taken == LaneReceiver.REFUSED) {
                return true;
            }
        }
        head.onInput(laneLength > 0);
        if (inputs.newest() - number < 0) {
            clientTimeMs = input.clientTimeMs();
            clientTimeHeardNs = nowNs;
        }
        inputs.onReceived(number);
        return true;
    }

    private boolean acknowledge(final InputHeadReader input, final long nowNs) {
        final int newest = input.acked();
        acknowledging = input;
        if (!unknownIsLost) {
            // The fault to show: what the bitmap no longer tells is taken as received.
            sent.forgetOlderThan(newest - AckWindow.BITS, this);
        }
        return sent.onAck(newest, input.told(), input.acks(0), input.acks(1), input.acks(2), input.acks(3), nowNs, this);
    }

    /** Whether the datagram with this number is the newest so far: only its input counts. */
    boolean isNewest(final int number) {
        return number - inputs.newest() >= 0;
    }

    int pollLane(final LaneReceiver.RecordHandler handler) {
        return laneIn.poll(handler);
    }

    @Override
    public void onAcked(final int number, final int index) {
        laneOut.onAcked(sent.laneOffset(index), sent.laneLength(index));
        budget.onAcked(sent.bytes(index));
        if (heldNotLeaned && acknowledging.isHeld(number)) {
            answersInFlight.onHeld(sent.entriesFrom(index), sent.entriesTo(index));
        } else {
            answersInFlight.onAcked(sent.entriesFrom(index), sent.entriesTo(index));
        }
        head.onAcked(number, sent.note(index));
        window.onHeard(sent.note(index));
    }

    @Override
    public void onLost(final int number, final int index) {
        laneOut.onLost(sent.laneOffset(index), sent.laneLength(index));
        answersInFlight.onLost(sent.entriesFrom(index), sent.entriesTo(index));
        budget.onLost(sent.bytes(index));
        head.onLost(number);
    }

    // ---- out ----

    /** Queues a record of the transaction lane. False: the player cannot keep up, and its session must end. */
    boolean offer(final DirectBuffer record, final int offset, final int length) {
        // After a record that found no room none may follow, and no state: the player would see a hole.
        return !givenUp && laneOut.offer(record, offset, length);
    }

    /** The player cannot keep up: its session ends with the next tick. */
    void giveUp() {
        givenUp = givesUp;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Longest record of the lane. */
    int maxRecordLength() {
        return laneOut.maxRecordLength();
    }

    /** From now on state waits for the newest record of the lane. */
    void gateOnNewest() {
        gate = laneOut.offered();
    }

    /** The newest record of the lane tells of a transaction; what of it cannot be shown yet belongs to the first window. */
    void onTold() {
        gateOnNewest();
        if (joining) {
            window.reopen();
        }
    }

    /** The window goes where the player's anchor went. */
    void follow(final int tick) {
        window.follow(seat.anchorX(), seat.anchorZ(), tick);
    }

    /**
     * Sends what this tick has for the player.
     *
     * @param startedNs    when the tick began.
     * @param joiningShare bytes a second that the host gives to each player that joins.
     */
    void send(final int tick, final long startedNs, final long nowNs, final int joiningShare) {
        if (givenUp) {
            return;
        }
        budget.share(joiningShare);
        budget.refill(settings.tickPeriodNs());
        budget.judge(sent.srttNs());
        if (retransmissionTimeout) {
            sent.expire(nowNs, sent.rtoNs(), this);
        }
        final boolean news = answers.begin(tick) || laneOut.hasPiece();
        quietTicks++;
        final boolean quiet = keepAlive && quietTicks >= keepAliveTicks;
        if (budget.available() <= 0) {
            // The last datagram took more than was there. A head alone goes, so that neither side takes the other for silent.
            if (quiet) {
                sendDatagram(tick, startedNs, nowNs, true, true);
            }
        } else if (news || head.isAckDue() || quiet) {
            boolean emptyToo = head.isAckDue() || quiet;
            while (sendDatagram(tick, startedNs, nowNs, false, emptyToo) && budget.available() > 0 && (answers.hasMore() || laneOut.hasPiece())) {
                emptyToo = false;
            }
        }
        count();
    }

    /**
     * Sends one datagram: a head alone, or with what there is to say; where that turns out to be nothing, only if {@code emptyToo}. Returns whether
     * something was said.
     */
    private boolean sendDatagram(final int tick, final long startedNs, final long nowNs, final boolean alone, final boolean emptyToo) {
        while (answersInFlight.next() - sent.entriesFloor() > answersInFlight.capacity() - ANSWERS_A_DATAGRAM && sent.loseOldest(this)) {
            // Makes room for the entries of this datagram.
            continue;
        }
        answersInFlight.floor(sent.entriesFloor());
        final int number = sent.open(nowNs, this);
        final boolean hasPiece = !alone && laneOut.hasPiece();
        final int headLength = head.begin(
            datagram, number, tick, startedNs, window.anchorX(), window.anchorZ(), gate, hasPiece, inputs, clientTimeMs,
            (int)Math.min(StateHead.MOST_DELAY_MS, (nowNs - clientTimeHeardNs) / 1_000_000));
        int length = headLength;
        int pieceLength = 0;
        int pieceOffset = 0;
        if (hasPiece) {
            pieceLength = laneOut.write(datagram, headLength, maxDatagramLength);
            pieceOffset = laneOut.writtenOffset();
            head.lane(pieceOffset, pieceLength);
            length += pieceLength;
        }
        final int entriesFrom = answersInFlight.next();
        // While more of the lane waits it goes alone: a client whose queue of held datagrams is full cannot acknowledge answers that wait for the lane,
        // and would be sent the same pieces for ever.
        if (!alone && !laneOut.hasPiece()) {
            length = answers.write(datagram, length, maxDatagramLength, maxDatagramLength - headLength);
        }
        if (length == headLength && !emptyToo) {
            // What changed is of no concern to this player.
            return false;
        }
        final int entriesTo = answersInFlight.next();
        if (transport.send(peer, datagram, 0, length) != SendResult.SENT) {
            // Nothing of it left: it is lost now, and the next answer covers it.
            backPressured.incrementRelease();
            laneOut.onLost(pieceOffset, pieceLength);
            answersInFlight.onLost(entriesFrom, entriesTo);
            return false;
        }
        head.sent();
        sent.close(length, pieceOffset, pieceLength, entriesFrom, entriesTo, tick);
        budget.spend(length);
        quietTicks = 0;
        sentDatagrams++;
        sentBytes += length;
        sentLaneBytes += pieceLength;
        return length > headLength;
    }

    /** Once a tick, so that a datagram costs no counter. */
    private void count() {
        if (sentDatagrams == 0) {
            return;
        }
        datagramsSent.getAndAddRelease(sentDatagrams);
        bytesSent.getAndAddRelease(sentBytes);
        playerBytes.getAndAddRelease(sentBytes);
        bytesSinceCount += sentBytes;
        if (sentLaneBytes > 0) {
            laneBytesSent.getAndAddRelease(sentLaneBytes);
            playerLaneBytes.getAndAddRelease(sentLaneBytes);
        }
        sentDatagrams = 0;
        sentBytes = 0;
        sentLaneBytes = 0;
    }

    /** Adds this player and its window to a count of regions. */
    void count(final Regions regions) {
        regions.player(Region.at(seat.anchorX(), seat.anchorY(), seat.anchorZ()), bytesSinceCount);
        bytesSinceCount = 0;
        for (int i = 0; i < window.size(); i++) {
            final CellTrack track = window.track(i);
            if (CellKey.kind(track.cell()) == CellKey.SPATIAL) {
                final double size = window.source(track).grid().cellSizeMetres();
                regions.cell(Region.at(CellKey.x(track.cell()) * size, 0, CellKey.z(track.cell()) * size));
            }
        }
    }

    /** Whether its first window has not arrived. */
    boolean isJoining() {
        return joining;
    }

    /** True once, when everything in the first window has arrived. */
    boolean firstWindowArrived() {
        if (!joining || !window.isComplete()) {
            watermarked = false;
            return false;
        }
        // A loss sets a cell back, which may be served to its end again within the same tick: then the window was complete only with that.
        if (!watermarked || watermarkReopened != window.reopened()) {
            watermarked = true;
            watermarkReopened = window.reopened();
            watermark = sent.newestNumber();
        }
        if (sent.outstanding() == 0 || sent.oldestNumber() - watermark > 0) {
            joining = false;
            budget.endJoin();
            return true;
        }
        return false;
    }

    // ---- questions ----

    int number() {
        return peer;
    }

    HostSeat seat() {
        return seat;
    }

    /** Schema version of the player's inputs. */
    int inputVersion() {
        return inputVersion;
    }

    long attempt() {
        return attempt;
    }

    long heardNs() {
        return heardNs;
    }

    Window window() {
        return window;
    }

    /** Whether nothing is left to say, and everything that was said has been acknowledged: an answer under way may yet turn out to be lost. */
    boolean isSettled(final int tick) {
        return !window.hasNews() && laneOut.isIdle() && sent.entriesFloor() == answersInFlight.next();
    }
}
