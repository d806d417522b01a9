package dev.planetary.plugin.players;

import dev.planetary.core.component.Owner;
import dev.planetary.core.plugin.AvatarControl;
import dev.planetary.core.plugin.ClientContext;
import dev.planetary.core.plugin.InputWriter;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.GameSystem;
import dev.planetary.core.world.NetworkId;
import dev.planetary.core.world.Query;
import dev.planetary.core.world.World;
import dev.planetary.plugin.players.sbe.SteerInputEncoder;
import org.agrona.MutableDirectBuffer;

/** On a client, the player's wish to walk, which goes to the host with each input, and which avatar is its own. */
final class AvatarSteering implements AvatarControl, InputWriter, GameSystem {
    /** Steps of a metre a second on the wire. */
    static final double STEPS = 1_024;

    private final SteerInputEncoder encoder = new SteerInputEncoder();
    private final ClientContext client;
    private final ComponentType<Owner> owner;
    private final Query avatars;
    private double wishX;
    private double wishZ;
    private int own = NetworkId.NONE;

    AvatarSteering(final ClientContext client, final ComponentType<Avatar> avatar) {
        this.client = client;
        this.owner = client.core().owner();
        this.avatars = client.world().query(avatar, owner);
    }

    @Override
    public void walk(final double x, final double z) {
        wishX = x;
        wishZ = z;
    }

    @Override
    public int avatar() {
        return own;
    }

    @Override
    public void write(final MutableDirectBuffer buffer, final int offset) {
        encoder.wrap(buffer, offset).velocityX(steps(wishX)).velocityZ(steps(wishZ));
    }

    @Override
    public void run(final World world, final int tick) {
        own = NetworkId.NONE;
        for (int entity = avatars.first(); entity != NetworkId.NONE; entity = avatars.next(entity)) {
            if (owner.get(entity).seat == client.seat()) {
                own = entity;
            }
        }
    }

    private static short steps(final double metresPerSecond) {
        return (short)Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, Math.rint(metresPerSecond * STEPS)));
    }
}
