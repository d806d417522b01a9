package dev.planetary.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Velocity;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.plugin.GameOptions;
import dev.planetary.core.plugin.GamePlugin;
import dev.planetary.core.plugin.HostContext;
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
import java.io.ByteArrayOutputStream;
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
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** {@code docs/WIRE.md} takes a datagram and an effect apart, byte for byte: they must be what a host really sends. */
class WireExampleTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs").resolve("WIRE.md");

    /** A line of the example: offset, bytes, then words that no group of two hexadecimal digits follows. */
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{4})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2,}.*)?");
    private static final long TICK_NS = 50_000_000L;

    private final SimulatedNetwork network = new SimulatedNetwork(1);
    private final HostGame host = new HostGame(
        new HostSettings(), List.of(new Posts()), network.host(1), new World(new ColumnStore()), Counters.inMemory(), GameOptions.seeded(1),
        network.nanoClock(), new ErrorLog(System.err));
    private HostContext context;
    private final ClientTransport client = network.client(LinkFaults.NONE);
    private final List<byte[]> received = new ArrayList<>();

    /** Brings nothing but its access to the host. */
    private final class Posts implements GamePlugin {
        @Override
        public String name() {
            return "posts";
        }

        @Override
        public int schemaId() {
            return 2_001;
        }

        @Override
        public int schemaVersion() {
            return 1;
        }

        @Override
        public void register(final GameContext game) {
            // No components.
        }

        @Override
        public void host(final HostContext host) {
            context = host;
        }
    }

    @Test
    void shouldBeTheDatagramThatAHostSends() throws IOException {
        assertEquals(HexFormat.of().formatHex(datagram()), example(0), "docs/WIRE.md shows another datagram than the host sends");
    }

    @Test
    void shouldBeTheEffectThatAHostSends() throws IOException {
        assertEquals(HexFormat.of().formatHex(effect()), example(1), "docs/WIRE.md shows another effect than the host sends");
    }

    /** Bytes of one of the document's examples. */
    private static String example(final int number) throws IOException {
        assumeTrue(Files.isRegularFile(DOCUMENT), "docs/WIRE.md is not beside this module: nothing to compare");
        final List<StringBuilder> shown = new ArrayList<>();
        boolean inExample = false;
        for (final String line : Files.readAllLines(DOCUMENT, StandardCharsets.UTF_8)) {
            if (line.startsWith("```")) {
                inExample = line.equals("```hex");
                if (inExample) {
                    shown.add(new StringBuilder());
                }
            } else if (inExample) {
                final StringBuilder bytes = shown.get(shown.size() - 1);
                final Matcher matcher = LINE.matcher(line);
                assertTrue(matcher.matches(), "no line of an example: " + line);
                assertEquals(bytes.length() / 2, Integer.parseInt(matcher.group(1), 16), "offset of: " + line);
                bytes.append(matcher.group(2).replace(" ", ""));
            }
        }
        return shown.get(number).toString();
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

    /** Three posts are set up in one effect, and one of them is taken away in the next: the records of both on the player's lane. */
    private byte[] effect() {
        host.start(Optional.empty());
        step();
        knock();
        step();
        step();
        received.clear();
        final int[] posts = new int[3];
        context.carryOut(() -> {
            for (int i = 0; i < posts.length; i++) {
                posts[i] = host.world().spawn(new Position(40 + i, 64, -10), new Owner(0));
            }
        });
        // Judged at the end of the tick, told in the next.
        step();
        context.carryOut(() -> host.world().despawn(posts[1]));
        step();
        step();
        return lane();
    }

    /** The pieces of the lane in all datagrams that came, in their order. */
    private byte[] lane() {
        final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (final byte[] datagram : received) {
            // Full, with anchor and gate; with a piece of the lane or without.
            assertEquals(0x8b, datagram[0] & 0xFB);
            if ((datagram[0] & 4) != 0) {
                final UnsafeBuffer buffer = new UnsafeBuffer(datagram);
                pieces.write(datagram, 0x1d, buffer.getShort(0x1b) & 0xFFFF);
            }
        }
        return pieces.toByteArray();
    }

    private void knock() {
        for (int i = 0; i < 20 && !client.isConnected(); i++) {
            step();
        }
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final HelloEncoder hello = new HelloEncoder();
        hello.wrapAndApplyHeader(bytes, 0, new MessageHeaderEncoder()).protocolVersion(4).attempt(7).identityHigh(1).identityLow(2).schemasCount(0);
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
