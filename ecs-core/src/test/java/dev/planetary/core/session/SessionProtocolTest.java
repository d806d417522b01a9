package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.sbe.GoodbyeEncoder;
import dev.planetary.core.sbe.HelloEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RefusedEncoder;
import dev.planetary.core.sbe.SessionInfoEncoder;
import dev.planetary.core.sbe.SessionQueryEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SessionProtocolTest {
    private static final Path SCHEMA = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("src/main/resources/core-schema.xml");

    /** Templates below this one travel as datagrams of a session, those from 64 on as datagrams outside any. */
    private static final int FIRST_RECORD = 16;
    private static final int FIRST_OUTSIDE = 64;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldTellMessagesFromDatagramsWithHeadsOfTheirOwnByTheFirstByte() throws IOException {
        final Map<Integer, Integer> blocks = Map.of(
            HelloEncoder.TEMPLATE_ID, HelloEncoder.BLOCK_LENGTH,
            RefusedEncoder.TEMPLATE_ID, RefusedEncoder.BLOCK_LENGTH,
            GoodbyeEncoder.TEMPLATE_ID, GoodbyeEncoder.BLOCK_LENGTH,
            SessionQueryEncoder.TEMPLATE_ID, SessionQueryEncoder.BLOCK_LENGTH,
            SessionInfoEncoder.TEMPLATE_ID, SessionInfoEncoder.BLOCK_LENGTH);
        final Map<Integer, String> travelling = new TreeMap<>();
        final Matcher message = Pattern.compile("<sbe:message name=\"(\\w+)\" id=\"(\\d+)\"").matcher(
            Files.readString(SCHEMA, StandardCharsets.UTF_8));
        while (message.find()) {
            final int template = Integer.parseInt(message.group(2));
            if (template < FIRST_RECORD || template >= FIRST_OUTSIDE) {
                travelling.put(template, message.group(1));
            }
        }
        assertEquals(blocks.keySet(), travelling.keySet(), "a message that travels as a datagram belongs into this test");
        blocks.forEach((template, block) -> assertTrue((block & 0xFF) < 128, travelling.get(template) + " has a block of " + block + " bytes"));
    }

    @Test
    void shouldNameEachKindOfDatagram() {
        final int length = SessionProtocol.HEADER + new HelloEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).encodedLength();
        assertEquals(HelloEncoder.TEMPLATE_ID, SessionProtocol.datagram(buffer, 0, length));
        assertEquals(-1, SessionProtocol.datagram(buffer, 0, 0));
        assertEquals(-1, SessionProtocol.datagram(buffer, 0, 7));
        for (int low = 0; low < 64; low++) {
            buffer.putByte(0, (byte)(StateHead.STATE | low));
            assertEquals(SessionProtocol.STATE_DATAGRAM, SessionProtocol.datagram(buffer, 0, 1));
            buffer.putByte(0, (byte)(InputHead.INPUTS | low));
            assertEquals(SessionProtocol.INPUT_DATAGRAM, SessionProtocol.datagram(buffer, 0, 1));
        }
    }
}
