package dev.planetary.core.session;

import dev.planetary.core.cell.AnswerWriter;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.cell.EntityCells;
import dev.planetary.core.cell.Tally;
import dev.planetary.core.cell.Watchers;
import dev.planetary.core.counter.CoreCounter;
import dev.planetary.core.counter.Counters;
import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.region.Regions;
import dev.planetary.core.sbe.GoodbyeDecoder;
import dev.planetary.core.sbe.GoodbyeEncoder;
import dev.planetary.core.sbe.HelloDecoder;
import dev.planetary.core.sbe.MessageHeaderDecoder;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.RefusalReason;
import dev.planetary.core.sbe.RefusedEncoder;
import dev.planetary.core.sbe.RequestDecoder;
import dev.planetary.core.sbe.WindowCompleteEncoder;
import dev.planetary.core.transport.HostDatagramHandler;
import dev.planetary.core.transport.HostTransport;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * All players of a host: who may sit down, whose datagram this is, who was silent for too long. Everything that comes from the network enters here
 * and is checked here. Host loop only.
 */
final class Peers implements HostDatagramHandler {
    /** Bytes of a player's input with schema and template before it. */
    static final int MOST_INPUT_BYTES = 256;
    private static final int[] HELLO_ENTRIES = {HelloDecoder.SchemasDecoder.sbeBlockLength()};

    /** Hellos of newcomers that are read in one tick; who is left out knocks again. */
    private static final int MOST_HELLOS_A_TICK = 32;

    /** Players that are remembered beside those who can be seated. */
    private static final int SEATS_REMEMBERED = 4_096;

    private final HostSettings settings;
    private final HostTransport transport;
    private final CellSource[] sources;
    private final Watchers[] watchers;
    private final ComponentTable table;
    private final Counters counters;
    private final WelcomeWriter welcome;
    private final RequestQueue requests;
    private final Tally tally;
    private final TrafficCounters traffic;
    private final HostJournal journal;
    private final ErrorLog errors;
    private final Regions regions;
    private final List<SeatListener> seatListeners = new ArrayList<>();
    private final Int2ObjectHashMap<Peer> byNumber = new Int2ObjectHashMap<>();
    private final List<Peer> seated = new ArrayList<>();
    private final Strangers strangers = new Strangers();
    private final List<Peer> pool = new ArrayList<>();
    private final List<HostSeat> seats = new ArrayList<>();
    private final Map<PlayerId, HostSeat> seatByPlayer = new HashMap<>();
    private final Set<HostSeat> forgettable = new LinkedHashSet<>();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(2_048);

    private final HelloDecoder hello = new HelloDecoder();
    private final InputHeadReader input = new InputHeadReader();
    private final GoodbyeDecoder goodbye = new GoodbyeDecoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final GoodbyeEncoder goodbyeOut = new GoodbyeEncoder();
    private final WindowCompleteEncoder windowComplete = new WindowCompleteEncoder();

    private InputHandler inputHandler;
    private int inputSchema;
    private int inputTemplate;
    private int inputBlock;
    private Peer recordPeer;
    private final dev.planetary.core.lane.LaneReceiver.RecordHandler recordHandler = this::onRecord;
    private int hellos;
    private int tick;
    private long nowNs;
    private long startedNs;

    Peers(
        final HostSettings settings,
        final HostTransport transport,
        final CellSource[] sources,
        final Watchers[] watchers,
        final ComponentTable table,
        final Counters counters,
        final WelcomeWriter welcome,
        final RequestQueue requests,
        final Tally tally,
        final TrafficCounters traffic,
        final HostJournal journal,
        final ErrorLog errors) {
        this.errors = errors;
        this.journal = journal;
        this.settings = settings;
        this.transport = transport;
        this.sources = sources;
        this.watchers = watchers;
        this.table = table;
        this.counters = counters;
        this.welcome = welcome;
        this.requests = requests;
        this.tally = tally;
        this.traffic = traffic;
        this.regions = new Regions(counters);
    }

