package dev.planetary.core.session;

import dev.planetary.core.cell.AnswerReader;
import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.EntityReader;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.cell.Tick;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.lane.AckWindow;
import dev.planetary.core.lane.LaneReceiver;
import dev.planetary.core.lane.LaneSender;
import dev.planetary.core.lane.SentDatagrams;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.sbe.GoodbyeDecoder;
import dev.planetary.core.sbe.GoodbyeEncoder;
import dev.planetary.core.sbe.HelloEncoder;
import dev.planetary.core.sbe.MessageHeaderDecoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RefusedDecoder;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.transport.DatagramHandler;
import dev.planetary.core.transport.SendResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client's side of a session: knocks until it is let in, takes state datagrams apart (lane piece, then answers), holds those that are ahead of
 * their transaction, and sends acks, inputs and its own lane. Client loop only.
 */
final class ClientConnection implements DatagramHandler, SentDatagrams.Outcome {
    private static final long KNOCK_EVERY_NS = 200_000_000L;
    private static final int GOODBYES = 3;

    private final ClientSettings settings;
    private final GameParts parts;
    private final ClientTransport transport;
    private final ClientGame game;
    private final ClientRecords records;
    private final long attempt;
    private final boolean gates;
    private final boolean droppedNotAcked;

    private final AckWindow received = new AckWindow();
    private final SentDatagrams sent = new SentDatagrams(256);
    private final LaneReceiver laneIn;
    private final LaneSender laneOut;
    private final HeldDatagrams held;
    private final UnsafeBuffer out;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final GoodbyeEncoder goodbyeOut = new GoodbyeEncoder();
    private final InputHeadWriter input = new InputHeadWriter();
    private final StateHeadReader state;
    private final RefusedDecoder refused = new RefusedDecoder();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();

    private ClientState session = ClientState.CONNECTING;
    private String sentence = "";
    private InputWriter inputWriter;
    private int inputSchema;
    private int inputTemplate;
    private int inputBlock;
    private long knockedNs = Long.MIN_VALUE / 2;
    private long heardNs;
    private long firstHeardNs;
    private long joinNs;
    private long nowNs;
    private long roundTripMs;
    private int newestTick;
    private boolean anyHeard;
    private int newestApplied;
    private int releasedInVain;
    private boolean lacking;

