package dev.planetary.benchmarks.replication;

/**
 * What happens in a run, from its shape alone: the host plays it, and after the run the checker plays it again to know what every client should have.
 * Entities and clients go by their numbers here. One thread.
 */
interface Scene {
    /** The scene of a shape at tick 0. */
    static Scene of(final Shape shape) {
        return switch (shape.kind()) {
            case WORKLOAD -> new WorkloadScene(shape);
            case RIGID -> new RigidScene(shape);
            case CUBES -> new CubesScene(shape);
        };
    }

    /** How many entities. */
    int entities();

    /** The next tick. */
    void step();

    /** How many entities the last step moved to another place. */
    int movedCount();

    /** One of them. */
    int moved(int m);

    /** Brings entity {@code i} into the host's world; returns its network id. */
    int spawn(BenchPlugin host, int i);

    /** Writes and marks on the host what the last step changed. */
    void drive(BenchPlugin host, int[] ids);

    /** Where client {@code c} looks from, metres. */
    double anchorX(int c);

    /** Where client {@code c} looks from, metres. */
    double anchorZ(int c);

    /** Whether client {@code c} should see entity {@code i}. */
    boolean isInView(int i, int c);

    /** Puts the clients that should see entity {@code i} into {@code clients}; returns how many. */
    int viewers(int i, int[] clients);

    /** Whether a client's world has entity {@code i} as it is here, within what the encoding keeps. */
    boolean isEqual(BenchPlugin client, int id, int i);
}