    void listen(final SeatListener listener) {
        seatListeners.add(listener);
    }

    void input(final int schema, final int template, final int block, final InputHandler handler) {
        inputSchema = schema;
        inputTemplate = template;
        inputBlock = block;
        inputHandler = handler;
    }

    // ---- each tick ----

    /** Takes what the network brought, and lets go of those who were silent for too long. */
    void receive(final int newTick, final long newNowNs) {
        tick = newTick;
        nowNs = newNowNs;
        // Nothing of the tick comes before this: where the clock stands now is where the tick began.
        startedNs = newNowNs;
        hellos = 0;
        counters.of(CoreCounter.DATAGRAMS_RECEIVED).getAndAddRelease(transport.poll(this));
        for (int i = seated.size() - 1; i >= 0; i--) {
            if (seated.get(i).isGivenUp()) {
                end(seated.get(i), "your connection could not keep up");
            } else if (nowNs - seated.get(i).heardNs() > settings.silenceMs() * 1_000_000L) {
                end(seated.get(i), "nothing heard for " + settings.silenceMs() / 1_000.0 + " s");
            }
        }
        strangers.sendAway(transport, nowNs);
    }

    /** Every player's window goes where its anchor went: before anything of this tick is said to anybody. */
    void follow(final int newTick) {
        for (int i = 0; i < seated.size(); i++) {
            seated.get(i).follow(newTick);
        }
    }

    /** Sends each player what this tick has for it. */
    void send(final int newTick, final long newNowNs) {
        int joining = 0;
        for (int i = 0; i < seated.size(); i++) {
            joining += seated.get(i).isJoining() ? 1 : 0;
        }
        final int joiningShare = settings.joiningBytesPerSecond() / Math.max(1, joining);
        for (int i = 0; i < seated.size(); i++) {
            final Peer peer = seated.get(i);
            peer.send(newTick, startedNs, newNowNs, joiningShare);
            if (peer.firstWindowArrived()) {
                windowComplete.wrapAndApplyHeader(scratch, 0, header);
                offer(peer, scratch, SessionProtocol.HEADER + WindowCompleteEncoder.BLOCK_LENGTH);
            }
        }
        transport.flush();
        if (newTick % settings.tickRateHz() == 0) {
            regions.begin();
            for (int i = 0; i < seated.size(); i++) {
                seated.get(i).count(regions);
            }
            regions.end();
        }
    }

    // ---- datagrams ----

    @Override
    public void onDatagram(final int peer, final DirectBuffer buffer, final int offset, final int length) {
        counters.of(CoreCounter.BYTES_RECEIVED).getAndAddRelease(length);
        switch (SessionProtocol.datagram(buffer, offset, length)) {
            case HelloDecoder.TEMPLATE_ID -> onHello(peer, buffer, offset, length);
            case SessionProtocol.INPUT_DATAGRAM -> onInput(peer, buffer, offset, length);
            case GoodbyeDecoder.TEMPLATE_ID -> onGoodbye(peer, buffer, offset, length);
            default -> malformed();
        }
    }

    @Override
    public void onConnected(final int number) {
        strangers.came(number, nowNs);
    }

    @Override
    public void onGone(final int number) {
        strangers.forget(number);
        final Peer peer = byNumber.get(number);
        if (peer != null) {
            end(peer, "the connection is gone");
        }
    }

