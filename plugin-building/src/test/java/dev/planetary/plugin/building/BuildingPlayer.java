package dev.planetary.plugin.building;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientListener;
import dev.planetary.core.transport.ClientTransport;
import dev.planetary.core.world.NetworkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/** A player over all its sessions: its client, what it asked for, and what it was answered. */
final class BuildingPlayer implements ClientListener {
    /** Requests that it asks for again, out of the newest; a host remembers 1,024. */
    private static final int ASKED_AGAIN_WITHIN = 300;

    final PlayerId id;
    final List<Request> requests = new ArrayList<>();
    final Map<String, Integer> reasons = new HashMap<>();
    ClientGame game;
    ClientTransport transport;
    Building building;
    Storage storage;
    Inventories inventories;
    WorldSum sum;
    int away;
    int sessions;
    int approved;
    int rejected;
    int repeated;

    private final Map<Integer, Request> byNumber = new HashMap<>();
    private final Map<Integer, Request> unanswered = new LinkedHashMap<>();
    private final List<Request> toAskAgain = new ArrayList<>();
    /** Verdicts that this session still owes, by request. */
    private final Int2IntCounterMap awaited = new Int2IntCounterMap(0);
    private final IntHashSet changed = new IntHashSet();

    /** What the player asked for once. */
    static final class Request {
        final int number;
        final RequestType type;
        final byte[] message;
        String verdict;

        Request(final int number, final RequestType type, final byte[] message) {
            this.number = number;
            this.type = type;
            this.message = message;
        }
    }

    BuildingPlayer(final PlayerId id) {
        this.id = id;
    }

    /** A new session of the same player, on a client that knows nothing. */
    void begin(final ClientGame newGame, final ClientTransport newTransport) {
        game = newGame;
        transport = newTransport;
        building = game.capability(Building.class).orElseThrow();
        storage = game.capability(Storage.class).orElseThrow();
        inventories = game.capability(Inventories.class).orElseThrow();
        sum = new WorldSum(game.world());
        away = 0;
        sessions++;
        changed.clear();
        awaited.clear();
        toAskAgain.clear();
        toAskAgain.addAll(unanswered.values());
        game.listen(this);
        game.requests().onVerdict(this::onVerdict);
    }

    boolean isHere() {
        return away == 0;
    }

    boolean isPlaying() {
        return away == 0 && game.joinNs() > 0;
    }

    // ---- requests ----

    void onSent(final int number, final RequestType type, final byte[] message) {
        final Request request = new Request(number, type, message);
        assertNull(byNumber.put(number, request), "request " + number + " was given out twice");
        requests.add(request);
        unanswered.put(number, request);
        awaited.incrementAndGet(number);
    }

    private void onVerdict(final int number, final boolean yes, final String reason, final byte[] detail) {
        final Request request = byNumber.get(number);
        assertNotNull(request, "a verdict on request " + number + ", which nobody sent");
        assertTrue(awaited.decrementAndGet(number) >= 0, "request " + number + " was answered more often than it was sent");
        final String verdict = yes ? "yes" : "no: " + reason;
        if (request.verdict != null) {
            assertEquals(request.verdict, verdict, "the verdict on request " + number + " has changed");
            repeated++;
            return;
        }
        assertFalse(reason.startsWith("the host failed"), reason);
        request.verdict = verdict;
        unanswered.remove(number);
        approved += yes ? 1 : 0;
        rejected += yes ? 0 : 1;
        if (!yes) {
            reasons.merge(reason.replaceAll("[-0-9].*| of player.*", ""), 1, Integer::sum);
        }
    }

    /** Asks again for what an earlier session was not answered, a few requests in each tick. */
    void askAgainForUnanswered() {
        for (int i = 0; i < 8 && !toAskAgain.isEmpty(); i++) {
            if (!askAgain(toAskAgain.get(toAskAgain.size() - 1))) {
                return;
            }
            toAskAgain.remove(toAskAgain.size() - 1);
        }
    }

    /** Asks again for one of the newest requests, answered or not. */
    void askAgain(final int choice) {
        if (!requests.isEmpty()) {
            askAgain(requests.get(Math.max(0, requests.size() - 1 - choice % ASKED_AGAIN_WITHIN)));
        }
    }

    private boolean askAgain(final Request request) {
        final boolean sent = game.requests().sendAgain(
            request.number, request.type, new UnsafeBuffer(request.message), 0, request.message.length);
        if (sent) {
            awaited.incrementAndGet(request.number);
        }
        return sent;
    }

    /** Requests without a verdict. */
    int unanswered() {
        return unanswered.size();
    }

    /** Whether each time that it asked in this session was answered. */
    boolean isAnswered() {
        return unanswered.isEmpty() && toAskAgain.isEmpty() && awaited.isEmpty();
    }

    // ---- what it sees ----

    @Override
    public void onEntered(final int entity) {
        changed.add(NetworkId.slot(entity));
    }

    @Override
    public void onChanged(final int entity, final long components) {
        changed.add(NetworkId.slot(entity));
    }

    @Override
    public void onLeft(final int entity) {
        changed.add(NetworkId.slot(entity));
    }

    /** Takes in what the client's world holds after its tick. */
    void look() {
        if (!changed.isEmpty()) {
            final IntHashSet.IntIterator slots = changed.iterator();
            while (slots.hasNext()) {
                sum.look(slots.nextValue());
            }
            changed.clear();
        }
    }
}
