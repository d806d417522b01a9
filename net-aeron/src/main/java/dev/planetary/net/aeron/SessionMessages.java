package dev.planetary.net.aeron;

import dev.planetary.core.sbe.MessageHeaderDecoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.SessionInfoDecoder;
import dev.planetary.core.sbe.SessionInfoEncoder;
import dev.planetary.core.sbe.SessionQueryDecoder;
import dev.planetary.core.sbe.SessionQueryEncoder;
import dev.planetary.core.transport.SessionListing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes and reads the two messages of discovery; what it reads came from strangers and is checked before use. One thread uses it. */
final class SessionMessages {
    /** Version of the question and its answer. */
    static final int PROTOCOL_VERSION = 1;

    /** Bytes of a question; no answer is longer. */
    static final int QUERY_LENGTH = 1_044;

    /** Room for one received datagram and a byte more, by which an oversized one is told. */
    static final int BUFFER_LENGTH = 1_500;

    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int LENGTH_FIELD = 2;
    private static final int INFO_TEXTS = 3;
    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_VERSION_LENGTH = 64;
    private static final int MAX_TEXT_LENGTH = 1_024;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final SessionQueryEncoder queryEncoder = new SessionQueryEncoder();
    private final SessionQueryDecoder queryDecoder = new SessionQueryDecoder();
    private final SessionInfoEncoder infoEncoder = new SessionInfoEncoder();
    private final SessionInfoDecoder infoDecoder = new SessionInfoDecoder();
    private final byte[] padding = new byte[QUERY_LENGTH - HEADER_LENGTH - SessionQueryEncoder.BLOCK_LENGTH - LENGTH_FIELD];

    /** What one answer says, before it is known where it came from. */
    record Answer(long nonce, long session, int port, SessionListing listing) {
    }

    /** The buffer to receive into, empty. */
    ByteBuffer toReceive() {
        return bytes.clear();
    }

    /** A question, ready to send. */
    ByteBuffer query(final long nonce) {
        queryEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder).protocolVersion(PROTOCOL_VERSION).nonce(nonce)
            .putPadding(padding, 0, padding.length);
        return bytes.clear().limit(HEADER_LENGTH + queryEncoder.encodedLength());
    }

    /** Whether the received bytes are a question that may be answered: well-formed, of our version, and as long as the longest answer. */
    boolean isQuery() {
        if (bytes.position() != QUERY_LENGTH || !isMessage(SessionQueryDecoder.TEMPLATE_ID, SessionQueryDecoder.BLOCK_LENGTH)) {
            return false;
        }
        queryDecoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
        return queryDecoder.protocolVersion() == PROTOCOL_VERSION;
    }

    /** The nonce of the question just received. */
    long queryNonce() {
        return queryDecoder.nonce();
    }

    /** The answer to a question, ready to send: at most {@link #QUERY_LENGTH} bytes, the list of plugins cut at a comma where it is too long. */
    ByteBuffer answer(final long nonce, final long session, final int port, final SessionListing listing) {
        final byte[] name = text(listing.name(), MAX_NAME_LENGTH);
        final byte[] version = text(listing.version(), MAX_VERSION_LENGTH);
        final int room = QUERY_LENGTH - HEADER_LENGTH - SessionInfoEncoder.BLOCK_LENGTH - INFO_TEXTS * LENGTH_FIELD - name.length - version.length;
        final byte[] plugins = list(listing.plugins(), room);
        infoEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .nonce(nonce).port(port).players(clamp(listing.players())).maxPlayers(clamp(listing.maxPlayers())).session(session)
            .putSessionName(name, 0, name.length).putVersion(version, 0, version.length).putPlugins(plugins, 0, plugins.length);
        return bytes.clear().limit(HEADER_LENGTH + infoEncoder.encodedLength());
    }

    /** The received answer, or null where the bytes are none; its listing has no address and no ping yet. */
    Answer readAnswer() {
        if (bytes.position() > QUERY_LENGTH || !isMessage(SessionInfoDecoder.TEMPLATE_ID, SessionInfoDecoder.BLOCK_LENGTH) || !hasThreeTexts()) {
            return null;
        }
        infoDecoder.wrapAndApplyHeader(buffer, 0, headerDecoder);
        final long nonce = infoDecoder.nonce();
        final long session = infoDecoder.session();
        final int port = infoDecoder.port();
        final int players = infoDecoder.players();
        final int maxPlayers = infoDecoder.maxPlayers();
        final String name = clean(infoDecoder.sessionName());
        final String version = clean(infoDecoder.version());
        final String plugins = clean(infoDecoder.plugins());
        if (port == 0) {
            return null;
        }
        final List<String> names = plugins.isEmpty() ? List.of() : List.of(plugins.split(","));
        return new Answer(nonce, session, port, new SessionListing("", name, players, maxPlayers, names, version, 0));
    }

    private boolean isMessage(final int templateId, final int blockLength) {
        final int length = bytes.position();
        if (length < HEADER_LENGTH) {
            return false;
        }
        headerDecoder.wrap(buffer, 0);
        return headerDecoder.schemaId() == SessionQueryDecoder.SCHEMA_ID
            && headerDecoder.templateId() == templateId
            && headerDecoder.version() >= SessionQueryDecoder.SCHEMA_VERSION
            && headerDecoder.blockLength() >= blockLength
            && headerDecoder.blockLength() <= length - HEADER_LENGTH;
    }

    private boolean hasThreeTexts() {
        final int length = bytes.position();
        int offset = HEADER_LENGTH + headerDecoder.blockLength();
        for (int i = 0; i < INFO_TEXTS; i++) {
            if (length - offset < LENGTH_FIELD) {
                return false;
            }
            final int textLength = buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            offset += LENGTH_FIELD + textLength;
            if (textLength > MAX_TEXT_LENGTH || offset > length) {
                return false;
            }
        }
        return true;
    }

    /** Without what could move a terminal's cursor or forge a line. */
    private static String clean(final String text) {
        final StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints()
            .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.LINE_SEPARATOR)
            .forEach(cleaned::appendCodePoint);
        return cleaned.toString();
    }

    private static byte[] text(final String text, final int most) {
        String cut = text;
        byte[] utf8 = cut.getBytes(StandardCharsets.UTF_8);
        while (utf8.length > most) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
            utf8 = cut.getBytes(StandardCharsets.UTF_8);
        }
        return utf8;
    }

    private static byte[] list(final List<String> names, final int room) {
        final StringBuilder joined = new StringBuilder();
        int length = 0;
        for (final String name : names) {
            final int added = name.getBytes(StandardCharsets.UTF_8).length + (length == 0 ? 0 : 1);
            if (length + added > Math.min(room, MAX_TEXT_LENGTH)) {
                break;
            }
            joined.append(length == 0 ? "" : ",").append(name);
            length += added;
        }
        return joined.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static int clamp(final int count) {
        return Math.max(0, Math.min(count, SessionInfoEncoder.playersMaxValue()));
    }
}
