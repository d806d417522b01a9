package dev.planetary.launcher.demo;

import com.google.gson.JsonObject;
import dev.planetary.launcher.Json;
import dev.planetary.launcher.control.Command;
import dev.planetary.launcher.process.ChildProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of the demo, host or bot, with the newest of each kind of thing that it said. */
final class Participant {
    private final String label;
    private final DemoLog log;
    private final Map<String, JsonObject> said = new HashMap<>();
    private ChildProcess process;
    private String readyLine = "";

    Participant(final String label, final DemoLog log) {
        this.label = label;
        this.log = log;
    }

    /** Starts it, for the first time or again. */
    void start(final DemoPlan plan, final boolean isSmall, final List<String> command) {
        said.clear();
        log.line(label, "starts: " + String.join(" ", command));
        process = isSmall
            ? ChildProcess.startSmall(plan.home(), label, command, line -> log.line(label, line))
            : ChildProcess.start(plan.home(), label, command, line -> log.line(label, line));
    }

    /** Takes what it has said since the last call. */
    void listen() throws InterruptedException {
        for (String line = process.line(Duration.ZERO); line != null; line = process.line(Duration.ZERO)) {
            final Optional<JsonObject> object = line.startsWith("{") ? Json.object(line) : Optional.empty();
            if (object.isPresent() && object.get().has("event")) {
                said.put(object.get().get("event").getAsString(), object.get());
            } else if (line.startsWith("READY ")) {
                readyLine = line;
            } else {
                log.line(label, line);
            }
        }
    }

    /** Asks for something; what it answered before is forgotten. */
    void ask(final Command.Verb verb, final String answer, final Object... words) {
        said.remove(answer);
        process.say(Command.line(verb, words));
    }

    /** Tells it to do something. */
    void tell(final Command.Verb verb) {
        process.say(Command.line(verb));
    }

    /** The newest thing of this kind that it said, or null. */
    JsonObject said(final String event) {
        return said.get(event);
    }

    /** The newest thing of this kind that it said since the last call, or null. */
    JsonObject take(final String event) {
        return said.remove(event);
    }

    /** A number in the newest thing of this kind; 0 before there is one. */
    double number(final String event, final String member) {
        final JsonObject object = said.get(event);
        return object == null || !object.has(member) ? 0 : object.get(member).getAsDouble();
    }

    String readyLine() {
        return readyLine;
    }

    String label() {
        return label;
    }

    boolean isStarted() {
        return process != null;
    }

    ChildProcess process() {
        return process;
    }
}
