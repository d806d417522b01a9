package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Seat;
import dev.planetary.core.world.ComponentType;
import dev.planetary.plugin.building.store.StoreCatalogue;
import dev.planetary.plugin.building.store.Stores;

/** Building is paid from what players and stores hold. */
final class StorePayment implements Payment {
    private final Stores stores;
    private final int reachMetres;

    StorePayment(final Stores stores, final int reachMetres) {
        this.stores = stores;
        this.reachMetres = reachMetres;
    }

    /** What stores need to know of parts and items. */
    static StoreCatalogue catalogue(final PartCatalogue catalogue, final ComponentType<Part> parts) {
        return new StoreCatalogue() {
            @Override
            public int slots(final int entity) {
                final Part part = parts.get(entity);
                final PartKind kind = part == null ? null : catalogue.kind(part.kind);
                return kind == null ? 0 : kind.storeSlots();
            }

            @Override
            public int item(final String name) {
                return catalogue.item(name);
            }

            @Override
            public String itemName(final int item) {
                return catalogue.itemName(item);
            }
        };
    }

    @Override
    public String obstacle(final Seat seat, final int store, final int[] items, final int[] counts) {
        return stores.obstacleToPaying(seat, store, reachMetres, items, counts);
    }

    @Override
    public void pay(final Seat seat, final int store, final int[] items, final int[] counts) {
        stores.pay(seat, store, items, counts);
    }

    @Override
    public void refund(final Seat seat, final int store, final int[] items, final int[] counts) {
        stores.refund(seat, store, reachMetres, items, counts);
    }

    @Override
    public void lost(final int[] items, final int[] counts) {
        stores.lost(items, counts);
    }

    @Override
    public String obstacleToRemoval(final Seat seat, final int part) {
        return stores.isEmpty(part) ? null : "it is not empty: take out what it holds first";
    }

    @Override
    public void onGoing(final int part) {
        stores.onGoing(part);
    }
}