    private void onHello(final int number, final DirectBuffer buffer, final int offset, final int length) {
        if (byNumber.get(number) != null) {
            // A repeat of the Hello that opened this session needs no answer: state is on its way.
            return;
        }
        if (++hellos > MOST_HELLOS_A_TICK) {
            counters.of(CoreCounter.UNKNOWN_SENDERS).increment();
            return;
        }
        if (!SessionProtocol.isWhole(buffer, offset, length, HelloDecoder.BLOCK_LENGTH, HELLO_ENTRIES,
            SessionProtocol.MAX_SCHEMAS, 2)) {
            malformed();
            return;
        }
        hello.wrapAndApplyHeader(buffer, offset, headerIn);
        final long attempt = hello.attempt();
        final int version = hello.protocolVersion();
        final PlayerId player = new PlayerId(hello.identityHigh(), hello.identityLow());
        // A client that lacks a plugin is not sent its sources; its components it skips by their lengths.
        int wanted = 1 << EntityCells.SOURCE_ID;
        int inputVersion = 0;
        for (final HelloDecoder.SchemasDecoder schema : hello.schemas()) {
            wanted |= sourcesOf(schema.schemaId());
            if (schema.schemaId() == inputSchema) {
                inputVersion = schema.version();
            }
        }
        final String name = SessionProtocol.clean(hello.playerName(), SessionProtocol.NAME_CHARS);
        final String password = hello.password();
        if (version != SessionProtocol.VERSION) {
            refuse(number, attempt, RefusalReason.PROTOCOL, "this host speaks protocol " + SessionProtocol.VERSION + ", you speak " + version
                + "; the older side needs a newer build");
            return;
        }
        if (settings.password().isPresent() && !same(settings.password().get(), password)) {
            refuse(number, attempt, RefusalReason.PASSWORD, "wrong password");
            return;
        }
        final HostSeat known = seatByPlayer.get(player);
        final Peer former = known == null ? null : peerOf(known);
        if (former != null) {
            end(former, "you joined again from elsewhere");
        }
        if (seated.size() >= settings.maxPlayers()) {
            refuse(number, attempt, RefusalReason.FULL,
                settings.maxPlayers() == 1 ? "the only seat is taken" : "all " + settings.maxPlayers() + " seats are taken");
            return;
        }
        final HostSeat seat = known != null ? known : newSeat(player);
        if (seat == null) {
            refuse(number, attempt, RefusalReason.FULL, "this host remembers as many players as it can; it must be started again to take new ones");
            return;
        }
        seat.rename(name.isEmpty() ? "player" : name);
        sit(number, seat, attempt, wanted, inputVersion);
    }

    private int sourcesOf(final int schema) {
        int bits = 0;
        for (int i = 0; i < sources.length; i++) {
            if (sources[i].schemaId() == schema) {
                bits |= 1 << i;
            }
        }
        return bits;
    }

    private void sit(final int number, final HostSeat seat, final long attempt, final int wanted, final int inputVersion) {
        final Peer peer = pool.isEmpty() ? new Peer(settings, transport, watchers, AnswerWriter.slack(table), counters, tally) : pool.remove(pool.size() - 1);
        forgettable.remove(seat);
        strangers.forget(number);
        peer.open(number, seat, attempt, wanted, inputVersion, tick, nowNs);
        byNumber.put(number, peer);
        seated.add(peer);
        counters.of(CoreCounter.PLAYERS).setRelease(seated.size());
        for (final SeatListener listener : seatListeners) {
            try {
                listener.onSeated(seat);
            } catch (final RuntimeException e) {
                onThrown("seating a player", e);
            }
        }
        offer(peer, scratch, welcome.write(scratch, seat.number(), tick));
        peer.gateOnNewest();
    }

    /** The seat of that number, from a saved world or its journal; what is there already stays. */
    HostSeat restore(final int number, final PlayerId player, final String name) {
        if (number < 0 || number > seats.size() || number >= Chat.HOST_SEAT) {
            throw new IllegalArgumentException("seat " + number + " behind " + seats.size());
        }
        final HostSeat there = number < seats.size() ? seats.get(number) : null;
        if (there != null && there.player().equals(player)) {
            return there;
        }
        if (there != null) {
            seatByPlayer.remove(there.player());
            forgettable.remove(there);
        }
        final HostSeat seat = new HostSeat(number, player, name);
        put(seat);
        forgettable.add(seat);
        return seat;
    }

    private void put(final HostSeat seat) {
        if (seat.number() == seats.size()) {
            seats.add(seat);
        } else {
            seats.set(seat.number(), seat);
        }
        seatByPlayer.put(seat.player(), seat);
    }

