package dev.planetary.core.cell;

/** A client that has entities alone, for tests that read effects. */
public final class NoSources implements EffectReader.Sources {
    /** Without any source. */
    public NoSources() {
        // Nothing to hold.
    }

    @Override
    public CellReader reader(final int source) {
        return null;
    }

    @Override
    public boolean admits(final int source, final long cell, final int stay, final int tick) {
        throw new AssertionError("nobody reads source " + source);
    }

    @Override
    public void left(final int source, final long cell, final int tick) {
        throw new AssertionError("nobody reads source " + source);
    }
}
