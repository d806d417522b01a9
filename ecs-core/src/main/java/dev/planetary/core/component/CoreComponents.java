package dev.planetary.core.component;

import dev.planetary.core.sbe.MotionStartComponentDecoder;
import dev.planetary.core.sbe.OwnerComponentDecoder;
import dev.planetary.core.sbe.PositionComponentDecoder;
import dev.planetary.core.sbe.PrivateToComponentDecoder;
import dev.planetary.core.sbe.RotationComponentDecoder;
import dev.planetary.core.sbe.VelocityComponentDecoder;
import dev.planetary.core.world.ComponentType;
import dev.planetary.core.world.World;

/** Handles of the shared components in one world; registered before any plugin's. */
public final class CoreComponents {
    /** Schema of the core. */
    public static final int SCHEMA_ID = PositionComponentDecoder.SCHEMA_ID;

    private static final int LOCAL = 0;

    private final ComponentType<Position> position;
    private final ComponentType<Velocity> velocity;
    private final ComponentType<Rotation> rotation;
    private final ComponentType<Owner> owner;
    private final ComponentType<PrivateTo> privateTo;
    private final ComponentType<MotionStart> motionStart;
    private final ComponentType<Shown> shown;

    /** Registers them in {@code world}. */
    public CoreComponents(final World world) {
        position = world.register(
            "position", SCHEMA_ID, PositionComponentDecoder.TEMPLATE_ID, Position.class, Position::new, new PositionCodec());
        velocity = world.register(
            "velocity", SCHEMA_ID, VelocityComponentDecoder.TEMPLATE_ID, Velocity.class, Velocity::new, new VelocityCodec());
        rotation = world.register(
            "rotation", SCHEMA_ID, RotationComponentDecoder.TEMPLATE_ID, Rotation.class, Rotation::new, new RotationCodec());
        owner = world.register(
            "owner", SCHEMA_ID, OwnerComponentDecoder.TEMPLATE_ID, Owner.class, Owner::new, new OwnerCodec());
        privateTo = world.register(
            "private-to", SCHEMA_ID, PrivateToComponentDecoder.TEMPLATE_ID, PrivateTo.class, PrivateTo::new, new PrivateToCodec());
        motionStart = world.register(
            "motion-start", SCHEMA_ID, MotionStartComponentDecoder.TEMPLATE_ID, MotionStart.class, MotionStart::new, new MotionStartCodec());
        shown = world.register("shown", SCHEMA_ID, LOCAL, Shown.class, Shown::new, null);
    }

    /** Where it is; decides the cell. */
    public ComponentType<Position> position() {
        return position;
    }

    /** How it moves. */
    public ComponentType<Velocity> velocity() {
        return velocity;
    }

    /** Which way it faces. */
    public ComponentType<Rotation> rotation() {
        return rotation;
    }

    /** Whose it is. */
    public ComponentType<Owner> owner() {
        return owner;
    }

    /** Who alone may see it. */
    public ComponentType<PrivateTo> privateTo() {
        return privateTo;
    }

    /** Since when it moves so: what makes position and velocity the cause of where it is now. */
    public ComponentType<MotionStart> motionStart() {
        return motionStart;
    }

    /** On a client: where to draw it. Stays in this process. */
    public ComponentType<Shown> shown() {
        return shown;
    }
}