    ClientConnection(
        final ClientSettings settings, final GameParts parts, final ClientTransport transport, final ClientGame game, final long attempt) {
        this.settings = settings;
        this.parts = parts;
        this.transport = transport;
        this.game = game;
        this.attempt = attempt;
        this.gates = settings.repairs().has(Repair.GATE);
        this.droppedNotAcked = settings.repairs().has(Repair.HELD_DROPPED_NOT_ACKED);
        this.laneIn = new LaneReceiver(settings.laneCapacity());
        this.laneOut = new LaneSender(settings.laneCapacity());
        this.held = new HeldDatagrams(settings.heldCapacity(), transport.maxDatagramLength());
        this.out = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(transport.maxDatagramLength(), 512)));
        this.state = new StateHeadReader(settings.repairs());
        this.records = new ClientRecords(game, this);
    }

    // ---- in ----

    void receive(final long newNowNs) {
        nowNs = newNowNs;
        transport.poll(this);
        if (game.entities() != null) {
            game.entities().settle();
        }
        if (anyHeard && !session.isOver() && nowNs - heardNs > settings.silenceMs() * 1_000_000L) {
            end(ClientState.LOST, "the host was not heard for " + settings.silenceMs() / 1_000.0 + " s");
        }
    }

    @Override
    public void onDatagram(final DirectBuffer buffer, final int offset, final int length) {
        final Counters counters = parts.counters;
        counters.of(CoreCounter.BYTES_RECEIVED).getAndAddRelease(length);
        counters.of(CoreCounter.DATAGRAMS_RECEIVED).incrementRelease();
        if (session.isOver()) {
            return;
        }
        switch (SessionProtocol.datagram(buffer, offset, length)) {
            case SessionProtocol.STATE_DATAGRAM -> onState(buffer, offset, length);
            case RefusedDecoder.TEMPLATE_ID -> onRefused(buffer, offset, length);
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(buffer, offset, length);
            default -> malformed();
        }
    }

    private void onState(final DirectBuffer buffer, final int offset, final int length) {
        final int read = state.read(buffer, offset, length);
        if (read == StateHeadReader.MALFORMED
            || state.hasAcks() && !sent.onAck(state.ackedInput(), state.ackedInputs(), 0, 0, 0, nowNs, this)) {
            malformed();
            return;
        }
        if (read == StateHeadReader.REFUSED) {
            return;
        }
        noteHeard();
        if (!received.isNew(state.number())) {
            return;
        }
        if (window() != null) {
            followWindow();
        }
        final int piece = offset + state.length();
        if (state.laneLength() > 0 && !takePiece(buffer, piece)) {
            return;
        }
        if (game.window() == null) {
            // Before the welcome nothing can be read, and nothing is lost by that: the host sends it again.
            return;
        }
        final int body = piece + state.laneLength();
        // Before anything of this one: it may go on from what was held, which counts as received.
        releaseHeld(laneIn.delivered());
        takeAnswers(buffer, body, offset + length - body);
    }

    /**
     * The window goes where the datagram at hand says, before any record of the lane is read: one of this tick or an earlier one must find the window that
     * it was written for, or a later one. A welcome brings the window, and the records behind it in the same datagram need it as much.
     */
    void followWindow() {
        window().follow(state.tick(), state.anchorX(), state.anchorZ());
    }

    /** The piece of the lane in the datagram; false where the datagram counts no further. */
    private boolean takePiece(final DirectBuffer buffer, final int piece) {
        final int taken = laneIn.onPiece(state.laneOffset(), buffer, piece, state.laneLength());
        if (taken == LaneReceiver.REFUSED) {
            return false;
        }
        if (taken == LaneReceiver.MALFORMED) {
            malformed();
            end(ClientState.LOST, "the host sent what none of ours would");
            return false;
        }
        laneIn.poll(records);
        return !session.isOver();
    }

    private void takeAnswers(final DirectBuffer buffer, final int body, final int length) {
        // No datagram presumes more than a later one does; this one may be taken to, where it names nothing.
        final boolean early = gates && length > 0 && state.gate() - laneIn.delivered() > 0 && state.number() - newestApplied > 0;
        final boolean sure = readAnswers(state.tick(), state.anchorX(), state.anchorZ(), buffer, body, length, !early);
        if (early) {
            hold(sure, buffer, body, length);
            return;
        }
        if (length > 0 && state.number() - newestApplied > 0) {
            newestApplied = state.number();
        }
        if (sure) {
            received.onReceived(state.number());
        }
    }

    private ClientWindow window() {
        return game.window();
    }

    private void noteHeard() {
        final int tick = state.tick();
        heardNs = nowNs;
        if (!anyHeard) {
            anyHeard = true;
            firstHeardNs = nowNs;
            newestTick = tick;
            move(ClientState.JOINING, "");
        }
        if (Tick.isNewer(tick, newestTick)) {
            newestTick = tick;
        }
        game.onTick(tick, state.time(), nowNs);
        if (state.hasAcks() && state.clientTimeMs() != 0) {
            roundTripMs = Math.max(0, (int)(nowNs / 1_000_000) - state.clientTimeMs() - state.hostDelayMs());
            game.onRoundTrip(roundTripMs * 1_000_000L);
        }
    }

    private void hold(final boolean sure, final DirectBuffer buffer, final int body, final int length) {
        if (held.offer(state, sure, buffer, body, length)) {
            parts.counters.of(CoreCounter.DATAGRAMS_HELD).increment();
            if (sure) {
                received.onReceived(state.number());
            }
        } else {
            // Not acked: the host takes it for lost and sends what was in it again.
            parts.counters.of(CoreCounter.HELD_DROPPED).increment();
            if (!droppedNotAcked) {
                received.onReceived(state.number());
            }
        }
    }

    /** Applies what was held and waits for none but the first {@code delivered} records. */
    void releaseHeld(final int delivered) {
        if (game.window() == null) {
            return;
        }
        for (UnsafeBuffer next = held.peek(delivered); next != null; next = held.peek(delivered)) {
            readAnswers(held.tick(), held.anchorX(), held.anchorZ(), next, 0, held.length(), true);
            if (lacking && held.isAcked()) {
                releasedInVain++;
            }
            if (held.number() - newestApplied > 0) {
                newestApplied = held.number();
            }
            held.remove();
        }
    }

    /**
     * Opens the cells of which the datagram speaks and, where wanted, applies what it says of them. False where it must not be acknowledged, see
     * {@link ClientWindow#admit} and {@link EntityReader#UNSURE}.
     */
    private boolean readAnswers(
        final int tick, final int anchorX, final int anchorZ, final DirectBuffer buffer, final int offset, final int length, final boolean apply) {
        final ClientWindow window = game.window();
        final AnswerReader answers = window.answersAt(anchorX, anchorZ);
        answers.wrap(buffer, offset, length);
        boolean sure = true;
        lacking = false;
        while (answers.next()) {
            final int admitted = window.admit(answers.source(), answers.cell(), answers.stay(), tick);
            sure &= admitted != ClientWindow.UNSURE;
            lacking |= !readAnswer(answers, tick, buffer, apply && admitted == ClientWindow.ADMITTED);
        }
        if (answers.failed()) {
            malformed();
        }
        return sure && !lacking;
    }

    private boolean readAnswer(final AnswerReader answers, final int tick, final DirectBuffer buffer, final boolean apply) {
        if (answers.source() == EntityCells.SOURCE_ID) {
            return game.entities().read(answers.cell(), tick, answers.bits(), answers.isPlain(), apply) != EntityReader.UNSURE;
        }
        final CellReader reader = game.reader(answers.source());
        if (apply && reader != null && !reader.apply(answers.cell(), tick, buffer, answers.offset(), answers.length())) {
            malformed();
        }
        return true;
    }

    private void onRefused(final DirectBuffer buffer, final int offset, final int length) {
        if (SessionProtocol.isWhole(buffer, offset, length, RefusedDecoder.BLOCK_LENGTH, SessionProtocol.NO_GROUPS, 0, 1)
            && refused.wrapAndApplyHeader(buffer, offset, headerIn).attempt() == attempt) {
            end(ClientState.REFUSED, SessionProtocol.clean(refused.sentence(), 200));
        }
    }

    private void onGoodbye(final DirectBuffer buffer, final int offset, final int length) {
        if (SessionProtocol.isWhole(buffer, offset, length, GoodbyeDecoder.BLOCK_LENGTH, SessionProtocol.NO_GROUPS, 0, 1)
            && goodbye.wrapAndApplyHeader(buffer, offset, headerIn).attempt() == attempt) {
            end(ClientState.ENDED, SessionProtocol.clean(goodbye.sentence(), 200));
        }
    }

    void onWindowComplete() {
        joinNs = Math.max(1, nowNs - firstHeardNs);
        move(ClientState.PLAYING, "");
    }

    /** Something without which the session cannot go on makes no sense. */
    void cannotRead(final String what) {
        end(ClientState.LOST, what + " could not be read; host and client may be of different versions");
    }

    void malformed() {
        parts.counters.of(CoreCounter.MALFORMED_MESSAGES).increment();
    }

    private void end(final ClientState how, final String why) {
        sentence = why;
        move(how, why);
    }

    private void move(final ClientState to, final String why) {
        session = to;
        game.onState(to, why);
    }

    // ---- out ----

    void send(final long newNowNs) {
        nowNs = newNowNs;
        if (session == ClientState.CONNECTING) {
            if (transport.isConnected() && nowNs - knockedNs >= KNOCK_EVERY_NS) {
                knockedNs = nowNs;
                knock();
            }
        } else if (!session.isOver()) {
            sent.expire(nowNs, sent.rtoNs(), this);
            sendInput();
        }
        transport.flush();
    }

    private void knock() {
        hello.wrapAndApplyHeader(out, 0, header)
            .protocolVersion(SessionProtocol.VERSION)
            .attempt(attempt)
            .identityHigh(settings.player().high())
            .identityLow(settings.player().low());
        final HelloEncoder.SchemasEncoder schemas = hello.schemasCount(Math.min(parts.plugins.size(), SessionProtocol.MAX_SCHEMAS));
        for (final GamePlugin plugin : parts.plugins.subList(0, Math.min(parts.plugins.size(), SessionProtocol.MAX_SCHEMAS))) {
            schemas.next().schemaId(plugin.schemaId()).version(plugin.schemaVersion());
        }
        hello.playerName(settings.name()).password(settings.password());
        transport.send(out, 0, SessionProtocol.HEADER + hello.encodedLength());
    }

    private void sendInput() {
        final int number = sent.open(nowNs, this);
        final boolean hasInput = inputWriter != null && game.seat() >= 0;
        final int inputLength = hasInput ? InputHead.INPUT_NAME + inputBlock : 0;
        final boolean hasPiece = laneOut.hasPiece();
        int at = input.begin(
            out, attempt, number, received, held.size() > 0 ? held.number() : 0, (int)(nowNs / 1_000_000) | 1, hasPiece, hasInput ? inputBlock : -1, nowNs);
        int pieceLength = 0;
        int pieceOffset = 0;
        if (hasPiece) {
            pieceLength = laneOut.write(out, at, transport.maxDatagramLength() - inputLength);
            pieceOffset = laneOut.writtenOffset();
            input.lane(pieceOffset, pieceLength);
            at += pieceLength;
        }
        if (hasInput) {
            out.putShort(at, (short)inputSchema, ByteOrder.LITTLE_ENDIAN);
            out.putShort(at + 2, (short)inputTemplate, ByteOrder.LITTLE_ENDIAN);
            inputWriter.write(out, at + InputHead.INPUT_NAME);
        }
        if (transport.send(out, 0, at + inputLength) == SendResult.SENT) {
            sent.close(at + inputLength, pieceOffset, pieceLength, 0, 0, received.newest());
            parts.counters.of(CoreCounter.BYTES_SENT).getAndAddRelease(at + inputLength);
        } else {
            parts.counters.of(CoreCounter.BACK_PRESSURED).incrementRelease();
            laneOut.onLost(pieceOffset, pieceLength);
        }
    }

    @Override
    public void onAcked(final int number, final int index) {
        input.onAcked(number, sent.note(index), nowNs);
        laneOut.onAcked(sent.laneOffset(index), sent.laneLength(index));
    }

    @Override
    public void onLost(final int number, final int index) {
        laneOut.onLost(sent.laneOffset(index), sent.laneLength(index));
    }

    void leave(final String why) {
        if (session == ClientState.JOINING || session == ClientState.PLAYING) {
            goodbyeOut.wrapAndApplyHeader(out, 0, header).attempt(attempt).sentence(why);
            for (int i = 0; i < GOODBYES; i++) {
                // Nobody acks a goodbye, so it is said more than once; the host's time-out is the last resort.
                transport.send(out, 0, SessionProtocol.HEADER + goodbyeOut.encodedLength());
            }
            transport.flush();
            end(ClientState.ENDED, why);
        }
    }

    void close() {
        transport.close();
    }

    // ---- registration and questions ----

    boolean input(final int schema, final int template, final int block, final InputWriter writer) {
        if (inputWriter != null) {
            return false;
        }
        if (block > InputHead.MOST_BLOCK) {
            throw new InvalidSettingException("an input of " + block + " bytes: expected at most " + InputHead.MOST_BLOCK);
        }
        inputSchema = schema;
        inputTemplate = template;
        inputBlock = block;
        inputWriter = writer;
        return true;
    }

    LaneSender lane() {
        return laneOut;
    }

    ClientState state() {
        return session;
    }

    String sentence() {
        return sentence;
    }

    int newestTick() {
        return newestTick;
    }

    /** Datagrams that were acknowledged when they were held, and of which a part could not be applied in the end: none, one hopes. */
    int releasedInVain() {
        return releasedInVain;
    }

    int heldCount() {
        return held.size();
    }

    long joinNs() {
        return joinNs;
    }

    long roundTripMs() {
        return roundTripMs;
    }

    long nowNs() {
        return nowNs;
    }
}