    /** What the player of this seat did is in the world: nobody else gets its number. */
    void keep(final HostSeat seat) {
        seat.keep();
        forgettable.remove(seat);
    }

    /** All seats ever given, by number. */
    List<HostSeat> seats() {
        return seats;
    }

    /** The seat of that number, or null where there is none. */
    HostSeat seatOrNull(final int number) {
        return number >= 0 && number < seats.size() ? seats.get(number) : null;
    }

    /**
     * A seat for somebody new. Where too many are remembered, the seat of one who has been away for longest and did nothing that the world keeps is
     * given away; null where there is none.
     */
    private HostSeat newSeat(final PlayerId player) {
        int number = seats.size();
        if (number >= settings.maxPlayers() + SEATS_REMEMBERED || number >= Chat.HOST_SEAT) {
            final HostSeat forgotten = pollForgettable();
            if (forgotten == null) {
                return null;
            }
            seatByPlayer.remove(forgotten.player());
            number = forgotten.number();
        }
        final HostSeat seat = new HostSeat(number, player, "");
        put(seat);
        journal.seat(seat);
        return seat;
    }

    private HostSeat pollForgettable() {
        final Iterator<HostSeat> away = forgettable.iterator();
        if (!away.hasNext()) {
            return null;
        }
        final HostSeat longest = away.next();
        if (tick - longest.leftTick() <= 1) {
            // Requests of this tick may wait under its number, or verdicts of the one before.
            return null;
        }
        away.remove();
        return longest;
    }

    private Peer peerOf(final HostSeat seat) {
        for (final Peer peer : seated) {
            if (peer.seat() == seat) {
                return peer;
            }
        }
        return null;
    }

    private void onInput(final int number, final DirectBuffer buffer, final int offset, final int length) {
        final Peer peer = byNumber.get(number);
        if (!input.read(buffer, offset, length)) {
            malformed();
            return;
        }
        if (peer == null) {
            counters.of(CoreCounter.UNKNOWN_SENDERS).increment();
            sayOver(number, length);
            return;
        }
        if (!input.isOf(peer.attempt())) {
            counters.of(CoreCounter.UNKNOWN_SENDERS).increment();
            return;
        }
        peer.resolve(input);
        final boolean newest = peer.isNewest(input.number());
        if (!peer.onInput(input, buffer, nowNs)) {
            malformed();
            end(peer, "your client sent what none of ours would");
            return;
        }
        recordPeer = peer;
        peer.pollLane(recordHandler);
        if (newest && input.inputLength() > 0) {
            onPlayerInput(peer, buffer, input.piece() + input.laneLength(), input.inputLength());
        }
    }

    /** The goodbye that ended a session was lost: it is said again, and never larger than what asked for it. */
    private void sayOver(final int number, final int length) {
        if (!input.isFull()) {
            // It does not say which attempt the goodbye must name; a client that hears nothing soon does.
            return;
        }
        goodbyeOut.wrapAndApplyHeader(scratch, 0, header).attempt(input.attempt()).sentence("your session is over");
        final int goodbyeLength = SessionProtocol.HEADER + goodbyeOut.encodedLength();
        if (goodbyeLength <= length) {
            transport.send(number, scratch, 0, goodbyeLength);
        }
    }

    /** The player's input: schema u16, template u16, then the block. */
    private void onPlayerInput(final Peer peer, final DirectBuffer buffer, final int offset, final int length) {
        if (inputHandler == null || peer.seat() == null) {
            return;
        }
        final int block = length - 4;
        if (block < inputBlock || (buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) != inputSchema
            || (buffer.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) != inputTemplate) {
            malformed();
            return;
        }
        try {
            inputHandler.onInput(peer.seat(), buffer, offset + 4, block, peer.inputVersion(), tick);
        } catch (final RuntimeException e) {
            onThrown("a player's input", e);
        }
    }

