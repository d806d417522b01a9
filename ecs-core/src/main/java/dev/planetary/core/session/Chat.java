package dev.planetary.core.session;

import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.ChatLineEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.SayDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** What players say to each other: the first user of requests. Every line reaches every player once, in the same order. Host loop only. */
final class Chat {
    /** Seat number of the host itself. */
    static final int HOST_SEAT = 65_534;

    /** Characters of a line. */
    static final int MOST_CHARS = 240;

    static final RequestType SAY = new RequestType("say", SayDecoder.SCHEMA_ID, SayDecoder.TEMPLATE_ID, SayDecoder.BLOCK_LENGTH, 1);

    private final SayDecoder say = new SayDecoder();
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(1_024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ChatLineEncoder line = new ChatLineEncoder();
    private Peers peers;

    void peers(final Peers newPeers) {
        peers = newPeers;
    }

    Verdict judge(
        final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        final String text = SessionProtocol.clean(say.wrap(buffer, offset, blockLength, version).text(), MOST_CHARS + 1).trim();
        if (text.isEmpty()) {
            return Verdict.rejected("nothing to say");
        }
        if (text.length() > MOST_CHARS) {
            return Verdict.rejected("too long: a line has at most " + MOST_CHARS + " characters");
        }
        return Verdict.approved(() -> tell(seat.number(), seat.name(), text));
    }

    void tell(final int seat, final String speaker, final String text) {
        line.wrapAndApplyHeader(record, 0, header).seat(seat).speaker(speaker).text(text);
        final int length = SessionProtocol.HEADER + line.encodedLength();
        for (int i = peers.seated() - 1; i >= 0; i--) {
            peers.offer(peers.seated(i), record, length);
        }
    }
}
