package dev.planetary.core.session;

import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.RequestHandler;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RequestDecoder;
import dev.planetary.core.sbe.VerdictRecordEncoder;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Judges what players asked for, one request after the other in arrival order, and answers each once: a repeated id gets the first verdict again. An
 * approved request takes effect before the next one is judged. Host loop only.
 */
final class RequestRouter implements RequestQueue.Handler {
    /** Requests of one player that are judged in one tick; more are rejected with the reason. */
    private static final int MOST_A_TICK = 64;

    static final int REASON_CHARS = 200;

    private final RequestQueue queue;
    private final RequestQueue verdicts = new RequestQueue(RequestQueue.VERDICT_BYTES);
    private final RequestQueue.Handler verdictHandler = this::send;
    private final Effects effects;
    private final Counters counters;
    private final ErrorLog errors;
    private final HostJournal journal;
    private final Map<Integer, Route> routes = new HashMap<>();
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(1_024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final VerdictRecordEncoder verdictOut = new VerdictRecordEncoder();
    private Peers peers;
    private int tick;

    RequestRouter(final RequestQueue queue, final Effects effects, final HostJournal journal, final Counters counters, final ErrorLog errors) {
        this.queue = queue;
        this.journal = journal;
        this.errors = errors;
        this.effects = effects;
        this.counters = counters;
    }

    private record Route(RequestType type, RequestHandler handler) {
    }

    void peers(final Peers newPeers) {
        peers = newPeers;
    }

    void add(final RequestType type, final RequestHandler handler) {
        final Route other = routes.put(key(type.schemaId(), type.templateId()), new Route(type, handler));
        if (other != null) {
            throw new InvalidSettingException("request " + type.name() + ": schema " + type.schemaId() + " template " + type.templateId()
                + " is already " + other.type().name());
        }
    }

    private static int key(final int schema, final int template) {
        return schema << 16 | template;
    }

    /** Judges what arrived in this tick. What it does and what is answered is told with the next: it must be durable first. */
    void judge(final int newTick) {
        tick = newTick;
        queue.drain(this);
    }

    @Override
    public void onRequest(final int seatNumber, final int peer, final DirectBuffer buffer, final int offset, final int length) {
        final int block = SessionProtocol.blockLength(buffer, offset);
        final int body = offset + SessionProtocol.HEADER + block;
        if (block < RequestDecoder.BLOCK_LENGTH || offset + length - body < SessionProtocol.HEADER) {
            counters.of(CoreCounter.MALFORMED_MESSAGES).increment();
            return;
        }
        final int requestId = buffer.getInt(offset + SessionProtocol.HEADER, ByteOrder.LITTLE_ENDIAN);
        final HostSeat seat = peers.seat(seatNumber);
        Verdict verdict = seat.remembered(requestId);
        if (verdict == null) {
            verdict = judge(seat, buffer, body, offset + length - body);
            seat.remember(requestId, verdict);
            journal.verdict(seat, requestId, verdict);
            counters.of(CoreCounter.REQUESTS_JUDGED).increment();
        } else {
            counters.of(CoreCounter.REQUESTS_REPEATED).increment();
        }
        answer(seatNumber, peer, requestId, verdict);
    }

    private Verdict judge(final HostSeat seat, final DirectBuffer buffer, final int offset, final int length) {
        if (seat.countRequest(tick) > MOST_A_TICK) {
            return Verdict.rejected("too many requests at once: " + MOST_A_TICK + " a tick are judged");
        }
        final Route route = routes.get(key(
            SessionProtocol.schema(buffer, offset), buffer.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF));
        if (route == null) {
            return Verdict.rejected("this host does not know that request; it lacks the plugin");
        }
        final int block = SessionProtocol.blockLength(buffer, offset);
        final int end = offset + length;
        final int texts = offset + SessionProtocol.HEADER + block;
        if (block < route.type().blockLength() || texts > end || !SessionProtocol.hasTexts(buffer, texts, end, route.type().varDataFields())) {
            counters.of(CoreCounter.MALFORMED_MESSAGES).increment();
            return Verdict.rejected("the request could not be read");
        }
        try {
            final Verdict verdict = route.handler().judge(
                seat, buffer, offset + SessionProtocol.HEADER, block, SessionProtocol.version(buffer, offset), tick);
            if (verdict instanceof Verdict.Approved approved) {
                // First: should the effect throw half-way, what it did until then is the player's all the same.
                seat.keep();
                effects.apply(approved.effect());
                counters.of(CoreCounter.REQUESTS_APPROVED).increment();
            }
            return verdict;
        } catch (final RuntimeException e) {
            counters.of(CoreCounter.SYSTEM_ERRORS).increment();
            errors.record("request " + route.type().name(), e, tick);
            return Verdict.rejected("the host failed at this request; its log says why");
        }
    }

    private void answer(final int seatNumber, final int peer, final int requestId, final Verdict verdict) {
        verdictOut.wrapAndApplyHeader(record, 0, header).requestId(Integer.toUnsignedLong(requestId));
        if (verdict instanceof Verdict.Rejected rejected) {
            verdictOut.approved((short)0).reason(SessionProtocol.clean(rejected.reason(), REASON_CHARS));
            verdictOut.putDetail(rejected.detail(), 0, Math.min(rejected.detail().length, Verdict.MOST_DETAIL_BYTES));
        } else {
            verdictOut.approved((short)1).reason("").putDetail(Verdict.NO_DETAIL, 0, 0);
        }
        verdicts.offer(seatNumber, peer, record, 0, SessionProtocol.HEADER + verdictOut.encodedLength());
    }

    /** Whether verdicts wait for the next tick. */
    boolean hasVerdicts() {
        return !verdicts.isEmpty();
    }

    /** Sends the verdicts that the last tick gave: after the effects that they rest on. */
    void answer() {
        verdicts.drain(verdictHandler);
    }

    private void send(final int seatNumber, final int number, final DirectBuffer buffer, final int offset, final int length) {
        final Peer peer = peers.session(number);
        // A player that has joined anew hears nothing of what its former session asked, unless it asks again.
        if (peer != null && peer.seat().number() == seatNumber) {
            peers.offer(peer, buffer, offset, length);
        }
    }
}
