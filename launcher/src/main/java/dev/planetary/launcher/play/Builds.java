package dev.planetary.launcher.play;

import dev.planetary.core.plugin.BlueprintSeries;
import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.Schematics;
import dev.planetary.core.session.ClientGame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a person builds from files: one is read, then placed blueprint by blueprint, each when the one before it stands. Where one is rejected the rest waits,
 * until the person has seen to the reason and asks to go on.
 */
final class Builds {
    private final Consumer<String> out;
    private final Optional<Building> building;
    private final Optional<Schematics> schematics;
    private byte[] file;
    private String name;
    private BlueprintSeries series;
    private int next;
    private int x;
    private int y;
    private int z;
    private int open = RequestSender.NONE;

    Builds(final ClientGame game, final Consumer<String> out) {
        this.out = out;
        building = game.capability(Building.class);
        schematics = game.capability(Schematics.class);
    }

    /** Reads a file; what it holds, and what was left out, is said. */
    void read(final String path) {
        if (schematics.isEmpty()) {
            out.accept("nothing can be built in this game");
        } else if (path.isEmpty()) {
            out.accept("import which file? import FILE, a .schem, .schematic or .litematic");
        } else if (open != RequestSender.NONE) {
            out.accept("wait until " + name + " is built");
        } else {
            file = null;
            series = null;
            try {
                final byte[] bytes = bytes(Path.of(path));
                final BlueprintSeries read = schematics.get().read(bytes, 0);
                file = bytes;
                name = Path.of(path).getFileName().toString();
                out.accept(name + ": " + read.summary() + ". Say: build [X Y Z [QUARTERS]]");
            } catch (final InvalidPathException | IOException e) {
                out.accept("the file " + path + " cannot be read: " + e.getMessage());
            } catch (final IllegalArgumentException e) {
                out.accept(path + ": " + e.getMessage());
            }
        }
    }

    private static byte[] bytes(final Path path) throws IOException {
        final long length = Files.size(path);
        if (length > Schematics.MOST_FILE_BYTES) {
            throw new IOException("it has " + length + " bytes, at most " + Schematics.MOST_FILE_BYTES + " are read");
        }
        return Files.readAllBytes(path);
    }

    /** Goes on with what was stopped; false where nothing was. */
    boolean goOn() {
        if (open != RequestSender.NONE || series == null || next == series.steps().size()) {
            return false;
        }
        ask();
        return true;
    }

    /** Begins to place what was read, with its least corner there. */
    void place(final int atX, final int atY, final int atZ, final int quarters) {
        if (file == null) {
            out.accept("build what? First say: import FILE");
        } else if (open != RequestSender.NONE) {
            out.accept("wait until " + name + " is built");
        } else {
            series = schematics.orElseThrow().read(file, quarters);
            next = 0;
            x = atX;
            y = atY;
            z = atZ;
            ask();
        }
    }

    private void ask() {
        final BlueprintSeries.Step step = series.steps().get(next);
        open = building.map(host -> host.placeBlueprint(step.blueprint(), x + step.x(), y + step.y(), z + step.z(), 0, 0)).orElse(RequestSender.NONE);
        if (open == RequestSender.NONE) {
            out.accept("it could not be asked now; try again");
        }
    }

    /** True where the verdict was on one of the blueprints. */
    boolean onVerdict(final int request, final boolean approved, final String reason) {
        if (request != open || open == RequestSender.NONE) {
            return false;
        }
        open = RequestSender.NONE;
        final int steps = series.steps().size();
        final String which = name + " (" + (next + 1) + " of " + steps + ")";
        if (!approved) {
            out.accept(which + " not possible: " + reason + ". Say build to try again from here");
            return true;
        }
        next++;
        out.accept(which + " stands at " + x + " " + y + " " + z + ": " + series.steps().get(next - 1).parts() + " parts");
        if (next < steps) {
            ask();
        }
        return true;
    }
}
