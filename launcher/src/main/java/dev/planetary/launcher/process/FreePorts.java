package dev.planetary.launcher.process;

import dev.planetary.launcher.UserError;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.util.Random;

/** UDP ports that nobody uses at this moment. */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int TRIES = 200;

    private FreePorts() {
    }

    /** The first of two neighbours that are both free. Below the range from which systems give ports away by themselves. */
    public static int pair() {
        final Random random = new Random();
        for (int i = 0; i < TRIES; i++) {
            final int port = FIRST + 2 * random.nextInt(COUNT / 2);
            if (isFree(port) && isFree(port + 1)) {
                return port;
            }
        }
        throw new UserError("no two free UDP ports found from " + FIRST + " to " + (FIRST + COUNT), "end what holds them, or name one with --port");
    }

    private static boolean isFree(final int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (final SocketException e) {
            return false;
        }
    }
}
