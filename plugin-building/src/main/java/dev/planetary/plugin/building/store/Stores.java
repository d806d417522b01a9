package dev.planetary.plugin.building.store;

import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.PrivateTo;
import dev.planetary.core.plugin.Contributions;
import dev.planetary.core.plugin.HostContext;
import dev.planetary.core.plugin.Inventories;
import dev.planetary.core.plugin.InvalidSettingException;
import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.plugin.SeatListener;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What players and stores of a host hold, who may use it, and what players contributed. All of it is entities: one {@link Stock} for each item of a
 * holder, at the store's place or private to the player, one {@link Account} for each player ever, one {@link Supply} for each item. Whatever changes them is
 * judged before and happens within an effect, so it is whole, saved, and told to nobody before its time. Host loop only.
 */
public final class Stores implements Inventories, Contributions, SeatListener, GameSystem {
    /** What a newcomer has: "wood:1000,stone:1000", or "none". */
    public static final String KIT_PROP_NAME = "planetary.building.start.kit";

    /** Default of {@link #KIT_PROP_NAME}. */
    public static final String KIT_DEFAULT = "wood:1000,stone:1000,iron:200,glass:200";

    /** Items in a slot of a store, at most. What a player carries has no bound of its own. */
    public static final int STACK = 1_000;

    /** Seat of nobody. */
    public static final int NOBODY = 0xFFFF;

    /** Nothing was said of for whom something is. */
    public static final int NOT_SAID = -1;

    private static final int MOST_OF_KIT = 1_000_000;

    private final HostContext host;
    private final World world;
    private final StoreTypes types;
    private final StoreCatalogue catalogue;
    private final TreeMap<Integer, Integer> kit;
    private final Int2ObjectHashMap<Holder> holders = new Int2ObjectHashMap<>();
    private final Map<PlayerId, Player> players = new HashMap<>();
    private final Int2ObjectHashMap<Player> playersBySeat = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Books> books = new Int2ObjectHashMap<>();
    private final List<Seat> newcomers = new ArrayList<>();
    private int going;

    /** A player that was ever here, as the host works with it; changes go on to its entity. */
    private static final class Player {
        final int entity;
        final Account account;
        int seat;
        int team;
        int invitedTo;

        Player(final int entity, final Account account, final int seat) {
            this.entity = entity;
            this.account = account;
            this.seat = seat;
        }
    }

    /** Supply of one item. */
    private static final class Books {
        final int entity;
        final Supply supply;

        Books(final int entity, final Supply supply) {
            this.entity = entity;
            this.supply = supply;
        }
    }

    /** Stores of a host; they take in what a saved world holds when it starts. */
    public Stores(final HostContext host, final StoreTypes types, final StoreCatalogue catalogue) {
        this.host = host;
        this.world = host.world();
        this.types = types;
        this.catalogue = catalogue;
        kit = kit(host.options().settings().getOrDefault(KIT_PROP_NAME, KIT_DEFAULT));
    }

    private TreeMap<Integer, Integer> kit(final String text) {
        final TreeMap<Integer, Integer> read = new TreeMap<>();
        if (text.trim().equals("none")) {
            return read;
        }
        for (final String entry : text.split(",", -1)) {
            final String[] halves = entry.trim().split(":", -1);
            final int item = halves.length == 2 ? catalogue.item(halves[0]) : NONE;
            final boolean isCount = halves.length == 2 && halves[1].matches("[0-9]{1,7}");
            final int count = isCount ? Integer.parseInt(halves[1]) : 0;
            if (item == NONE || count < 1 || count > MOST_OF_KIT || read.put(item, count) != null) {
                throw new InvalidSettingException(KIT_PROP_NAME + "=" + text + ": \"" + entry.trim()
                    + "\" should be an item and its count, 1 to " + MOST_OF_KIT + ", each item once, as wood:100; or write none", null);
            }
        }
        return read;
    }

