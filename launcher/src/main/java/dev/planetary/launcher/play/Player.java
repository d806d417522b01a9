package dev.planetary.launcher.play;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.OccupancyQuery;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.joml.Vector3d;

/** One player of this process: its game, and who plays it: a bot, a person at a text view, or nobody, who watches. */
public final class Player implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final ClientGame game;
    private final Body body;
    private final Optional<CountedEdits> edits;
    private final Verdicts verdicts = new Verdicts();
    private Optional<Bot> bot = Optional.empty();
    private Optional<TextView> view = Optional.empty();
    private boolean resting;
    private final Vector3d place = new Vector3d();
    private final Vector3d past = new Vector3d();
    private double walked;
    private long firstNs;
    private long lastNs;

    /** Somebody who watches. */
    public Player(final ClientGame game) {
        this.game = game;
        this.body = new AvatarBody(game);
        this.edits = game.capability(VoxelEdits.class).map(ground -> new CountedEdits(ground, verdicts));
        game.requests().onVerdict(verdicts);
    }

    /** Lets a bot play. */
    public Player bot(final BotKind kind, final long seed) {
        bot = Optional.of(new Bot(kind, seed, body, game.capability(AvatarControl.class), edits.map(VoxelEdits.class::cast),
            game.capability(VoxelQuery.class), builder(seed)));
        return this;
    }

    private Optional<Builder> builder(final long seed) {
        final Optional<OccupancyQuery> occupancy = game.capability(OccupancyQuery.class);
        if (occupancy.isEmpty()) {
            return Optional.empty();
        }
        final Parts parts = new PartsInSight(game, occupancy.get());
        return game.capability(Building.class).map(building -> new Builder(seed, building, parts, verdicts, game.capability(VoxelQuery.class),
            game.capability(VoxelEdits.class), game.capability(Inventories.class), game.capability(Storage.class)));
    }

    /** Lets a person play. */
    public Player view(final TextView newView) {
        view = Optional.of(newView);
        return this;
    }

    /** One client tick. */
    public void tick(final long nowNs) {
        game.tick();
        if (game.state() == ClientState.PLAYING && !resting && bot.isPresent()) {
            bot.get().play(nowNs / NANOS, game.presentTick());
        }
        noteWay(nowNs);
        if (view.isPresent()) {
            view.get().tick(nowNs);
        }
    }

    /** The bot stands still from now on and asks for nothing more. */
    public void rest() {
        resting = true;
        game.capability(AvatarControl.class).ifPresent(control -> control.walk(0, 0));
    }

    /** Whether nothing that was asked for is still open. */
    public boolean isAnswered() {
        return verdicts.isAnswered();
    }

    /** Whether the person at the view wants to go. */
    public boolean wantsToQuit() {
        return view.isPresent() && view.get().wantsToQuit();
    }

    /** Whether the person at the view can say nothing more. */
    public boolean isInputOver() {
        return view.isPresent() && view.get().isInputOver();
    }

    /** The game. */
    public ClientGame game() {
        return game;
    }

    /** Digs and fills that the host approved. */
    public long edits() {
        return verdicts.of(Deed.DIG).approved() + verdicts.of(Deed.FILL).approved();
    }

    /** Everything that was asked for and answered: approved and rejected by what it was ("dig"), in this order. */
    public Map<String, List<Long>> verdicts() {
        final Map<String, List<Long>> all = new TreeMap<>();
        verdicts.counts().forEach((deed, count) -> all.put(deed.toString(), List.of(count.approved(), count.rejected())));
        return all;
    }

    /** Why requests were rejected, without places and names, and how often. */
    public Map<String, Integer> reasons() {
        return verdicts.reasons();
    }

    /** Requests that others were likely to make at the same moment about the same thing. */
    public long contested() {
        return verdicts.contested();
    }

    /** Those of {@link #contested} that were rejected. */
    public long conflicts() {
        return verdicts.conflicts();
    }

    /** What the player did, as a sentence; empty where nothing can be said. */
    public String deeds() {
        final double seconds = (lastNs - firstNs) / NANOS;
        if (seconds <= 0) {
            return "";
        }
        final String did = verdicts.counts().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue().approved() + "/" + (entry.getValue().approved() + entry.getValue().rejected()))
            .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "walked %.0f m in %.0f s; approved of asked: %s%s", walked, seconds, did.isEmpty() ? "nothing" : did,
            verdicts.reasons().isEmpty() ? "" : "; rejected " + verdicts.reasons());
    }

    private void noteWay(final long nowNs) {
        if (body.place(place)) {
            if (firstNs == 0) {
                firstNs = nowNs;
                past.set(place);
            }
            walked += Math.hypot(place.x - past.x, place.z - past.z);
            past.set(place);
            lastNs = nowNs;
        }
    }

    /** Writes where the avatar stands; false where it is not there yet. */
    public boolean place(final Vector3d into) {
        return body.place(into);
    }

    @Override
    public void close() {
        game.leave();
        game.close();
    }
}
