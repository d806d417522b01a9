package dev.planetary.plugin.building;

import dev.planetary.core.plugin.Building;
import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.RequestType;
import dev.planetary.plugin.building.sbe.DamagePartEncoder;
import dev.planetary.plugin.building.sbe.PlaceBlueprintEncoder;
import dev.planetary.plugin.building.sbe.PlacePartEncoder;
import dev.planetary.plugin.building.sbe.RemovePartEncoder;
import dev.planetary.plugin.building.sbe.RepairPartEncoder;
import dev.planetary.plugin.building.sbe.TurnPartEncoder;
import dev.planetary.plugin.building.sbe.UploadBlueprintEncoder;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;

/** Asks the host to build, and remembers which blueprints it was sent. One thread. */
final class BuildingAsking implements Building {
    /** Bytes of a blueprint in one request. */
    static final int PIECE_BYTES = 1_024;

    private static final int MOST_REMEMBERED = BlueprintShelf.MOST_A_PLAYER;
    private static final int NUMBERS_A_PART = 5;

    private final PartCatalogue catalogue;
    private final RequestSender requests;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer(PIECE_BYTES + 64);
    private final PlacePartEncoder place = new PlacePartEncoder();
    private final RemovePartEncoder remove = new RemovePartEncoder();
    private final DamagePartEncoder damage = new DamagePartEncoder();
    private final RepairPartEncoder repair = new RepairPartEncoder();
    private final TurnPartEncoder turn = new TurnPartEncoder();
    private final UploadBlueprintEncoder upload = new UploadBlueprintEncoder();
    private final PlaceBlueprintEncoder placeBlueprint = new PlaceBlueprintEncoder();
    private final Set<Long> sent = new LinkedHashSet<>();
    private final Map<Integer, Long> pieces = new HashMap<>();
    private final Map<Integer, Long> placings = new HashMap<>();

    BuildingAsking(final PartCatalogue catalogue, final RequestSender requests) {
        this.catalogue = catalogue;
        this.requests = requests;
        requests.onVerdict(this::onVerdict);
    }

    @Override
    public int kind(final String name) {
        final PartKind kind = catalogue.kind(name);
        return kind == null ? 0 : kind.number();
    }

    @Override
    public int place(final int kind, final int x, final int y, final int z, final int turns, final int store) {
        place.wrap(message, 0).x(x).z(z).y(height(y)).kind(kind).turn((short)turns).store(Integer.toUnsignedLong(store));
        return send(BuildingRequests.PLACE, PlacePartEncoder.BLOCK_LENGTH);
    }

    /** Heights beyond the field are beyond the world too. */
    private static short height(final int y) {
        return (short)Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, y));
    }

    @Override
    public int remove(final int part, final int store) {
        remove.wrap(message, 0).part(Integer.toUnsignedLong(part)).store(Integer.toUnsignedLong(store));
        return send(BuildingRequests.REMOVE, RemovePartEncoder.BLOCK_LENGTH);
    }

    @Override
    public int damage(final int part, final int points) {
        damage.wrap(message, 0).part(Integer.toUnsignedLong(part)).points(points);
        return send(BuildingRequests.DAMAGE, DamagePartEncoder.BLOCK_LENGTH);
    }

    @Override
    public int repair(final int part, final int store) {
        repair.wrap(message, 0).part(Integer.toUnsignedLong(part)).store(Integer.toUnsignedLong(store));
        return send(BuildingRequests.REPAIR, RepairPartEncoder.BLOCK_LENGTH);
    }

    @Override
    public int turn(final int part, final int turns) {
        turn.wrap(message, 0).part(Integer.toUnsignedLong(part)).turn((short)turns);
        return send(BuildingRequests.TURN, TurnPartEncoder.BLOCK_LENGTH);
    }

    private int send(final RequestType type, final int length) {
        return requests.send(type, message, 0, length);
    }

    // ---- blueprints ----

    @Override
    public byte[] blueprint(final int... parts) {
        if (parts.length % NUMBERS_A_PART != 0) {
            throw new BlueprintFormatException(parts.length + " numbers: each part has " + NUMBERS_A_PART);
        }
        final BlueprintBuilder builder = new BlueprintBuilder();
        for (int i = 0; i < parts.length; i += NUMBERS_A_PART) {
            final PartKind kind = catalogue.kind(parts[i]);
            if (kind == null) {
                throw new BlueprintFormatException("no part has number " + parts[i]);
            }
            builder.add(kind, parts[i + 1], parts[i + 2], parts[i + 3], parts[i + 4]);
        }
        return builder.build().encode();
    }

    @Override
    public int placeBlueprint(final byte[] blueprint, final int x, final int y, final int z, final int quarters, final int store) {
        final long hash = Blueprint.hash(blueprint);
        if (!sent.contains(hash) && !upload(hash, blueprint)) {
            return RequestSender.NONE;
        }
        placeBlueprint.wrap(message, 0).hash(hash).x(x).z(z).y(height(y)).quarters((short)quarters).store(Integer.toUnsignedLong(store));
        final int request = send(BuildingRequests.PLACE_BLUEPRINT, PlaceBlueprintEncoder.BLOCK_LENGTH);
        if (request != RequestSender.NONE) {
            placings.put(request, hash);
        }
        return request;
    }

    /** Sends all pieces; false where the lane has no room for one. What the host has of it then is begun anew by the next upload. */
    private boolean upload(final long hash, final byte[] blueprint) {
        for (int from = 0; from < blueprint.length; from += PIECE_BYTES) {
            upload.wrap(message, 0).hash(hash).length(blueprint.length).from(from)
                .putBytes(blueprint, from, Math.min(PIECE_BYTES, blueprint.length - from));
            final int request = send(BuildingRequests.UPLOAD, upload.encodedLength());
            if (request == RequestSender.NONE) {
                return false;
            }
            pieces.put(request, hash);
        }
        sent.add(hash);
        if (sent.size() > MOST_REMEMBERED) {
            sent.remove(sent.iterator().next());
        }
        return true;
    }

    private void onVerdict(final int request, final boolean approved, final String reason, final byte[] detail) {
        final Long piece = pieces.remove(request);
        if (piece != null && !approved) {
            sent.remove(piece);
        }
        final Long placing = placings.remove(request);
        if (placing != null && !approved && detail.length > 0 && detail[0] == BuildingRequests.UNKNOWN_BLUEPRINT[0]) {
            sent.remove(placing);
        }
    }
}
