package dev.planetary.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs the script `planetary` in a checkout of its own, with a Java and a Maven that only write down how they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a POSIX shell")
class ScriptTest {
    private final Path checkout = TestFolder.create();
    private final Path tools = checkout.resolve("tools of the test");
    private final Path javaHome = tools.resolve("jdk");
    private final Path home = checkout.resolve("target/planetary");
    private final Path mavenCalls = tools.resolve("maven.calls");
    private final Path source = checkout.resolve("ecs-core/src/main/java/A.java");

    @BeforeEach
    void setUp() throws IOException {
        Files.copy(Path.of("..", "planetary"), checkout.resolve("planetary"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A { }");
        tool(javaHome.resolve("bin/javac"), "exit 0");
        java("17.0.15");
        maven("3.8.7", "mkdir -p target/planetary/lib; : >target/planetary/planetary.args");
    }

    private void java(final String version) throws IOException {
        tool(javaHome.resolve("bin/java"), "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\" 2025-04-15' >&2; exit 0; fi",
            "for word in \"$@\"; do printf '<%s>\\n' \"$word\"; done", "exit 7");
    }

    private void maven(final String version, final String action) throws IOException {
        tool(tools.resolve("mvn"),
            "if [ \"$1\" = -v ]; then echo 'Apache Maven " + version + "'; exit 0; fi", "echo \"$PWD $*\" >>'" + mavenCalls + "'", action);
    }

    private static void tool(final Path file, final String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(checkout.resolve("planetary").toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLANETARY_"));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        return builder.start();
    }

    private static Run finish(final Process process) throws IOException, InterruptedException {
        final List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        final List<String> err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Run(process.exitValue(), out, err);
    }

    private Run run(final String... arguments) throws IOException, InterruptedException {
        return finish(start(arguments));
    }

    private int builds() throws IOException {
        return Files.exists(mavenCalls) ? Files.readAllLines(mavenCalls).size() : 0;
    }

    private static void touch(final Path file) throws IOException {
        // Newer than anything that was built, however coarse the file system's clock.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    @Test
    void shouldBuildOnceThenBecomeTheJvm() throws IOException, InterruptedException {
        final Run first = run("host", "--name", "a b", "");
        final Run second = run("plugins");

        assertEquals(7, first.code(), first.err().toString());
        assertEquals(List.of("planetary: building (a minute the first time)"), first.err());
        assertEquals(
            List.of("<@" + home + "/planetary.args>", "<--module-path>", "<" + home + "/lib>", "<-Dplanetary.home=" + home + ">", "<--module>",
                "<dev.planetary.launcher/dev.planetary.launcher.Main>", "<host>", "<--name>", "<a b>", "<>"), first.out());
        assertEquals(List.of(), second.err());
        assertEquals(1, builds());
        assertTrue(Files.readString(mavenCalls).startsWith(checkout.toRealPath() + " -q -B "), Files.readString(mavenCalls));
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewerOrGone() throws IOException, InterruptedException {
        run();
        touch(source);
        run();
        assertEquals(2, builds());

        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
        touch(checkout.resolve("pom.xml"));
        run();
        assertEquals(3, builds());

        Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.fromMillis(0));
        run();
        assertEquals(3, builds());
        touch(source.getParent());
        run();
        assertEquals(4, builds());

        Files.setLastModifiedTime(source.getParent(), FileTime.fromMillis(0));
        Files.delete(home.resolve("lib"));
        run();
        assertEquals(5, builds());
    }

    @Test
    void shouldNotBuildBecauseOfATestOrOfWhatWasBuilt() throws IOException, InterruptedException {
        final Path test = Files.createDirectories(checkout.resolve("ecs-core/src/test/java")).resolve("ATest.java");
        final Path built = Files.createDirectories(checkout.resolve("ecs-core/target/src/main")).resolve("B.java");
        Files.writeString(test, "");
        Files.writeString(built, "");
        run();
        touch(test);
        touch(built);
        run();

        assertEquals(1, builds());
    }

    @Test
    void shouldBuildOnceForStartsAtTheSameTime() throws IOException, InterruptedException {
        maven("3.8.7", "sleep 1; mkdir -p target/planetary/lib; : >target/planetary/planetary.args");
        final List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start("top"));
        }
        for (final Process start : starts) {
            assertEquals(7, finish(start).code());
        }

        assertEquals(1, builds());
        assertFalse(Files.exists(checkout.resolve("target/planetary.lock")));
    }

    @Test
    void shouldBreakTheLockOfABuildThatDied() throws IOException, InterruptedException {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        final Path lock = Files.createDirectories(checkout.resolve("target/planetary.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertEquals(7, run().code());
        assertEquals(1, builds());
        assertFalse(Files.exists(lock));
    }

    @Test
    void shouldSayThatTheBuildFailedAndTryAgainNextTime() throws IOException, InterruptedException {
        maven("3.8.7", "echo 'cannot find symbol'; exit 1");
        final Run first = run();
        run();

        assertEquals(ExitCode.FAILED, first.code());
        assertTrue(first.err().contains("cannot find symbol"), first.err().toString());
        assertTrue(first.err().get(first.err().size() - 1).startsWith("planetary: the build failed"), first.err().toString());
        assertEquals(2, builds());
        assertFalse(Files.exists(checkout.resolve("target/planetary.lock")));
    }

    @Test
    void shouldStopTheBuildWhenItIsAskedToStop() throws IOException, InterruptedException {
        maven("3.8.7", "echo $$ >'" + tools.resolve("maven.pid") + "'; exec sleep 60");
        final Process start = start();
        assertEquals('p', start.getErrorStream().read());
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        final Path pid = tools.resolve("maven.pid");
        while ((!Files.exists(pid) || Files.size(pid) == 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        final ProcessHandle maven = ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
        start.destroy();

        assertTrue(start.waitFor(5, TimeUnit.SECONDS));
        maven.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        assertFalse(Files.exists(checkout.resolve("target/planetary.lock")));
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException, InterruptedException {
        java("11.0.2");
        assertMissing(run(), "Java 11", "install a JDK, 17 or newer");
        java("1.8.0_292");
        assertMissing(run(), "too old", "install a JDK, 17 or newer");
        java("17.0.1");
        maven("3.6.3", "exit 1");
        assertMissing(run(), "Maven 3.6", "install Maven, 3.8 or newer");
        Files.delete(javaHome.resolve("bin/java"));
        assertMissing(run(), "no Java found", "install a JDK, 17 or newer");
        assertEquals(0, builds());
    }

    private static void assertMissing(final Run run, final String what, final String mend) {
        assertEquals(ExitCode.CANNOT_WORK, run.code());
        assertEquals(2, run.err().size(), run.err().toString());
        assertTrue(run.err().get(0).contains(what), run.err().toString());
        assertTrue(run.err().get(1).contains(mend), run.err().toString());
    }

    @Test
    void shouldAllowUnsafeMemoryWhereTheJvmAsks() throws IOException, InterruptedException {
        java("25.0.3");
        assertEquals("<--sun-misc-unsafe-memory-access=allow>", run().out().get(0));
    }

    @Test
    void shouldWorkThroughALink() throws IOException, InterruptedException {
        final Path link = Files.createSymbolicLink(Files.createDirectories(tools.resolve("bin")).resolve("game"), checkout.resolve("planetary"));
        final ProcessBuilder builder = new ProcessBuilder(link.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");

        assertEquals("<@" + home + "/planetary.args>", finish(builder.start()).out().get(0));
    }
}
