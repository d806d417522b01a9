package dev.planetary.launcher.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.launcher.TestFolder;
import dev.planetary.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final Path folder = TestFolder.create();
    private final Path file = folder.resolve("not yet there").resolve("identity");

    @Test
    void shouldMakeAKeyOnceAndReadItEverAfter() {
        final PlayerId first = Identity.load(file);

        assertEquals(first, Identity.load(file));
        assertNotEquals(first, Identity.load(folder.resolve("another")));
    }

    @Test
    void shouldLetNobodyElseReadTheKey() throws IOException {
        Identity.load(file);

        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void shouldRefuseAFileThatHoldsNoKey() throws IOException {
        Files.writeString(folder.resolve("identity"), "hello");

        final UserError error = assertThrows(UserError.class, () -> Identity.load(folder.resolve("identity")));
        assertTrue(error.lines().get(1).contains("--identity"), () -> error.lines().toString());
        assertThrows(UserError.class, () -> Identity.load(folder), "a folder");
    }

    @Test
    void shouldKeepTheFileWhereTheSystemKeepsSuchFiles() {
        final Properties system = new Properties();
        system.setProperty("user.home", "home");
        system.setProperty("os.name", "Linux");
        assertEquals(Path.of("home", ".config", "planetary", "identity"), Identity.standardFile(system, Map.of()));
        assertEquals(Path.of("conf", "planetary", "identity"), Identity.standardFile(system, Map.of("XDG_CONFIG_HOME", "conf")));
        system.setProperty("os.name", "Windows 11");
        assertEquals(Path.of("data", "planetary", "identity"), Identity.standardFile(system, Map.of("APPDATA", "data")));
    }

    @Test
    void shouldGiveEachOfSeveralPlayersAFileOfItsOwn() {
        assertEquals(file, Identity.fileOf(file, 1, 1));
        assertEquals(file.resolveSibling("identity-2"), Identity.fileOf(file, 2, 3));
    }
}
