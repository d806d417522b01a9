package dev.planetary.plugin.building.store;

import dev.planetary.core.plugin.GameContext;
import dev.planetary.core.world.ComponentType;
import dev.planetary.plugin.building.sbe.AccessComponentDecoder;
import dev.planetary.plugin.building.sbe.AccountComponentDecoder;
import dev.planetary.plugin.building.sbe.StockComponentDecoder;
import dev.planetary.plugin.building.sbe.SupplyComponentDecoder;
import dev.planetary.plugin.building.sbe.TeamComponentDecoder;

/** Handles of the components of stores in one game. */
public final class StoreTypes {
    final ComponentType<Stock> stock;
    final ComponentType<Account> account;
    final ComponentType<Team> team;
    final ComponentType<Access> access;
    final ComponentType<Supply> supply;

    /** Registers them. */
    public StoreTypes(final GameContext game) {
        stock = game.component("stock", StockComponentDecoder.TEMPLATE_ID, Stock.class, Stock::new, new StockCodec());
        account = game.component("account", AccountComponentDecoder.TEMPLATE_ID, Account.class, Account::new, new AccountCodec());
        team = game.component("team", TeamComponentDecoder.TEMPLATE_ID, Team.class, Team::new, new TeamCodec());
        access = game.component("access", AccessComponentDecoder.TEMPLATE_ID, Access.class, Access::new, new AccessCodec());
        supply = game.component("supply", SupplyComponentDecoder.TEMPLATE_ID, Supply.class, Supply::new, new SupplyCodec());
    }
}
