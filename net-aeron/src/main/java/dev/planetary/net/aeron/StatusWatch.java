package dev.planetary.net.aeron;

/**
 * Notices that receivers were heard from. The sending half reads what they say after it has sent, and what they say may make room for more: whoever has
 * something left to send then goes on. Aeron counts as work what it reads itself, and {@link DrainingSendEndpoint} leaves it nothing.
 *
 * <p>The thread that pumps the driver uses it.
 */
final class StatusWatch {
    private boolean heard;

    /** A receiver said how far it got, or asked for something. */
    void hear() {
        heard = true;
    }

    /** Whether a receiver was heard from since this was last asked. */
    boolean takeHeard() {
        final boolean was = heard;
        heard = false;
        return was;
    }
}
