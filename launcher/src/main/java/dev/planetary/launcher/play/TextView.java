package dev.planetary.launcher.play;

import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.VoxelEdits;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.session.ClientListener;
import dev.planetary.core.session.ClientState;
import dev.planetary.launcher.control.InputLines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.agrona.collections.IntHashSet;
import org.joml.Vector3d;

/**
 * A game as lines of text, and a person's words as deeds. One line a second at most, when the place or
 * the players around have changed, since creatures always do; every ten seconds otherwise.
 */
public final class TextView implements ClientListener, RequestSender.VerdictListener {
    private static final String HELP = "move X Z (walk there) | dig [RADIUS] | fill [RADIUS] | import FILE | build [X Y Z [QUARTERS]] | say TEXT | look | quit";
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int QUIET_SECONDS = 10;
    private static final int STUCK_SECONDS = 3;
    private static final int MOST_RADIUS = 8;
    private static final double ARRIVED_METRES = 0.5;
    private static final double BYTES_PER_KB = 1_000;
    private static final double MOST_METRES = 8_000_000;

    private final ClientGame game;
    private final InputLines input;
    private final Consumer<String> out;
    private final Body body;
    private final Surroundings surroundings;
    private final Builds builds;
    private final Optional<AvatarControl> control;
    private final Optional<VoxelEdits> edits;
    private final Vector3d place = new Vector3d();
    private final Vector3d target = new Vector3d();
    private final Vector3d pastPlace = new Vector3d();
    private boolean walking;
    private double headingX = 1;
    private double headingZ;
    private long pastPlaceNs;
    private final IntHashSet asked = new IntHashSet();
    private boolean quit;
    private String shown = "";
    private long shownNs;
    private long nextNs = Long.MIN_VALUE / 2;
    private long pastBytes;
    private long pastBytesNs;

    /** A view of {@code game} that prints to {@code out}. */
    public TextView(final ClientGame game, final InputLines input, final Consumer<String> out) {
        this.game = game;
        this.input = input;
        this.out = out;
        this.body = new AvatarBody(game);
        this.surroundings = new Surroundings(game);
        this.builds = new Builds(game, out);
        this.control = game.capability(AvatarControl.class);
        this.edits = game.capability(VoxelEdits.class);
        game.listen(this);
        game.requests().onVerdict(this);
    }

    // ---- what is heard ----

    @Override
    public void onState(final ClientState state, final String sentence) {
        switch (state) {
            case JOINING -> out.accept("you have a seat; the world is on its way");
            case PLAYING -> out.accept(String.format(Locale.ROOT, "you are in, after %.1f s. Say: %s", game.joinNs() / (double)NS_PER_SECOND, HELP));
            default -> {
                // Why it ended is said by whoever ends the process.
            }
        }
    }

    @Override
    public void onChat(final int seat, final String speaker, final String text) {
        out.accept(speaker + ": " + text);
    }

    @Override
    public void onVerdict(final int requestId, final boolean approved, final String reason, final byte[] detail) {
        if (!builds.onVerdict(requestId, approved, reason) && asked.remove(requestId) && !approved) {
            out.accept("not possible: " + reason);
        }
    }

    // ---- each tick ----

