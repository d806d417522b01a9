package dev.planetary.launcher.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.planetary.core.cell.Bands;
import dev.planetary.launcher.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"100KB, 100000, 100KB", "1.5mb, 1500000, 1500KB", "4096, 4096, 4096B", "7 B, 7, 7B", "2MB, 2000000, 2MB"})
    void shouldReadSizes(final String text, final long bytes, final String shown) {
        final ByteSize size = new ByteSize.Converter().convert(text);

        assertEquals(bytes, size.bytes());
        assertEquals(shown, size.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KB", "-1KB", "1GB", "1e9", "12345678901", "1.2345KB", "١KB"})
    void shouldRefuseOtherSizes(final String text) {
        assertThrows(MisfitException.class, () -> new ByteSize.Converter().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "10m, 600", "1.5h, 5400", " 2m , 120", "0.5, 0.5"})
    void shouldReadStretchesOfTime(final String text, final double seconds) {
        assertEquals(seconds, new SecondsConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "10 m", "10min", "-5", "1e3", "10ms", "99999999", "NaN"})
    void shouldRefuseOtherStretchesOfTime(final String text) {
        assertThrows(MisfitException.class, () -> new SecondsConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "0.5:2,0.75:4", "0.25:8"})
    void shouldReadBands(final String text) {
        assertEquals(text, new BandsConverter().convert(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.5", "0.5:1", "0.5:9", "1.5:2", "0.75:2,0.5:4", "0.5:2,0.5:4", "-0.5:2", "0.5:2,", "0.5:x"})
    void shouldRefuseOtherBandsInOneSentence(final String text) {
        final String said = assertThrows(MisfitException.class, () -> new BandsConverter().convert(text)).getMessage();
        assertEquals(Bands.EXPECTED, said);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 40123", "10.0.0.7:5, 10.0.0.7, 5", "[::1]:65535, ::1, 65535", "[fe80::1%eth0], fe80::1%eth0, 40123",
        "a-b.example, a-b.example, 40123"
    })
    void shouldReadAddresses(final String text, final String host, final int port) {
        assertEquals(new HostAddress(host, port), new HostAddress.Converter().convert(text));
    }

    @Test
    void shouldWriteAnAddressAsItIsRead() {
        assertEquals("[::1]:7", new HostAddress("::1", 7).toString());
        assertEquals("a:7", new HostAddress("a", 7).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":5", "a:", "a:0", "a:65536", "a:99999999999", "::1", "[::1", "a b", "http://a", "a:5:6"})
    void shouldRefuseOtherAddresses(final String text) {
        assertThrows(MisfitException.class, () -> new HostAddress.Converter().convert(text));
    }

    @Test
    void shouldReadNewWorlds() throws IOException {
        final Path folder = TestFolder.create();
        Files.createFile(Files.createDirectories(folder.resolve("region")).resolve("r.-1.0.mca"));

        assertEquals("seed:-42", new NewWorld.Converter().convert("seed:-42").toString());
        assertEquals("anvil:" + folder, new NewWorld.Converter().convert("anvil:" + folder).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seed", "seed:", "seed:x", "seed:99999999999999999999", "anvil:", "anvil:no-such-folder", "anvil:src", "anvil:a\0b", "flat:3"})
    void shouldRefuseOtherNewWorlds(final String text) {
        assertThrows(MisfitException.class, () -> new NewWorld.Converter().convert(text));
    }

    @Test
    void shouldReadTheOptionsOfAWorld() {
        final WorldOptions options = new WorldOptions();
        new CommandLine(new Holder(options)).parseArgs("--set", "creatures.count=5", "--set", "planetary.players.speed=7", "--budget", "1MB", "--tick-rate=30");

        assertEquals(Map.of("planetary.creatures.count", "5", "planetary.players.speed", "7"), options.settings());
        assertEquals(new ByteSize(1_000_000), options.budget());
        assertEquals(30, options.tickRate());
        assertEquals(128, options.radius());
        assertEquals("all", options.plugins());
    }

    /** A command that has these options alone. */
    @Command
    static final class Holder {
        @Mixin
        private final WorldOptions options;

        Holder(final WorldOptions options) {
            this.options = options;
        }
    }
}
