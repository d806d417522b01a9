package dev.planetary.core.chaos;

/** Marks a member of a group whose members are only ever changed together, by one transaction. */
final class Linked {
    /** The group. */
    int group;

    /** Transactions that the group has seen. */
    int number;
}
