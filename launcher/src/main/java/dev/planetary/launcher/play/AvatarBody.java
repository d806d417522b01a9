package dev.planetary.launcher.play;

import dev.planetary.core.component.Position;
import dev.planetary.core.component.Shown;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.VoxelQuery;
import dev.planetary.core.session.ClientGame;
import dev.planetary.core.world.NetworkId;
import java.util.Optional;
import org.joml.Vector3d;

/** Where a client's own avatar is shown; in a game without avatars the surface at the origin, around which such a player's window lies. */
final class AvatarBody implements Body {
    private final ClientGame game;
    private final Optional<AvatarControl> control;

    AvatarBody(final ClientGame game) {
        this.game = game;
        this.control = game.capability(AvatarControl.class);
    }

    @Override
    public boolean place(final Vector3d into) {
        return control.isPresent() ? avatarPlace(control.get().avatar(), into) : originPlace(into);
    }

    private boolean avatarPlace(final int avatar, final Vector3d into) {
        if (avatar == NetworkId.NONE || !game.world().isAlive(avatar)) {
            return false;
        }
        final Shown shown = game.core().shown().get(avatar);
        if (shown != null) {
            into.set(shown);
            return true;
        }
        final Position position = game.core().position().get(avatar);
        if (position == null) {
            return false;
        }
        into.set(position);
        return true;
    }

    private boolean originPlace(final Vector3d into) {
        final int height = game.capability(VoxelQuery.class).map(ground -> ground.surface(0, 0)).orElse(0);
        into.set(0.5, height == Integer.MIN_VALUE ? 0 : height, 0.5);
        return height != Integer.MIN_VALUE;
    }
}
