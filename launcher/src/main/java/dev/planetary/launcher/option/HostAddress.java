package dev.planetary.launcher.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Where a host is: "name", "name:port", "1.2.3.4:port", "[::1]:port".
 *
 * @param host name or address, brackets taken off.
 * @param port 1 to 65,535.
 */
public record HostAddress(String host, int port) {
    /** Port of a host that was not told another. */
    public static final int DEFAULT_PORT = 40_123;

    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%a-z]+)]|([^:\\[\\]\\s/]+))(?::(\\d{1,5}))?");

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reads it from the command line. */
    public static final class Converter implements CommandLine.ITypeConverter<HostAddress> {
        @Override
        public HostAddress convert(final String text) {
            final Matcher form = FORM.matcher(text.trim());
            if (form.matches()) {
                final int port = form.group(3) == null ? DEFAULT_PORT : Integer.parseInt(form.group(3));
                if (port >= 1 && port <= MAX_PORT) {
                    return new HostAddress(form.group(1) == null ? form.group(2) : form.group(1), port);
                }
            }
            throw new MisfitException("a host such as 192.168.1.20 or 192.168.1.20:" + DEFAULT_PORT);
        }
    }
}