    /** Before the first tick: takes in what the world holds. */
    public void begin() {
        holders.clear();
        players.clear();
        playersBySeat.clear();
        books.clear();
        final Query accounts = world.query(types.account);
        for (int entity = accounts.first(); entity != NetworkId.NONE; entity = accounts.next(entity)) {
            final Account account = types.account.get(entity);
            final PrivateTo seat = host.core().privateTo().get(entity);
            final Player player = new Player(entity, account, seat == null ? NOBODY : seat.seat);
            final Team team = types.team.get(entity);
            player.team = team == null ? NONE : team.team;
            player.invitedTo = team == null ? NONE : team.invitedTo;
            keep(new PlayerId(account.high, account.low), player);
        }
        final Query stocks = world.query(types.stock);
        for (int entity = stocks.first(); entity != NetworkId.NONE; entity = stocks.next(entity)) {
            final Stock stock = types.stock.get(entity);
            final Holder.Holding other = holder(stock.store).holdings.put(stock.item, new Holder.Holding(entity, stock.count));
            if (other != null) {
                throw new InvalidSettingException("the saved world has two stocks of item " + stock.item + " in store "
                    + NetworkId.describe(stock.store) + ": take an older copy of the world", null);
            }
        }
        final Query supplies = world.query(types.supply);
        for (int entity = supplies.first(); entity != NetworkId.NONE; entity = supplies.next(entity)) {
            final Supply supply = types.supply.get(entity);
            books.put(supply.item, new Books(entity, supply));
        }
    }

    private void keep(final PlayerId id, final Player player) {
        players.put(id, player);
        if (player.seat != NOBODY) {
            playersBySeat.put(player.seat, player);
        }
    }

    private Holder holder(final int id) {
        return holders.computeIfAbsent(id, Holder::new);
    }

    // ---- players ----

    @Override
    public void onSeated(final Seat seat) {
        newcomers.add(seat);
    }

    @Override
    public void onLeft(final Seat seat) {
        newcomers.remove(seat);
    }

    /** Who sat down gets an account, if it has none, and the start kit with it. */
    @Override
    public void run(final World itsWorld, final int tick) {
        for (int i = 0; i < newcomers.size(); i++) {
            final Seat seat = newcomers.get(i);
            final Player player = players.get(seat.player());
            if (player == null) {
                host.carryOut(() -> open(seat));
            } else if (player.seat != seat.number()) {
                host.carryOut(() -> move(player, seat.number()));
            }
        }
        newcomers.clear();
    }

    private void open(final Seat seat) {
        final Account account = new Account();
        account.high = seat.player().high();
        account.low = seat.player().low();
        final int entity = world.spawn(account, new Team(), new PrivateTo(seat.number()));
        keep(seat.player(), new Player(entity, account, seat.number()));
        kit.forEach((item, count) -> {
            if (canGive(entity, item, count)) {
                give(entity, item, count);
            }
        });
    }

    /** A seat is given to a player for good; should it ever get another, what it holds goes along. */
    private void move(final Player player, final int seat) {
        if (playersBySeat.get(player.seat) == player) {
            playersBySeat.remove(player.seat);
        }
        player.seat = seat;
        playersBySeat.put(seat, player);
        world.set(player.entity, new PrivateTo(seat));
        holder(player.entity).holdings.values().forEach(holding -> world.set(holding.entity, new PrivateTo(seat)));
    }

    private Player playerOf(final int account) {
        final Account known = types.account.get(account);
        return known == null ? newPlayerOf(account) : players.get(new PlayerId(known.high, known.low));
    }

    /** Its entity waits for the flush of a system. */
    private Player newPlayerOf(final int account) {
        for (final Player player : players.values()) {
            if (player.entity == account) {
                return player;
            }
        }
        return null;
    }

    // ---- items ----

    @Override
    public int item(final String name) {
        return catalogue.item(name);
    }

    @Override
    public String itemName(final int item) {
        return catalogue.itemName(item);
    }

    @Override
    public int holderOf(final int seat) {
        final Player player = playersBySeat.get(seat);
        return player == null ? NONE : player.entity;
    }

    @Override
    public int count(final int id, final int item) {
        final Holder holder = holders.get(id);
        return holder == null ? 0 : holder.count(item);
    }

    @Override
    public boolean canTake(final int id, final int item, final int count) {
        return count > 0 && count(id, item) >= count;
    }

    @Override
    public void take(final int id, final int item, final int count) {
        add(id, item, -count);
        supply(item).lost += count;
        write(item);
    }

    @Override
    public boolean canGive(final int id, final int item, final int count) {
        final Books kept = books.get(item);
        final long there = kept == null ? 0 : kept.supply.issued - kept.supply.lost;
        return count > 0 && item > 0 && item <= Character.MAX_VALUE && there + count <= Integer.MAX_VALUE && hasRoom(id, item, count);
    }

    @Override
    public void give(final int id, final int item, final int count) {
        supply(item).issued += count;
        write(item);
        add(id, item, count);
    }

