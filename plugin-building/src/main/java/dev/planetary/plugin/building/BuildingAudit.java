package dev.planetary.plugin.building;

import dev.planetary.core.plugin.ItemAudit;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import dev.planetary.plugin.building.store.Audit;
import java.util.List;

/** Adds up a host's stores and the parts that stand, from the entities alone: what is built is what the parts are worth, whole or damaged. */
final class BuildingAudit implements ItemAudit {
    private final World world;
    private final PartCatalogue catalogue;
    private final ComponentType<Part> parts;
    private final ComponentType<Health> health;

    BuildingAudit(final World world, final PartCatalogue catalogue, final ComponentType<Part> parts, final ComponentType<Health> health) {
        this.world = world;
        this.catalogue = catalogue;
        this.parts = parts;
        this.health = health;
    }

    @Override
    public String findings() {
        final StringBuilder findings = new StringBuilder(Audit.findings(world));
        final Bill bill = new Bill();
        final Query standing = world.query(parts);
        for (int entity = standing.first(); entity != NetworkId.NONE; entity = standing.next(entity)) {
            final PartKind kind = catalogue.kind(parts.get(entity).kind);
            if (kind == null) {
                findings.append("part ").append(NetworkId.describe(entity)).append(" is of no kind; ");
            } else {
                bill.add(kind, health.on(entity) ? Math.min(health.get(entity).points, kind.health()) : kind.health(), 0);
            }
        }
        for (final int item : catalogue.items()) {
            final long worth = worth(bill, item);
            final long built = Audit.built(world, item);
            if (worth != built) {
                findings.append(catalogue.itemName(item)).append(": parts stand for ").append(worth).append(", built by the accounts ").append(built)
                    .append("; ");
            }
        }
        return findings.toString();
    }

    private static long worth(final Bill bill, final int item) {
        for (int i = 0; i < bill.items().length; i++) {
            if (bill.items()[i] == item) {
                return bill.counts()[i];
            }
        }
        return 0;
    }

    @Override
    public List<Sums> sums() {
        return catalogue.items().stream()
            .map(item -> new Sums(catalogue.itemName(item), Audit.issued(world, item), Audit.held(world, item), Audit.built(world, item),
                Audit.lost(world, item)))
            .toList();
    }
}
