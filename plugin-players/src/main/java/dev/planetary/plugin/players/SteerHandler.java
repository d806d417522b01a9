package dev.planetary.plugin.players;

import dev.planetary.core.plugin.InputHandler;
import dev.planetary.core.plugin.Seat;
import dev.planetary.core.world.ComponentType;
import dev.planetary.plugin.players.sbe.SteerInputDecoder;
import org.agrona.DirectBuffer;

/** On the host, takes what players wish and holds it within the speed allowed. */
final class SteerHandler implements InputHandler {
    private final SteerInputDecoder decoder = new SteerInputDecoder();
    private final AvatarSeats seats;
    private final ComponentType<Steering> steering;
    private final double fastest;

    /** With the most metres a second that an avatar walks. */
    SteerHandler(final AvatarSeats seats, final ComponentType<Steering> steering, final double fastest) {
        this.seats = seats;
        this.steering = steering;
        this.fastest = fastest;
    }

    @Override
    public void onInput(final Seat seat, final DirectBuffer buffer, final int offset, final int blockLength, final int version, final int tick) {
        final Steering avatar = steering.get(seats.avatar(seat.number()));
        if (avatar == null) {
            return;
        }
        decoder.wrap(buffer, offset, blockLength, version);
        final double x = decoder.velocityX() / AvatarSteering.STEPS;
        final double z = decoder.velocityZ() / AvatarSteering.STEPS;
        final double share = Math.min(1, fastest / Math.sqrt(x * x + z * z));
        // At rest the share is infinite before it is capped, so this needs no case of its own.
        avatar.wishX = x * share;
        avatar.wishZ = z * share;
        avatar.wishTick = tick;
    }
}
