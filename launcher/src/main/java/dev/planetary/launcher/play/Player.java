package dev.planetary.launcher.play;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joml.Vector3d;

/** One player of this process: its game, and who plays it: a bot, a person at a text view, or nobody, who watches. */
public final class Player implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final ClientGame game;
    private final Body body;
    private final Optional<CountedEdits> edits;
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
        this.edits = game.capability(VoxelEdits.class).map(CountedEdits::new);
        edits.ifPresent(game.requests()::onVerdict);
    }

    /** Lets a bot play. */
    public Player bot(final BotKind kind, final long seed) {
        bot = Optional.of(new Bot(kind, seed, body, game.capability(AvatarControl.class), edits.map(VoxelEdits.class::cast),
            game.capability(VoxelQuery.class)));
        return this;
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
            bot.get().play(nowNs / NANOS);
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
        return edits.isEmpty() || edits.get().isAnswered();
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

    /** Edits that the host approved. */
    public long edits() {
        return edits.map(CountedEdits::approved).orElse(0L);
    }

    /** Edits that the host rejected. */
    public long rejectedEdits() {
        return edits.map(CountedEdits::rejected).orElse(0L);
    }

    /** What the player did, as a sentence; empty where nothing can be said. */
    public String deeds() {
        final double seconds = (lastNs - firstNs) / NANOS;
        final Map<String, Integer> reasons = edits.map(CountedEdits::reasons).orElse(Map.of());
        return seconds <= 0 ? "" : String.format(Locale.ROOT, "walked %.0f m in %.0f s; %d edits approved, %d rejected%s",
            walked, seconds, edits(), rejectedEdits(), reasons.isEmpty() ? "" : " " + reasons);
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