    void tick(final long nowNs) {
        for (String line = input.next(); line != null && !quit; line = input.next()) {
            if (!line.isEmpty()) {
                obey(line, nowNs);
            }
        }
        if (game.state() != ClientState.PLAYING || !body.place(place)) {
            return;
        }
        if (walking) {
            walk(nowNs);
        }
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + NS_PER_SECOND;
            show(nowNs, false);
        }
    }

    boolean wantsToQuit() {
        return quit;
    }

    boolean isInputOver() {
        return input.isOver();
    }

    private void show(final long nowNs, final boolean always) {
        final String around = String.format(Locale.ROOT, "you at %.0f %.0f %.0f on %s | %s", place.x, place.y, place.z, surroundings.ground(place),
            surroundings.players(place));
        final double seconds = (nowNs - pastBytesNs) / (double)NS_PER_SECOND;
        final double rate = seconds > 0 && pastBytesNs != 0 ? (game.bytesReceived() - pastBytes) / seconds : 0;
        pastBytes = game.bytesReceived();
        pastBytesNs = nowNs;
        if (always || !around.equals(shown) || nowNs - shownNs >= QUIET_SECONDS * NS_PER_SECOND) {
            shown = around;
            shownNs = nowNs;
            out.accept(String.format(Locale.ROOT, "%s | %s | %.1f KB/s, %d ms", around, surroundings.others(), rate / BYTES_PER_KB, game.roundTripMs()));
        }
    }

    private void walk(final long nowNs) {
        final double dx = target.x - place.x;
        final double dz = target.z - place.z;
        final double distance = Math.hypot(dx, dz);
        if (distance < ARRIVED_METRES) {
            stand("you are there");
            return;
        }
        headingX = dx / distance;
        headingZ = dz / distance;
        // Slower for the last metre, or it would run past.
        final double speed = Bot.SPEED * Math.min(1, distance);
        control.ifPresent(avatar -> avatar.walk(speed * headingX, speed * headingZ));
        if (nowNs - pastPlaceNs >= STUCK_SECONDS * NS_PER_SECOND) {
            if (place.distance(pastPlace) < ARRIVED_METRES) {
                stand("something is in the way: dig, or go around");
            }
            pastPlace.set(place);
            pastPlaceNs = nowNs;
        }
    }

    private void stand(final String why) {
        walking = false;
        control.ifPresent(avatar -> avatar.walk(0, 0));
        out.accept(why);
    }

    // ---- commands ----

    private void obey(final String line, final long nowNs) {
        final List<String> words = List.of(line.split("\\s+"));
        final String verb = words.get(0).toLowerCase(Locale.ROOT);
        switch (verb) {
            case "quit", "exit" -> quit = true;
            case "help" -> out.accept(HELP);
            case "say" -> say(line.substring(verb.length()).trim());
            case "import" -> builds.read(line.substring(verb.length()).trim());
            default -> {
                if (!List.of("move", "dig", "fill", "build", "look").contains(verb)) {
                    out.accept("what is \"" + words.get(0) + "\"? Say: " + HELP);
                } else if (game.state() != ClientState.PLAYING || !body.place(place)) {
                    out.accept("wait: the world is on its way");
                } else {
                    act(verb, words, nowNs);
                }
            }
        }
    }

    private void act(final String verb, final List<String> words, final long nowNs) {
        switch (verb) {
            case "look" -> show(nowNs, true);
            case "move" -> move(words, nowNs);
            case "build" -> build(words);
            default -> edit(verb, words);
        }
    }

    /** Takes note of a request, to hear of its verdict: a plugin asks for things of its own. False where it could not be asked. */
    private boolean noted(final int request) {
        return request != RequestSender.NONE && asked.add(request);
    }

    private void say(final String text) {
        if (text.isEmpty()) {
            out.accept("say what? say TEXT");
        } else if (!noted(game.say(text))) {
            out.accept("it could not be said now; try again");
        }
    }

    private void move(final List<String> words, final long nowNs) {
        final double x = words.size() == 3 ? number(words.get(1)) : Double.NaN;
        final double z = words.size() == 3 ? number(words.get(2)) : Double.NaN;
        if (control.isEmpty()) {
            out.accept("this game has no avatars to move");
        } else if (!(Math.abs(x) <= MOST_METRES && Math.abs(z) <= MOST_METRES)) {
            out.accept("move where? move X Z, in metres: move 10 -20");
        } else {
            target.set(x, 0, z);
            pastPlace.set(place);
            pastPlaceNs = nowNs;
            walking = true;
        }
    }

    private void build(final List<String> words) {
        if (words.size() == 1) {
            if (!builds.goOn()) {
                // In front of the feet, on the ground that one stands on.
                builds.place((int)Math.floor(place.x) + 2, (int)Math.round(place.y), (int)Math.floor(place.z) + 2, 0);
            }
            return;
        }
        final double[] numbers = words.stream().skip(1).mapToDouble(TextView::number).toArray();
        final boolean isPlace = numbers.length == 3 || numbers.length == 4;
        for (final double number : numbers) {
            if (!isPlace || !(Math.abs(number) <= MOST_METRES && number == Math.rint(number))) {
                out.accept("build where? build X Y Z, its least corner in whole metres, then quarter turns, 0 to 3: build 10 0 -20 1");
                return;
            }
        }
        final int quarters = numbers.length == 4 ? (int)numbers[3] : 0;
        if (quarters < 0 || quarters > 3) {
            out.accept("build how? QUARTERS is 0 to 3");
        } else {
            builds.place((int)numbers[0], (int)numbers[1], (int)numbers[2], quarters);
        }
    }

    private void edit(final String verb, final List<String> words) {
        final double radius = words.size() == 1 ? 1 : words.size() == 2 ? number(words.get(1)) : Double.NaN;
        if (edits.isEmpty()) {
            out.accept("this game has no ground to " + verb);
        } else if (!(radius >= 0 && radius <= MOST_RADIUS && radius == Math.rint(radius))) {
            out.accept(verb + " how far? " + verb + " RADIUS, 0 to " + MOST_RADIUS + " voxels");
        } else {
            // In front of the feet, so that one does not fall into it.
            final int x = (int)Math.floor(place.x + (radius + 1) * headingX);
            final int z = (int)Math.floor(place.z + (radius + 1) * headingZ);
            final int y = (int)Math.floor(place.y) - 1;
            final int material = game.capability(VoxelQuery.class)
                .map(ground -> ground.materialAt((int)Math.floor(place.x), y, (int)Math.floor(place.z))).orElse(VoxelQuery.AIR);
            final int request = "dig".equals(verb)
                ? edits.get().dig(x, y, z, (int)radius)
                : edits.get().fill(x, y + 1, z, (int)radius, Math.max(material, 1));
            out.accept(!noted(request) ? "it could not be asked now: this host has no such ground" : verb + " at " + x + " " + y + " " + z);
        }
    }

    private static double number(final String word) {
        try {
            return Double.parseDouble(word);
        } catch (final NumberFormatException e) {
            // The caller says what would fit.
            return Double.NaN;
        }
    }
}
