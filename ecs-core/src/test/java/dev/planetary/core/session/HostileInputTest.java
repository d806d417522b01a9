package dev.planetary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.cell.AnswerReader;
import dev.planetary.core.cell.BitReader;
import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellKey;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.cell.EffectReader;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.EntityReader;
import dev.planetary.core.cell.NoSources;
import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.WindowIndex;
import dev.planetary.core.component.CoreComponents;
import dev.planetary.core.component.Position;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RequestEncoder;
import dev.planetary.core.sbe.WelcomeEncoder;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.world.ColumnStore;
import dev.planetary.core.world.World;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that nobody of ours would send: no exception escapes, counters move, honest players go on playing. Each test is seeded. */
class HostileInputTest {
    private static final int MTU = 1_300;

    private final SplittableRandom random = new SplittableRandom(1);
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[2 * MTU]);

    /** Random bytes, or one of {@code genuine} altered. Returns the length. */
    private int forge(final List<byte[]> genuine) {
        if (genuine.isEmpty() || random.nextInt(4) == 0) {
            final int length = random.nextInt(random.nextBoolean() ? 64 : MTU);
            for (int i = 0; i < length; i++) {
                bytes.putByte(i, (byte)random.nextInt());
            }
            if (length > 8 && random.nextBoolean()) {
                // A head of the datagrams that have one of their own, with any options.
                bytes.putByte(0, (byte)((random.nextBoolean() ? StateHead.STATE : InputHead.INPUTS) | random.nextInt(64)));
            } else if (length > 8) {
                // A header that passes the first look.
                bytes.putShort(0, (short)random.nextInt(64), ByteOrder.LITTLE_ENDIAN);
                bytes.putShort(2, (short)random.nextInt(24), ByteOrder.LITTLE_ENDIAN);
                bytes.putShort(4, (short)SessionProtocol.CORE_SCHEMA, ByteOrder.LITTLE_ENDIAN);
            }
            return length;
        }
        final byte[] original = genuine.get(random.nextInt(genuine.size()));
        bytes.putBytes(0, original);
        int length = original.length;
        for (int flips = random.nextInt(6); flips > 0; flips--) {
            final int at = random.nextInt(random.nextBoolean() ? Math.min(length, 80) : length);
            switch (random.nextInt(3)) {
                case 0 -> bytes.putByte(at, (byte)random.nextInt());
                case 1 -> bytes.putByte(at, (byte)(bytes.getByte(at) ^ 1 << random.nextInt(8)));
                default -> bytes.putByte(at, (byte)(random.nextBoolean() ? 0xFF : 0));
            }
        }
        if (random.nextInt(4) == 0) {
            length = random.nextInt(length + 1);
        }
        return length;
    }

    private void sign(final long attempt) {
        final int first = bytes.getByte(0) & 0xFF;
        if (first < InputHead.INPUTS) {
            bytes.putLong(SessionProtocol.HEADER, attempt, ByteOrder.LITTLE_ENDIAN);
        } else if ((first & InputHead.FULL) != 0) {
            bytes.putLong(1, attempt, ByteOrder.LITTLE_ENDIAN);
        } else {
            bytes.putInt(1, (int)attempt, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return copy;
    }

    // ---- the host ----

    @Test
    void shouldKeepHonestPlayersPlayingWhileStrangersSendJunk() {
        final SimulatedPeers peers = new SimulatedPeers(1).host(settings -> settings.maxPlayers(4)).start();
        for (int i = 0; i < 50; i++) {
            peers.spawn(new Position(i, 0, 0), new Score(i));
        }
        peers.joined(2);
        final List<byte[]> genuine = overhear(peers);
        peers.tick(1);
        for (int round = 0; round < 400; round++) {
            for (int i = 0; i < 100; i++) {
                peers.network().inject(bytes, 0, Math.min(MTU, forge(genuine)));
            }
            peers.client(0).say("round " + round);
            peers.tick(1);
        }
        assertTrue(peers.hostCount(CoreCounter.MALFORMED_MESSAGES) > 1_000, "counted");
        peers.tickUntil(() -> peers.player(1).chat.size() == 400, 100, "the honest players should have talked all the while");
        peers.settle();
        assertEquals(50, peers.count(1, Score.class));
    }

    @Test
    void shouldSurviveWhatASeatedPlayerMakesUp() {
        final SimulatedPeers peers = new SimulatedPeers(2).start().joined(2);
        final List<byte[]> genuine = overhear(peers);
        final HostDatagramHandler host = peers.host().peers();
        int sessionsEnded = 0;
        for (int liars = 0; liars < 50; liars++) {
            final int liar = peers.join("liar " + liars);
            peers.tickUntil(() -> peers.client(liar).state() == ClientState.PLAYING, 100, "a liar gets in like anybody");
            for (int i = 0; i < 1_000 && peers.peer(liar) != null; i++) {
                final Peer session = peers.peer(liar);
                final int length = forge(genuine);
                if (random.nextInt(3) > 0) {
                    // The number of its session it knows.
                    sign(session.attempt());
                }
                host.onDatagram(session.number(), bytes, 0, length);
                if (i % 20 == 0) {
                    peers.tick(1);
                }
            }
            sessionsEnded += peers.peer(liar) == null ? 1 : 0;
            dismiss(peers, liar);
        }
        assertTrue(sessionsEnded > 0, "a session whose lane makes no sense is ended");
        assertEquals(ClientState.PLAYING, peers.client(0).state(), "the honest one plays");
        peers.client(0).say("still here");
        peers.tickUntil(() -> peers.player(0).chat.contains("player 0: still here"), 50, "and talks");
    }

    @Test
    void shouldSurviveForgedDatagramsInEveryState() {
        final List<byte[]> genuine;
        {
            final SimulatedPeers peers = new SimulatedPeers(3).start().joined(2);
            genuine = overhear(peers);
        }
        final SimulatedPeers peers = new SimulatedPeers(4).host(settings -> settings.maxPlayers(8)).start();
        for (int i = 0; i < 60_000; i++) {
            peers.host().peers().onDatagram(1 + random.nextInt(30), bytes, 0, forge(genuine));
            if (i % 100 == 0) {
                peers.tick(1);
            }
        }
        assertTrue(peers.hostCount(CoreCounter.MALFORMED_MESSAGES) > 5_000, "counted");
        peers.host().stop("enough");
        assertEquals(0, peers.host().players());
        final int ada = peers.join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 100, "a good session should still work");
    }

    @Test
    void shouldSurviveRecordsOnTheLaneThatMakeNoSense() {
        final SimulatedPeers peers = new SimulatedPeers(5).start().joined(2);
        final UnsafeBuffer record = new UnsafeBuffer(new byte[MTU]);
        final List<byte[]> requests = new ArrayList<>();
        new RequestEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).requestId(1);
        requests.add(copy(record, 0, 60));
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < 8; i++) {
                final int length = Math.max(1, Math.min(120, forge(requests)));
                record.putBytes(0, bytes, 0, length);
                if (random.nextBoolean()) {
                    new RequestEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).requestId(random.nextInt(100));
                }
                peers.client(0).connection().lane().offer(record, 0, length);
            }
            peers.tick(1);
        }
        assertTrue(peers.hostCount(CoreCounter.MALFORMED_MESSAGES) > 1_000, "counted");
        assertEquals(ClientState.PLAYING, peers.client(0).state(), "a record that makes no sense costs nobody its seat");
        peers.tick(20);
        final int before = peers.player(1).chat.size();
        peers.client(0).say("and now sense");
        peers.tickUntil(() -> peers.player(1).chat.size() > before, 100, "a good request should still be heard");
    }

    // ---- the client ----

    @Test
    void shouldSurviveAHostThatMakesThingsUp() {
        final SimulatedPeers peers = new SimulatedPeers(6).start();
        for (int i = 0; i < 80; i++) {
            peers.spawn(new Position(i % 40, 0, i / 40), new Score(i));
        }
        peers.joined(1);
        final List<byte[]> genuine = overhearHost(peers);
        int over = 0;
        for (int victims = 0; victims < 60; victims++) {
            final int victim = peers.join("victim " + victims);
            peers.tick(victims % 4 * 2);
            for (int i = 0; i < 1_000; i++) {
                peers.client(victim).connection().onDatagram(bytes, 0, forge(genuine));
            }
            peers.tick(1);
            if (peers.client(victim).state().isOver()) {
                over++;
            }
            dismiss(peers, victim);
        }
        final int ada = peers.join("Ada");
        peers.tickUntil(() -> peers.client(ada).state() == ClientState.PLAYING, 200, "a good session should still work");
        assertTrue(over > 0, "some had to give up");
        peers.settle();
    }

    @Test
    void shouldSurviveRecordsOfTheHostThatMakeNoSense() {
        final List<byte[]> genuine = new ArrayList<>();
        final UnsafeBuffer record = new UnsafeBuffer(new byte[4_096]);
        record.putByte(0, (byte)SessionProtocol.EFFECT);
        record.putShort(1, (short)5, ByteOrder.LITTLE_ENDIAN);
        // A cell with an entity of two components, whatever it may mean.
        record.putLong(SessionProtocol.EFFECT_HEAD, 0b11_0001_0111_1101_0010_0001L, ByteOrder.LITTLE_ENDIAN);
        genuine.add(copy(record, 0, 60));
        final SimulatedPeers peers = new SimulatedPeers(7).start();
        peers.spawn(new Position(1, 0, 1), new Score(1));
        peers.joined(1);
        new WelcomeEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder())
            .seat(1).tick(1).tickRateHz(20).radiusMetres(64).hysteresisMetres(4).reserved(0).componentsCount(3);
        genuine.add(copy(record, 0, 120));
        final SimulatedPeers fresh = new SimulatedPeers(8);
        fresh.start();
        for (int i = 0; i < 30_000; i++) {
            if (i % 100 == 0) {
                fresh.join("victim " + i);
            }
            final ClientGame victim = i % 2 == 0 ? peers.client(0) : fresh.client(fresh.players() - 1);
            final int length = Math.max(1, forge(genuine));
            record.putBytes(0, bytes, 0, length);
            new ClientRecords(victim, victim.connection()).onRecord(1, record, 0, length);
        }
        assertTrue(peers.client(0).counters().of(CoreCounter.MALFORMED_MESSAGES).get() > 1_000, "counted");
    }

    // ---- readers ----

    @Test
    void shouldReadNoAnswerBeyondItsEnd() {
        final World world = new World(new ColumnStore(), 1 << 16, 0);
        new CoreComponents(world);
        final ComponentTable table = ComponentTable.ofHost(world, Map.of());
        final CellGrid grid = new CellGrid(16);
        final EntityReader reader = new EntityReader(world, table, grid, 20, cell -> (cell & 1) == 0, Repairs.ALL);
        final BitReader bits = new BitReader();
        final EffectReader effects = new EffectReader();
        final WindowIndex index = new WindowIndex(grid, 100, 1);
        index.anchor(12, -40);
        final AnswerReader answers = new AnswerReader(new WindowIndex[]{index, index});
        int read = 0;
        for (int i = 0; i < 120_000; i++) {
            final int length = random.nextInt(i % 3 == 0 ? 120 : 9);
            final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
            for (int at = 0; at < length; at++) {
                exact.putByte(at, (byte)(random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt()));
            }
            if (length > 0 && random.nextBoolean()) {
                exact.putByte(0, (byte)random.nextInt(2));
            }
            final long cell = CellKey.spatial(random.nextInt(4), random.nextInt(4));
            bits.wrap(exact, 0, length);
            final boolean readable = switch (i % 4) {
                case 0 -> reader.read(cell, i / 100, bits, random.nextBoolean(), random.nextInt(8) > 0) != EntityReader.UNREADABLE;
                case 1, 2 -> effects.apply(reader, new NoSources(), i / 100, exact, 0, length);
                default -> readAll(answers, exact, length);
            };
            read += readable ? 1 : 0;
        }
        assertTrue(read > 1_000 && read < 100_000, read + " could be read");
        assertTrue(world.count() < 1 << 16);
        reader.evict(CellKey.spatial(0, 0));
    }

    private static boolean readAll(final AnswerReader answers, final UnsafeBuffer buffer, final int length) {
        answers.wrap(buffer, 0, length);
        while (answers.next()) {
            if (answers.source() == EntityCells.SOURCE_ID) {
                // Whoever reads entities goes on from here.
                return true;
            }
            assertTrue(answers.offset() >= 0 && answers.length() >= 0 && answers.offset() + answers.length() <= length, "within the datagram");
        }
        return !answers.failed();
    }

    // ---- what honest ones say ----

    /** Datagrams that clients send over some ticks. */
    private static List<byte[]> overhear(final SimulatedPeers peers) {
        final List<byte[]> heard = new ArrayList<>();
        final int newcomer = peers.join("newcomer");
        for (int i = 0; i < peers.players(); i++) {
            peers.player(i).tap.listen(true);
        }
        for (int tick = 0; tick < 20; tick++) {
            peers.client(0).say("tick " + tick);
            peers.tick(1);
        }
        peers.client(newcomer).leave();
        peers.tick(1);
        peers.player(newcomer).away = true;
        for (int i = 0; i < peers.players(); i++) {
            peers.player(i).tap.listen(false);
            heard.addAll(peers.player(i).tap.sent());
        }
        assertTrue(heard.size() > 20, "datagrams to alter");
        peers.player(0).chat.clear();
        peers.player(1).chat.clear();
        return heard;
    }

    /** Datagrams that newcomers are sent, from the first. */
    private static List<byte[]> overhearHost(final SimulatedPeers peers) {
        final List<byte[]> heard = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            final int newcomer = peers.join("newcomer");
            peers.player(newcomer).tap.listen(true);
            peers.tick(20);
            heard.addAll(peers.player(newcomer).tap.received());
            dismiss(peers, newcomer);
        }
        assertTrue(heard.size() > 50, heard.size() + " datagrams to alter");
        return heard;
    }

    private static void dismiss(final SimulatedPeers peers, final int i) {
        peers.client(i).leave();
        peers.tick(2);
        peers.player(i).away = true;
    }
}
