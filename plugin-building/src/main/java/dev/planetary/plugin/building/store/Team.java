package dev.planetary.plugin.building.store;

/** Which team a player is of; a team is called by the account that founded it. */
final class Team {
    /** Network id of the account that founded the team; 0 is none. */
    int team;

    /** The newest invitation; 0 is none. */
    int invitedTo;

    Team() {
        this(0, 0);
    }

    Team(final int team, final int invitedTo) {
        this.team = team;
        this.invitedTo = invitedTo;
    }
}
