package dev.planetary.launcher.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * How a new world begins.
 *
 * @param seed   of "seed:N"; 0 for one that is read.
 * @param folder of "anvil:DIR", which holds {@code region/r.X.Z.mca}; null for one from a seed.
 */
public record NewWorld(long seed, Path folder) {
    private static final String SEED = "seed:";
    private static final String ANVIL = "anvil:";
    private static final Pattern REGION = Pattern.compile("r\\.-?\\d{1,7}\\.-?\\d{1,7}\\.mca");

    /** As the game takes it; folders as absolute paths, so that it means the same in another process. */
    @Override
    public String toString() {
        return folder == null ? SEED + seed : ANVIL + folder.toAbsolutePath().normalize();
    }

    /** Reads it from the command line; looks whether the folder holds a world. */
    public static final class Converter implements CommandLine.ITypeConverter<NewWorld> {
        @Override
        public NewWorld convert(final String text) {
            if (text.startsWith(SEED)) {
                return new NewWorld(seed(text.substring(SEED.length())), null);
            }
            if (text.startsWith(ANVIL)) {
                return new NewWorld(0, folder(text.substring(ANVIL.length())));
            }
            throw new MisfitException("seed:42 or anvil:DIR");
        }

        private static long seed(final String number) {
            try {
                return Long.parseLong(number);
            } catch (final NumberFormatException e) {
                throw new MisfitException("seed: and a whole number, such as seed:42");
            }
        }

        private static Path folder(final String name) {
            try {
                final Path folder = Path.of(name);
                try (Stream<Path> files = Files.list(folder.resolve("region"))) {
                    if (files.anyMatch(file -> REGION.matcher(file.getFileName().toString()).matches())) {
                        return folder;
                    }
                }
            } catch (final IOException | InvalidPathException e) {
                throw new MisfitException("anvil: and a folder that can be read and holds region/r.X.Z.mca");
            }
            throw new MisfitException("anvil: and a folder that holds region/r.X.Z.mca");
        }
    }
}