    private void onRecord(final int number, final DirectBuffer buffer, final int offset, final int length) {
        if (SessionProtocol.template(buffer, offset, length) != RequestDecoder.TEMPLATE_ID) {
            malformed();
        } else if (!requests.offer(recordPeer.seat().number(), recordPeer.number(), buffer, offset, length)) {
            // A request that arrived must be answered; one that cannot be kept ends the session instead of being forgotten.
            recordPeer.giveUp();
        }
    }

    private void onGoodbye(final int number, final DirectBuffer buffer, final int offset, final int length) {
        final Peer peer = byNumber.get(number);
        if (peer == null || !SessionProtocol.isWhole(buffer, offset, length, GoodbyeDecoder.BLOCK_LENGTH, SessionProtocol.NO_GROUPS, 0, 1)) {
            return;
        }
        if (goodbye.wrapAndApplyHeader(buffer, offset, headerIn).attempt() == peer.attempt()) {
            end(peer, null);
        }
    }

    // ---- ends ----

    /** Ends a session; {@code sentence} tells the player why, null where it knows. */
    void end(final Peer peer, final String sentence) {
        if (sentence != null) {
            goodbyeOut.wrapAndApplyHeader(scratch, 0, header).attempt(peer.attempt()).sentence(sentence);
            transport.send(peer.number(), scratch, 0, SessionProtocol.HEADER + goodbyeOut.encodedLength());
        }
        transport.disconnect(peer.number());
        byNumber.remove(peer.number());
        seated.remove(peer);
        final HostSeat seat = peer.seat();
        peer.close();
        pool.add(peer);
        seat.leave(tick);
        if (!seat.isKept()) {
            forgettable.add(seat);
        }
        counters.of(CoreCounter.PLAYERS).setRelease(seated.size());
        for (final SeatListener listener : seatListeners) {
            try {
                listener.onLeft(seat);
            } catch (final RuntimeException e) {
                onThrown("a player's leaving", e);
            }
        }
    }

    /** Ends every session. */
    void endAll(final String sentence) {
        while (!seated.isEmpty()) {
            end(seated.get(seated.size() - 1), sentence);
        }
        transport.flush();
    }

    private void refuse(final int number, final long attempt, final RefusalReason reason, final String sentence) {
        refused.wrapAndApplyHeader(scratch, 0, header).attempt(attempt).reason(reason).sentence(sentence);
        transport.send(number, scratch, 0, SessionProtocol.HEADER + refused.encodedLength());
    }

    /** Queues a record for the player; one that cannot keep up is let go. */
    void offer(final Peer peer, final DirectBuffer record, final int length) {
        offer(peer, record, 0, length);
    }

    /** Queues a record for the player; one that cannot keep up is let go. */
    void offer(final Peer peer, final DirectBuffer record, final int offset, final int length) {
        traffic.record(SessionProtocol.isEffect(record, offset, length) ? TrafficCounters.EFFECTS : SessionProtocol.template(record, offset, length), length);
        if (!peer.offer(record, offset, length)) {
            // Ended with the next tick: callers walk the list of players.
            peer.giveUp();
        }
    }

    /** A plugin threw at something that a player did: the others play on. */
    private void onThrown(final String where, final RuntimeException error) {
        if (settings.rethrow()) {
            throw error;
        }
        counters.of(CoreCounter.SYSTEM_ERRORS).increment();
        errors.record(where, error, tick);
    }

    private void malformed() {
        counters.of(CoreCounter.MALFORMED_MESSAGES).increment();
    }

    private static boolean same(final String expected, final String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    // ---- questions ----

    int seated() {
        return seated.size();
    }

    Peer seated(final int i) {
        return seated.get(i);
    }

    HostSeat seat(final int number) {
        return seats.get(number);
    }

    /** The session over a connection, or null where it is over. */
    Peer session(final int number) {
        return byNumber.get(number);
    }

    /** The session of a seat, or null where the player is away. */
    Peer sessionOf(final int seatNumber) {
        return seatNumber < seats.size() ? peerOf(seats.get(seatNumber)) : null;
    }
}
