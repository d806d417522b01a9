package dev.planetary.core.standalone;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.Seat;

/** A seat whose anchor is whatever a plugin last said. */
final class StandaloneSeat implements Seat {
    boolean taken;

    private final int number;
    private final PlayerId player;
    private final String name;
    private double anchorX;
    private double anchorZ;

    StandaloneSeat(final int number, final PlayerId player, final String name) {
        this.number = number;
        this.player = player;
        this.name = name;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public PlayerId player() {
        return player;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void anchor(final double x, final double y, final double z) {
        anchorX = x;
        anchorZ = z;
    }

    @Override
    public double anchorX() {
        return anchorX;
    }

    @Override
    public double anchorZ() {
        return anchorZ;
    }
}
