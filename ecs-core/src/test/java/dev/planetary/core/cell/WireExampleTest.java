package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.sbe.HelloEncoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.session.ErrorLog;
import dev.planetary.core.session.HostGame;
import dev.planetary.core.session.HostSettings;
import dev.planetary.core.simnet.LinkFaults;
import dev.planetary.core.simnet.SimulatedNetwork;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** {@code docs/WIRE.md} takes one datagram apart, byte for byte: it must be the datagram that a host really sends. */
class WireExampleTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs").resolve("WIRE.md");

    /** A line of the example: offset, bytes, then words that no group of two hexadecimal digits follows. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{4})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2,}.*)?");
    private static final long TICK_NS = 50_000_000L;

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final HostGame host = new HostGame(
        new HostSettings(), List.of(), network.host(1), new World(new ColumnStore()), Counters.inMemory(), GameOptions.seeded(1),
        network.nanoClock(), new ErrorLog(System.err));
    private final ClientTransport client = network.client(LinkFaults.NONE);
    private final List<byte[]> received = new ArrayList<>();

    @Test
    void shouldBeTheDatagramThatAHostSends() throws IOException {
        assumeTrue(Files.isRegularFile(DOCUMENT), "docs/WIRE.md is not beside this module: nothing to compare");
        final StringBuilder shown = new StringBuilder();
        boolean inExample = false;
        for (final String line : Files.readAllLines(DOCUMENT, StandardCharsets.UTF_8)) {
            if (line.startsWith("```")) {
                inExample = line.equals("```hex");
            } else if (inExample) {
                final Matcher matcher = LINE.matcher(line);
                assertEquals(true, matcher.matches(), "no line of the example: " + line);
                assertEquals(shown.length() / 2, Integer.parseInt(matcher.group(1), 16), "offset of: " + line);
                shown.append(matcher.group(2).replace(" ", ""));
            }
        }
        assertEquals(HexFormat.of().formatHex(datagram()), shown.toString(), "docs/WIRE.md shows other bytes than the host sends");
    }

    /** The host says a line, one entity moves and one is gone: what the player is sent of that. */
    private byte[] datagram() {
        host.start(Optional.empty());
        final int walker = host.world().spawn(new Position(1, 2, 3), new Velocity(1, 0, 0));
        final int leaver = host.world().spawn(new Position(5, 2, 3));
        step();
        knock();
        step();
        step();
        received.clear();
        host.announce("hi");
        host.core().position().get(walker).x = 2.5;
        host.core().position().markDirty(walker);
        host.world().despawn(leaver);
        step();
        assertFalse(received.isEmpty(), "the host said nothing");
        return received.get(0);
    }

    private void knock() {
        for (int i = 0; i < 20 && !client.isConnected(); i++) {
            step();
        }
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final HelloEncoder hello = new HelloEncoder();
        hello.wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder()).protocolVersion(3).attempt(7).identityHigh(1).identityLow(2).schemasCount(0);
        hello.playerName("ann").password("");
        client.send(bytes, 0, MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength());
        client.flush();
    }

    private void step() {
        network.advance(TICK_NS / 2);
        host.tick();
        network.advance(TICK_NS / 2);
        client.poll((buffer, offset, length) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            received.add(copy);
        });
        client.flush();
    }
}
