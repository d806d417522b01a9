package dev.planetary.launcher.relay;

import dev.planetary.core.simnet.LinkFaults;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the relay was asked for on its command line.
 *
 * @param rateMbit Mbit/s each way, 0 for no limit.
 */
record RelayOptions(int listenPort, InetSocketAddress host, LinkFaults faults, double rateMbit, long seed) {
    private static final String USAGE = "relay --host HOST:PORT [--listen P] [--loss %] [--burst N] [--delay ms] [--jitter ms] [--reorder %] [--duplicate %]"
        + " [--rate Mbit/s] [--seed N]";
    private static final Set<String> NAMES = Set.of(
        "--host", "--listen", "--loss", "--burst", "--delay", "--jitter", "--reorder", "--duplicate", "--rate", "--seed");
    private static final int LAST_PORT = 65_534;
    private static final double PER_CENT = 100;
    private static final double MOST_MS = 60_000;

    /** Throws with one sentence on what cannot be understood. */
    static RelayOptions parse(final String... arguments) {
        final Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!NAMES.contains(arguments[i]) || i + 1 == arguments.length) {
                throw new IllegalArgumentException((NAMES.contains(arguments[i]) ? arguments[i] + " needs a value: " : arguments[i] + " is unknown: ") + USAGE);
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        final String host = given.getOrDefault("--host", "");
        final int colon = host.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--host \"" + host + "\": expected HOST:PORT");
        }
        final int port = (int)number("--host", host.substring(colon + 1), 1, LAST_PORT);
        final LinkFaults faults = new LinkFaults(
            number(given, "--loss", 0, 0, PER_CENT),
            number(given, "--burst", 1, 1, 1_000),
            number(given, "--delay", 0, 0, MOST_MS),
            number(given, "--jitter", 0, 0, MOST_MS),
            number(given, "--reorder", 0, 0, PER_CENT),
            number(given, "--duplicate", 0, 0, PER_CENT));
        final InetSocketAddress address = new InetSocketAddress(host.substring(0, colon), port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("host \"" + host.substring(0, colon) + "\" cannot be found; check the name, or give its address");
        }
        return new RelayOptions(
            (int)number(given, "--listen", 0, 0, LAST_PORT), address, faults, number(given, "--rate", 0, 0, 100_000),
            (long)number(given, "--seed", 1, 0, Long.MAX_VALUE));
    }

    private static double number(final Map<String, String> given, final String name, final double otherwise, final double least, final double most) {
        return given.containsKey(name) ? number(name, given.get(name), least, most) : otherwise;
    }

    private static double number(final String name, final String text, final double least, final double most) {
        try {
            final double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(name + " \"" + text + "\": expected a number from " + (long)least + " to " + (long)most, e);
        }
        throw new IllegalArgumentException(name + " " + text + ": expected a number from " + (long)least + " to " + (long)most);
    }
}
