package dev.planetary.benchmarks.replication;

/** One small number of an entity, 0 to 255: its yaw, health or kind, each a component of its own. */
abstract class Level {
    /** The number. */
    int value;

    /** Facing, 256ths of a turn. */
    static final class Yaw extends Level {
    }

    /** 0 to 100. */
    static final class Health extends Level {
    }

    /** 0 to 15. */
    static final class Kind extends Level {
    }

    /** With this number; for the chain at creation. */
    static <L extends Level> L of(final L level, final int value) {
        level.value = value;
        return level;
    }
}
