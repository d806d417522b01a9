package dev.planetary.core.plugin;

/**
 * Capability of a client: asking the host to move items and to say who may use stores and change structures. Each call is a request and returns its id, or
 * {@link RequestSender#NONE} where the lane is full; the verdict comes through {@link RequestSender}. A store is the network id of a part.
 */
public interface Storage {
    /** Only its owner uses the store. */
    int OWNER = 0;

    /** Its owner's team does. */
    int TEAM = 1;

    /** Everyone does. */
    int EVERYONE = 2;

    /** Asks to put items of one's own into a store. */
    int deposit(int store, int item, int count);

    /** Asks to take items out of a store. */
    int withdraw(int store, int item, int count);

    /** Asks to move items from store to store. */
    int move(int from, int to, int item, int count);

    /**
     * Asks to let others use a store of one's own, or change a structure of one's own: {@link #OWNER}, {@link #TEAM} or {@link #EVERYONE}.
     *
     * @param store a store; or any other part, for all of one's own parts that hang together with it; or 0, for all that one builds and of which nothing
     *              else was said.
     */
    int access(int store, int level);

    /** Asks a player, by the number of its seat, into one's team; who has none founds one. */
    int invite(int seat);

    /** Asks to follow the invitation to a team, or, with 0, to leave one's own. */
    int join(int team);

    /** The nearest store in sight that everyone may use, within so many metres along the ground; 0 where there is none. */
    int sharedStoreNear(double x, double z, double metres);

    /** The team of this client's player; 0 is none. */
    int team();

    /** The team that this client's player is invited to; 0 is none. */
    int invitation();

    /** What this client's player contributed. */
    long contributed(Contributions.Kind kind);
}
