package dev.planetary.launcher.play;

import dev.planetary.core.transport.TransportProvider;
import dev.planetary.launcher.UserError;
import java.util.ServiceLoader;

/** The transport that came with the game. */
public final class Transports {
    private Transports() {
    }

    /** The first that is found. */
    public static TransportProvider find() {
        return ServiceLoader.load(TransportProvider.class).findFirst()
            .orElseThrow(() -> new UserError("nothing here can carry a game over the network",
                "start it with ./planetary, which has net-aeron on its module path"));
    }
}
