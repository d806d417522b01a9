package dev.planetary.plugin.players;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.SaveSection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.joml.Vector3d;

/** Where each player was last, so that it comes back there. Saved with the world. */
final class SavedPlaces implements SaveSection {
    /** Places kept; beyond that, whoever was away longest starts anew. */
    static final int MOST = 65_536;

    private static final int VERSION = 1;
    private static final double EXTENT = 8_388_607;

    private final Map<PlayerId, Vector3d> places = new LinkedHashMap<>();

    /** The place itself is kept, not a copy: it goes on moving with the avatar, and is saved where that is by then. */
    void keep(final PlayerId player, final Vector3d place) {
        places.remove(player);
        places.put(player, place);
        if (places.size() > MOST) {
            final Iterator<PlayerId> oldest = places.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Where this player was, or null. */
    Vector3d of(final PlayerId player) {
        return places.get(player);
    }

    @Override
    public String name() {
        return "players";
    }

    @Override
    public void write(final DataOutputStream out) throws IOException {
        out.writeInt(VERSION);
        out.writeInt(places.size());
        for (final Map.Entry<PlayerId, Vector3d> entry : places.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            out.writeDouble(entry.getValue().x);
            out.writeDouble(entry.getValue().y);
            out.writeDouble(entry.getValue().z);
        }
    }

    @Override
    public void read(final DataInputStream in) throws IOException {
        final int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("players section has version " + version + ", this build reads " + VERSION);
        }
        final int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("players section says it has " + count + " places, at most " + MOST + " can be");
        }
        for (int i = 0; i < count; i++) {
            final PlayerId player = new PlayerId(in.readLong(), in.readLong());
            places.put(player, new Vector3d(coordinate(in), coordinate(in), coordinate(in)));
        }
    }

    private static double coordinate(final DataInputStream in) throws IOException {
        final double metres = in.readDouble();
        if (!(Math.abs(metres) <= EXTENT)) {
            throw new IOException("players section has a coordinate of " + metres + " m, the world ends at " + EXTENT);
        }
        return metres;
    }
}
