package dev.planetary.launcher.play;

import dev.planetary.core.component.Owner;
import dev.planetary.core.component.Position;
import dev.planetary.core.component.Shown;
import dev.planetary.core.plugin.PlayerNames;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.NetworkId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.joml.Vector3d;

/** What a client sees around it, in words. Knows no plugin: other players are what has a name, everything else is counted by its plugin's component. */
final class Surroundings {
    private static final int MOST_NAMED = 6;
    private static final double MOST_STEP = 1.5;

    private final ClientGame game;
    private final Optional<PlayerNames> names;
    private final Vector3d other = new Vector3d();

    Surroundings(final ClientGame game) {
        this.game = game;
        names = game.capability(PlayerNames.class);
    }

    /** The players in sight, nearest first. */
    String players(final Vector3d from) {
        record Seen(String name, double distance, String direction) {
        }

        final List<Seen> seen = new ArrayList<>();
        for (int slot = 0; slot < game.world().slotLimit(); slot++) {
            final int entity = game.world().entityAt(slot);
            final Owner owner = entity == NetworkId.NONE ? null : game.core().owner().get(entity);
            if (owner != null && owner.seat != game.seat() && isPlayer(entity) && place(entity, other)) {
                seen.add(new Seen(name(entity, owner), other.distance(from), Compass.direction(other.x - from.x, other.z - from.z)));
            }
        }
        seen.sort(Comparator.comparingDouble(Seen::distance));
        final String named = seen.stream().limit(MOST_NAMED)
            .map(one -> String.format(Locale.ROOT, "%s (%.0f m %s)", one.name(), one.distance(), one.direction()))
            .collect(Collectors.joining(", "));
        return seen.isEmpty() ? "nobody else" : named + (seen.size() > MOST_NAMED ? " and " + (seen.size() - MOST_NAMED) + " more" : "");
    }

    /** What a player owns may be a part of a structure; where no plugin says who is who, all of it counts as players. */
    private boolean isPlayer(final int entity) {
        return game.core().owner().on(entity) && names.map(known -> known.nameOf(entity).isPresent()).orElse(true);
    }

    private String name(final int entity, final Owner owner) {
        return names.flatMap(known -> known.nameOf(entity)).orElse("player " + owner.seat);
    }

    /** How many entities there are of each plugin's components, but avatars. */
    String others() {
        final Set<ComponentType<?>> shared = Set.of(game.core().position(), game.core().velocity(), game.core().rotation(), game.core().owner(),
            game.core().privateTo(), game.core().motionStart(), game.core().shown());
        final List<String> counts = new ArrayList<>();
        for (final ComponentType<?> type : game.world().types()) {
            if (!shared.contains(type) && type.isReplicated()) {
                int count = 0;
                for (int slot = 0; slot < game.world().slotLimit(); slot++) {
                    final int entity = game.world().entityAt(slot);
                    if (entity != NetworkId.NONE && type.on(entity) && !isPlayer(entity)) {
                        count++;
                    }
                }
                if (count > 0) {
                    counts.add(count + " " + type.name() + (count == 1 ? "" : "s"));
                }
            }
        }
        return counts.isEmpty() ? "nothing else" : String.join(", ", counts);
    }

    /** What is under the feet. */
    String ground(final Vector3d at) {
        final Optional<VoxelQuery> voxels = game.capability(VoxelQuery.class);
        if (voxels.isEmpty()) {
            return "the plain";
        }
        final int x = (int)Math.floor(at.x);
        final int z = (int)Math.floor(at.z);
        // From one voxel above: feet that are shown between two ticks may be a little inside of a step.
        final int surface = voxels.get().surfaceBelow(x, (int)Math.floor(at.y) + 1, z);
        if (surface == Integer.MIN_VALUE) {
            return "nothing";
        }
        final String material = "material " + voxels.get().materialAt(x, surface - 1, z);
        return at.y - surface > MOST_STEP ? String.format(Locale.ROOT, "air, %.0f m over %s", at.y - surface, material) : material;
    }

    private boolean place(final int entity, final Vector3d into) {
        final Shown shown = game.core().shown().get(entity);
        final Position position = game.core().position().get(entity);
        if (shown == null && position == null) {
            return false;
        }
        into.set(shown != null ? shown : position);
        return true;
    }
}