    @Override
    public boolean canTransfer(final int from, final int to, final int item, final int count) {
        return from != to && canTake(from, item, count) && hasRoom(to, item, count);
    }

    @Override
    public void transfer(final int from, final int to, final int item, final int count) {
        add(from, item, -count);
        add(to, item, count);
    }

    /** What a player carries has no bound: all there is of an item fits. */
    boolean hasRoom(final int id, final int item, final int count) {
        if (playerOf(id) != null) {
            return true;
        }
        final int slots = catalogue.slots(id);
        return slots > 0 && holder(id).stacks(STACK, item, count) <= slots;
    }

    private void add(final int id, final int item, final int more) {
        final Player player = playerOf(id);
        final Object place;
        if (player != null) {
            place = new PrivateTo(player.seat);
        } else {
            final Position at = host.core().position().get(id);
            place = new Position(at.x, at.y, at.z);
        }
        holder(id).add(world, item, more, place);
        if (player == null && holder(id).holdings.isEmpty()) {
            holders.remove(id);
        }
    }

    private Supply supply(final int item) {
        Books kept = books.get(item);
        if (kept == null) {
            final Supply supply = new Supply();
            supply.item = item;
            // Private to nobody: kept and saved, told to no player.
            kept = new Books(world.spawn(supply, new PrivateTo(NOBODY)), supply);
            books.put(item, kept);
        }
        return kept.supply;
    }

    private void write(final int item) {
        types.supply.markDirty(books.get(item).entity);
    }

    // ---- who may ----

    /** Why a player must not use a store, in words that it can read; null where it may. 0 is what the player itself holds. */
    String obstacle(final Seat seat, final int store, final int reachMetres) {
        if (holderOf(seat.number()) == NONE) {
            return "you have no account yet; ask again in a moment";
        }
        if (store == NONE || store == holderOf(seat.number())) {
            return null;
        }
        if (catalogue.slots(store) == 0) {
            return "that is no store, or it is gone";
        }
        final Position at = host.core().position().get(store);
        final double distance = Math.hypot(at.x - seat.anchorX(), at.z - seat.anchorZ());
        if (!(distance <= reachMetres)) {
            return "too far: " + (long)Math.ceil(distance) + " m, reach is " + reachMetres + " m";
        }
        return mayUse(seat.number(), store) ? null
            : "that store is for " + (level(store) == Access.TEAM ? "its owner's team" : "its owner") + " alone";
    }

    private boolean mayUse(final int seat, final int store) {
        final int owner = owner(store);
        return owner == NOBODY || owner == seat || isAllowed(seat, owner, level(store));
    }

    /** Whether a player who is not the owner may do with something as a level says. */
    public boolean isAllowed(final int seat, final int owner, final int level) {
        final Player who = playersBySeat.get(seat);
        final Player whose = playersBySeat.get(owner);
        final boolean isTeam = who != null && whose != null && whose.team != NONE && whose.team == who.team;
        return level == Access.EVERYONE || level == Access.TEAM && isTeam;
    }

    /** Whether a level is that of the owner and its team. */
    public boolean isForTeam(final int level) {
        return level == Access.TEAM;
    }

    /** The level that was said of a store or a part itself; {@link #NOT_SAID}. */
    public int said(final int entity) {
        final Access access = types.access.get(entity);
        return access == null ? NOT_SAID : access.level;
    }

    /** The level that a player said of all that it builds; the owner's alone where nothing was said. */
    public int saidOfAll(final int owner) {
        final Player player = playersBySeat.get(owner);
        return player == null ? Access.OWNER : level(player.entity);
    }

    int owner(final int store) {
        final Owner owner = host.core().owner().get(store);
        return owner == null ? NOBODY : owner.seat;
    }

    private int level(final int store) {
        final Access access = types.access.get(store);
        return access == null ? Access.OWNER : access.level;
    }

    /** Whether others than its owner may use it. */
    boolean isShared(final int store) {
        return catalogue.slots(store) > 0 && (owner(store) == NOBODY || level(store) != Access.OWNER);
    }

    /** Says for whom a store is, a part, or, by its account, all that a player builds. Within an effect. */
    public void access(final int store, final int level) {
        world.set(store, new Access(level));
    }

    // ---- teams ----

    int team(final int seat) {
        return playersBySeat.get(seat).team;
    }

    int invitation(final int seat) {
        return playersBySeat.get(seat).invitedTo;
    }

