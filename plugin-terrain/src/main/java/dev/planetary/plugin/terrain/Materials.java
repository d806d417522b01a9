package dev.planetary.plugin.terrain;

import dev.planetary.core.plugin.InvalidSettingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What voxels can be made of: a name and a number each. A voxel's id is the number, with bit 15 set where the material does not block movement
 * (water, plants), so that a client needs no table to walk. 0 is air. Numbers are the host's, given in order of registration and saved with the world.
 */
final class Materials {
    /** Bit of an id: does not block movement. */
    static final int NOT_SOLID = 0x8000;

    static final char AIR = 0;
    static final char STONE = 1;
    static final char DIRT = 2;
    static final char GRASS = 3;
    static final char SAND = 4;
    static final char GRAVEL = 5;
    static final char COAL_ORE = 6;
    static final char IRON_ORE = 7;
    static final char SNOW = 8;
    static final char WATER = NOT_SOLID | 9;

    /** Longest name. */
    static final int NAME_LENGTH_MAX = 1_024;

    private static final int NUMBER_MASK = 0x7FFF;
    private static final int CAPACITY = 0x8000;

    private final List<String> names = new ArrayList<>();
    private final List<Character> idsByNumber = new ArrayList<>();
    private final Map<String, Character> ids = new HashMap<>();

    /** A registry with the materials that every world knows. */
    Materials() {
        register("air", false);
        for (final String name : List.of("stone", "dirt", "grass", "sand", "gravel", "coal_ore", "iron_ore", "snow")) {
            register(name, true);
        }
        register("water", false);
    }

    /** The id of a material, new or known. */
    char register(final String name, final boolean solid) {
        final Character known = ids.get(name);
        if (known != null) {
            return known;
        }
        if (names.size() == CAPACITY) {
            throw new InvalidSettingException("material " + name + " is one too many: a world can have " + CAPACITY);
        }
        final char id = (char)(names.isEmpty() || solid ? names.size() : names.size() | NOT_SOLID);
        names.add(name);
        idsByNumber.add(id);
        ids.put(name, id);
        return id;
    }

    /** Whether a voxel of this id may exist. */
    boolean knows(final int id) {
        final int number = id & NUMBER_MASK;
        return id >>> Character.SIZE == 0 && number < names.size() && idsByNumber.get(number) == id;
    }

    /** How many there are, air included. */
    int size() {
        return names.size();
    }

    /** Name of a number. */
    String name(final int number) {
        return names.get(number & NUMBER_MASK);
    }

    /** Id of a number. */
    char id(final int number) {
        return idsByNumber.get(number);
    }

    /** Whether a voxel with this id blocks movement. */
    static boolean isSolid(final int id) {
        return id != AIR && (id & NOT_SOLID) == 0;
    }
}
