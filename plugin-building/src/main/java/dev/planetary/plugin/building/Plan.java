package dev.planetary.plugin.building;

import dev.planetary.plugin.building.store.Stores;

/** Parts that are asked for, each where it would stand. Used again for each request. */
final class Plan {
    /** Kinds of the parts. */
    final PartKind[] kinds = new PartKind[Blueprint.MOST_PARTS];

    /** Least corners along x; likewise the others. */
    final int[] x = new int[Blueprint.MOST_PARTS];
    final int[] y = new int[Blueprint.MOST_PARTS];
    final int[] z = new int[Blueprint.MOST_PARTS];

    /** Turns. */
    final int[] turns = new int[Blueprint.MOST_PARTS];

    /** How many parts. */
    int parts;

    /** For whom the structure is that they become a part of, as was said of it; {@link Stores#NOT_SAID} where nothing was. */
    int level = Stores.NOT_SAID;

    /** One part alone. */
    Plan single(final PartKind kind, final int atX, final int atY, final int atZ, final int turn) {
        parts = 0;
        add(kind, atX, atY, atZ, turn);
        return this;
    }

    /** A blueprint with its least corner there. */
    Plan blueprint(final Blueprint blueprint, final int atX, final int atY, final int atZ) {
        parts = 0;
        for (int i = 0; i < blueprint.parts(); i++) {
            add(blueprint.kind(i), atX + blueprint.x(i), atY + blueprint.y(i), atZ + blueprint.z(i), blueprint.turn(i));
        }
        return this;
    }

    private void add(final PartKind kind, final int atX, final int atY, final int atZ, final int turn) {
        kinds[parts] = kind;
        x[parts] = atX;
        y[parts] = atY;
        z[parts] = atZ;
        turns[parts] = turn;
        parts++;
    }

    /** Voxels that a part measures along an axis. */
    int size(final int part, final int axis) {
        return Turns.size(turns[part], axis, kinds[part]);
    }

    /** Voxels that all parts take. */
    int volume() {
        int volume = 0;
        for (int i = 0; i < parts; i++) {
            volume += kinds[i].volume();
        }
        return volume;
    }
}