    void invite(final int by, final int whom) {
        final Player inviter = playersBySeat.get(by);
        final Player guest = playersBySeat.get(whom);
        if (inviter.team == NONE) {
            inviter.team = inviter.entity;
            writeTeam(inviter);
        }
        guest.invitedTo = inviter.team;
        writeTeam(guest);
    }

    void join(final int seat, final int team) {
        final Player player = playersBySeat.get(seat);
        player.team = team;
        player.invitedTo = team == NONE ? player.invitedTo : NONE;
        writeTeam(player);
    }

    private void writeTeam(final Player player) {
        world.set(player.entity, new Team(player.team, player.invitedTo));
    }

    // ---- building ----

    /** Why a player cannot pay from a store, or null. */
    public String obstacleToPaying(final Seat seat, final int store, final int reachMetres, final int[] items, final int[] counts) {
        final String obstacle = obstacle(seat, store, reachMetres);
        if (obstacle != null) {
            return obstacle;
        }
        final int from = resolve(seat, store);
        for (int i = 0; i < items.length; i++) {
            final int there = count(from, items[i]);
            if (counts[i] < 0 || there < counts[i]) {
                return "not enough " + itemName(items[i]) + ": " + counts[i] + " needed, " + there + " there";
            }
        }
        return null;
    }

    private int resolve(final Seat seat, final int store) {
        return store == NONE ? holderOf(seat.number()) : store;
    }

    /** Takes what is built with. */
    public void pay(final Seat seat, final int store, final int[] items, final int[] counts) {
        final int from = resolve(seat, store);
        final boolean shared = isShared(from);
        long sum = 0;
        for (int i = 0; i < items.length; i++) {
            if (counts[i] > 0) {
                add(from, items[i], -counts[i]);
                supply(items[i]).built += counts[i];
                write(items[i]);
                sum += counts[i];
            }
        }
        if (shared && sum > 0) {
            add(seat.player(), Kind.BUILT_WITH, sum);
        }
    }

    /** Gives back; what the player may not put there, or what has no room there, goes to the player. */
    public void refund(final Seat seat, final int store, final int reachMetres, final int[] items, final int[] counts) {
        final boolean usable = store != going && obstacle(seat, store, reachMetres) == null;
        for (int i = 0; i < items.length; i++) {
            if (counts[i] > 0) {
                supply(items[i]).built -= counts[i];
                write(items[i]);
                final int to = resolve(seat, store);
                add(usable && hasRoom(to, items[i], counts[i]) ? to : holderOf(seat.number()), items[i], counts[i]);
            }
        }
    }

    /** What was built with is gone for good. */
    public void lost(final int[] items, final int[] counts) {
        for (int i = 0; i < items.length; i++) {
            final Supply supply = supply(items[i]);
            supply.built -= counts[i];
            supply.lost += counts[i];
            write(items[i]);
        }
    }

    /** Whether nothing is in a store. */
    public boolean isEmpty(final int store) {
        return !holders.containsKey(store) || holders.get(store).holdings.isEmpty();
    }

    /** A part goes: what it held goes to its owner, or is lost where it has none. */
    public void onGoing(final int part) {
        // It may be named as the store that its own refund goes to, and is still alive then.
        going = part;
        final Holder holder = holders.get(part);
        if (holder == null) {
            return;
        }
        final int heir = holderOf(owner(part));
        for (final int item : List.copyOf(holder.holdings.keySet())) {
            if (heir == NONE) {
                take(part, item, holder.count(item));
            } else {
                transfer(part, heir, item, holder.count(item));
            }
        }
    }

    // ---- contributions ----

    @Override
    public void add(final PlayerId id, final Kind kind, final long amount) {
        final Player player = players.containsKey(id) ? players.get(id) : early(id);
        final Account account = player.account;
        switch (kind) {
            case PLACED -> account.placed += amount;
            case REMOVED -> account.removed += amount;
            case DUG -> account.dug += amount;
            case DEPOSITED -> account.deposited += amount;
            case BUILT_WITH -> account.builtWith += amount;
            default -> throw new IllegalArgumentException("no account of " + kind);
        }
        types.account.markDirty(player.entity);
    }

    /** One that did something before its account was due. */
    private Player early(final PlayerId id) {
        for (final Seat seat : newcomers) {
            if (seat.player().equals(id)) {
                open(seat);
                return players.get(id);
            }
        }
        throw new IllegalStateException("player " + id + " never sat down");
    }

    @Override
    public long of(final PlayerId id, final Kind kind) {
        final Player player = players.get(id);
        return player == null ? 0 : player.account.of(kind);
    }
}
