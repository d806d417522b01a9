package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.session.WorldFolder;
import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WorldPlaceTest {
    private final Path folder = TestFolder.create();
    private final Path world = folder.resolve("worlds").resolve("mine");

    private void save() throws IOException {
        final WorldFolder save = WorldFolder.begin(world);
        save.write("entities", out -> out.writeInt(1));
        save.commit();
    }

    private static String refusal(final Path world, final boolean isNew) {
        return assertThrows(UserError.class, () -> WorldPlace.take(world, isNew).close()).lines().get(0);
    }

    @Test
    void shouldBeginWhereThereIsNothingAndGoOnWhereThereIsAWorld() throws IOException {
        try (WorldPlace place = WorldPlace.take(world, true)) {
            assertTrue(place.former().isEmpty());
            assertFalse(place.holdsWorld());
            save();
        }
        try (WorldPlace place = WorldPlace.take(world, false)) {
            assertTrue(place.former().isPresent());
            assertTrue(place.holdsWorld());
        }
        assertFalse(Files.exists(world.resolveSibling("mine.lock")), "nothing but the world is left behind");
    }

    @Test
    void shouldNotOverwriteAWorldByANewOne() throws IOException {
        save();

        assertTrue(refusal(world, true).contains("holds a world already"));
    }

    @Test
    void shouldLetOneHostAloneUseAWorld() {
        try (WorldPlace place = WorldPlace.take(world, false)) {
            assertEquals(world.toAbsolutePath(), place.folder());
            assertTrue(refusal(world, false).contains("in use"));
        }
        WorldPlace.take(world, false).close();
    }

    @Test
    void shouldRefuseAFolderThatHoldsSomethingElse() throws IOException {
        Files.createDirectories(world);
        WorldPlace.take(world, true).close();
        Files.writeString(world.resolve("letter.txt"), "dear");

        assertTrue(refusal(world, true).contains("neither a world nor an empty folder"));
        assertTrue(refusal(world.resolve("letter.txt"), false).contains("neither a world nor an empty folder"));
        assertTrue(refusal(world.resolve("letter.txt").resolve("world"), false).contains("cannot be written"));
    }
}
