package dev.planetary.core.session;

import dev.planetary.core.lane.LaneSender;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RequestEncoder;
import dev.planetary.core.sbe.SayEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Puts a player's requests on the lane under numbers that it never uses twice. */
final class ClientRequests implements RequestSender {
    private final LaneSender lane;
    private final Map<Integer, Integer> schemaVersions;
    private final List<VerdictListener> listeners = new ArrayList<>();
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(1_024);
    private final ExpandableArrayBuffer text = new ExpandableArrayBuffer(1_024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RequestEncoder request = new RequestEncoder();
    private final SayEncoder say = new SayEncoder();
    private int next;

    /** Numbers go on from {@code first}: a player that comes back must not begin where it began before. */
    ClientRequests(final LaneSender lane, final Map<Integer, Integer> schemaVersions, final int first) {
        this.lane = lane;
        this.schemaVersions = schemaVersions;
        this.next = first;
    }

    @Override
    public int send(final RequestType type, final DirectBuffer message, final int offset, final int length) {
        if (next == NONE) {
            next++;
        }
        return offer(next, type, message, offset, length) ? next++ : NONE;
    }

    @Override
    public boolean sendAgain(final int requestId, final RequestType type, final DirectBuffer message, final int offset, final int length) {
        return offer(requestId, type, message, offset, length);
    }

    private boolean offer(final int requestId, final RequestType type, final DirectBuffer message, final int offset, final int length) {
        request.wrapAndApplyHeader(record, 0, header).requestId(Integer.toUnsignedLong(requestId));
        final int at = SessionProtocol.HEADER + RequestEncoder.BLOCK_LENGTH;
        header.wrap(record, at).blockLength(type.blockLength()).templateId(type.templateId()).schemaId(type.schemaId())
            .version(schemaVersions.getOrDefault(type.schemaId(), 0));
        record.putBytes(at + SessionProtocol.HEADER, message, offset, length);
        return lane.offer(record, 0, at + SessionProtocol.HEADER + length);
    }

    int say(final String line) {
        say.wrap(text, 0).text(line);
        return send(Chat.SAY, text, 0, say.encodedLength());
    }

    @Override
    public void onVerdict(final VerdictListener listener) {
        listeners.add(listener);
    }

    void verdict(final int requestId, final boolean approved, final String reason, final byte[] detail) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onVerdict(requestId, approved, reason, detail);
        }
    }
}
