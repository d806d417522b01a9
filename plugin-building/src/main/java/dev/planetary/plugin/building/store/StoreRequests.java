package dev.planetary.plugin.building.store;

import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.plugin.building.sbe.InviteToTeamDecoder;
import dev.planetary.plugin.building.sbe.JoinTeamDecoder;
import dev.planetary.plugin.building.sbe.MoveItemsDecoder;
import dev.planetary.plugin.building.sbe.SetAccessDecoder;
import org.agrona.DirectBuffer;

/** Judges what players ask of stores and teams. Everything is checked before the effect, which only writes. */
public final class StoreRequests {
    static final RequestType MOVE =
        new RequestType("move-items", MoveItemsDecoder.SCHEMA_ID, MoveItemsDecoder.TEMPLATE_ID, MoveItemsDecoder.BLOCK_LENGTH);
    /** For whom something is; {@link #access} judges it where it is a store or all that a player builds. */
    public static final RequestType ACCESS =
        new RequestType("set-access", SetAccessDecoder.SCHEMA_ID, SetAccessDecoder.TEMPLATE_ID, SetAccessDecoder.BLOCK_LENGTH);
    static final RequestType INVITE =
        new RequestType("invite-to-team", InviteToTeamDecoder.SCHEMA_ID, InviteToTeamDecoder.TEMPLATE_ID, InviteToTeamDecoder.BLOCK_LENGTH);
    static final RequestType JOIN =
        new RequestType("join-team", JoinTeamDecoder.SCHEMA_ID, JoinTeamDecoder.TEMPLATE_ID, JoinTeamDecoder.BLOCK_LENGTH);

    private static final Verdict NO_ACCOUNT = Verdict.rejected("you have no account yet; ask again in a moment");

    private final Stores stores;
    private final int reachMetres;
    private final MoveItemsDecoder move = new MoveItemsDecoder();
    private final SetAccessDecoder access = new SetAccessDecoder();
    private final InviteToTeamDecoder invite = new InviteToTeamDecoder();
    private final JoinTeamDecoder join = new JoinTeamDecoder();

    /** Judges by these stores. */
    public StoreRequests(final Stores stores, final int reachMetres) {
        this.stores = stores;
        this.reachMetres = reachMetres;
    }

    /** Takes the requests of a host, but for {@link #ACCESS}, which is of structures too. */
    public void register(final HostContext host) {
        host.request(MOVE, this::move);
        host.request(INVITE, this::invite);
        host.request(JOIN, this::join);
    }

    Verdict move(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        move.wrap(buffer, offset, blockLength, version);
        final int own = stores.holderOf(seat.number());
        final int from = move.from() == Inventories.NONE ? own : (int)move.from();
        final int to = move.to() == Inventories.NONE ? own : (int)move.to();
        final int item = move.item();
        final long asked = move.count();
        String obstacle = stores.obstacle(seat, from, reachMetres);
        obstacle = obstacle != null ? obstacle : stores.obstacle(seat, to, reachMetres);
        if (obstacle == null && from == to) {
            obstacle = "that is where it is";
        }
        if (obstacle == null && (asked < 1 || asked > Integer.MAX_VALUE)) {
            obstacle = "cannot move " + asked + ": expected 1 to " + Integer.MAX_VALUE;
        }
        if (obstacle != null) {
            return Verdict.rejected(obstacle);
        }
        final int count = (int)asked;
        if (!stores.canTake(from, item, count)) {
            return Verdict.rejected("not enough " + stores.itemName(item) + ": " + count + " asked for, " + stores.count(from, item) + " there");
        }
        if (!stores.hasRoom(to, item, count)) {
            return Verdict.rejected("no room there for " + count + " " + stores.itemName(item));
        }
        final boolean isDeposit = from == own && stores.isShared(to);
        return Verdict.approved(() -> {
            stores.transfer(from, to, item, count);
            if (isDeposit) {
                stores.add(seat.player(), Contributions.Kind.DEPOSITED, count);
            }
        });
    }

    /** Judges for whom a store is, or, where none is named, all that the player builds. */
    public Verdict access(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        access.wrap(buffer, offset, blockLength, version);
        final int store = (int)access.store();
        final int level = access.level();
        String obstacle = obstacleToLevel(level);
        obstacle = obstacle != null ? obstacle : stores.obstacle(seat, store, reachMetres);
        if (obstacle != null) {
            return Verdict.rejected(obstacle);
        }
        if (store == Inventories.NONE) {
            final int account = stores.holderOf(seat.number());
            return Verdict.approved(() -> stores.access(account, level));
        }
        if (stores.owner(store) != seat.number()) {
            return Verdict.rejected("only the owner of a store says who may use it");
        }
        return Verdict.approved(() -> stores.access(store, level));
    }

    /** Why there is no such level, or null. */
    public static String obstacleToLevel(final int level) {
        return level <= Access.EVERYONE ? null : "there is no access " + level + ": 0 is the owner, 1 its team, 2 everyone";
    }

    Verdict invite(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        invite.wrap(buffer, offset, blockLength, version);
        final int guest = invite.player();
        if (stores.holderOf(seat.number()) == Inventories.NONE) {
            return NO_ACCOUNT;
        }
        if (stores.holderOf(guest) == Inventories.NONE || guest == seat.number()) {
            return Verdict.rejected("no other player has seat " + guest);
        }
        if (stores.team(guest) != Inventories.NONE && stores.team(guest) == stores.team(seat.number())) {
            return Verdict.rejected("that player is of your team already");
        }
        return Verdict.approved(() -> stores.invite(seat.number(), guest));
    }

    Verdict join(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        join.wrap(buffer, offset, blockLength, version);
        final int team = (int)join.team();
        if (stores.holderOf(seat.number()) == Inventories.NONE) {
            return NO_ACCOUNT;
        }
        if (team == Inventories.NONE && stores.team(seat.number()) == Inventories.NONE) {
            return Verdict.rejected("you are of no team");
        }
        if (team != Inventories.NONE && stores.invitation(seat.number()) != team) {
            return Verdict.rejected("you are not invited to that team");
        }
        return Verdict.approved(() -> stores.join(seat.number(), team));
    }
}
