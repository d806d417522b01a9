package dev.planetary.plugin.building.store;

import dev.planetary.core.component.Position;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.Storage;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.plugin.building.sbe.InviteToTeamEncoder;
import dev.planetary.plugin.building.sbe.JoinTeamEncoder;
import dev.planetary.plugin.building.sbe.MoveItemsEncoder;
import dev.planetary.plugin.building.sbe.SetAccessEncoder;
import org.agrona.ExpandableArrayBuffer;

/** What a client sees of stores, and how it asks for changes. Each answer looks through the stocks in view; nothing is kept. */
public final class StoreView implements Inventories, Storage {
    private final ClientContext client;
    private final StoreTypes types;
    private final StoreCatalogue catalogue;
    private final RequestSender requests;
    private final Query stocks;
    private final Query accounts;
    private final Query opened;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer(32);
    private final MoveItemsEncoder move = new MoveItemsEncoder();
    private final SetAccessEncoder access = new SetAccessEncoder();
    private final InviteToTeamEncoder invite = new InviteToTeamEncoder();
    private final JoinTeamEncoder join = new JoinTeamEncoder();

    /** The stores of a client. */
    public StoreView(final ClientContext client, final StoreTypes types, final StoreCatalogue catalogue) {
        this.client = client;
        this.types = types;
        this.catalogue = catalogue;
        requests = client.requests();
        stocks = client.world().query(types.stock);
        accounts = client.world().query(types.account);
        opened = client.world().query(types.access, client.core().position());
    }

    @Override
    public int item(final String name) {
        return catalogue.item(name);
    }

    @Override
    public String itemName(final int item) {
        return catalogue.itemName(item);
    }

    /** Of the own seat alone: others are private. */
    @Override
    public int holderOf(final int seat) {
        return seat == client.seat() && seat >= 0 ? accounts.first() : NONE;
    }

    @Override
    public int count(final int holder, final int item) {
        for (int entity = stocks.first(); entity != NetworkId.NONE; entity = stocks.next(entity)) {
            final Stock stock = types.stock.get(entity);
            if (stock.store == holder && stock.item == item) {
                return stock.count;
            }
        }
        return 0;
    }

    // ---- asking ----

    @Override
    public int deposit(final int store, final int item, final int count) {
        return move(NONE, store, item, count);
    }

    @Override
    public int withdraw(final int store, final int item, final int count) {
        return move(store, NONE, item, count);
    }

    @Override
    public int move(final int from, final int to, final int item, final int count) {
        move.wrap(message, 0).from(Integer.toUnsignedLong(from)).to(Integer.toUnsignedLong(to)).count(Math.max(0, count)).item(item & 0xFFFF);
        return requests.send(StoreRequests.MOVE, message, 0, MoveItemsEncoder.BLOCK_LENGTH);
    }

    @Override
    public int access(final int store, final int level) {
        access.wrap(message, 0).store(Integer.toUnsignedLong(store)).level((short)(level & 0xFF));
        return requests.send(StoreRequests.ACCESS, message, 0, SetAccessEncoder.BLOCK_LENGTH);
    }

    @Override
    public int invite(final int seat) {
        invite.wrap(message, 0).player(seat & 0xFFFF);
        return requests.send(StoreRequests.INVITE, message, 0, InviteToTeamEncoder.BLOCK_LENGTH);
    }

    @Override
    public int join(final int team) {
        join.wrap(message, 0).team(Integer.toUnsignedLong(team));
        return requests.send(StoreRequests.JOIN, message, 0, JoinTeamEncoder.BLOCK_LENGTH);
    }

    @Override
    public int sharedStoreNear(final double x, final double z, final double metres) {
        int nearest = NONE;
        double nearestSquare = metres * metres;
        for (int entity = opened.first(); entity != NetworkId.NONE; entity = opened.next(entity)) {
            final Position at = client.core().position().get(entity);
            final double square = (at.x - x) * (at.x - x) + (at.z - z) * (at.z - z);
            if (square <= nearestSquare && types.access.get(entity).level == Access.EVERYONE) {
                nearest = entity;
                nearestSquare = square;
            }
        }
        return nearest;
    }

    @Override
    public int team() {
        final Team team = types.team.get(accounts.first());
        return team == null ? NONE : team.team;
    }

    @Override
    public int invitation() {
        final Team team = types.team.get(accounts.first());
        return team == null ? NONE : team.invitedTo;
    }

    @Override
    public long contributed(final Contributions.Kind kind) {
        final Account account = types.account.get(accounts.first());
        return account == null ? 0 : account.of(kind);
    }
}
