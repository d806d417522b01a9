package dev.planetary.core.session;

import dev.planetary.core.plugin.PlayerId;
import dev.planetary.core.plugin.SaveSection;
import dev.planetary.core.plugin.Verdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The seats in a saved world: a player that comes back has the number that what it owns names, and a request that it repeats gets the verdict that it got.
 *
 * <pre>
 *  version u16 | seats i32 | each: player i64 i64 | name UTF | kept u8 | anchor 3 x f64
 *              | verdicts u16, oldest first | each: request i32 | approved u8 | where rejected: reason UTF, length u8, detail (older builds: length 0)
 * </pre>
 */
final class SeatSection implements SaveSection {
    private static final int VERSION = 1;

    private final Peers peers;

    SeatSection(final Peers peers) {
        this.peers = peers;
    }

    @Override
    public String name() {
        return "seats";
    }

    @Override
    public void write(final DataOutputStream out) throws IOException {
        final List<HostSeat> seats = peers.seats();
        out.writeShort(VERSION);
        out.writeInt(seats.size());
        for (final HostSeat seat : seats) {
            out.writeLong(seat.player().high());
            out.writeLong(seat.player().low());
            out.writeUTF(seat.name());
            out.writeBoolean(seat.isKept());
            out.writeDouble(seat.anchorX());
            out.writeDouble(seat.anchorY());
            out.writeDouble(seat.anchorZ());
            final int[] requests = seat.remembered();
            out.writeShort(requests.length);
            for (final int request : requests) {
                out.writeInt(request);
                write(out, seat.remembered(request));
            }
        }
    }

    private static void write(final DataOutputStream out, final Verdict verdict) throws IOException {
        out.writeBoolean(verdict instanceof Verdict.Approved);
        if (verdict instanceof Verdict.Rejected rejected) {
            out.writeUTF(SessionProtocol.clean(rejected.reason(), RequestRouter.REASON_CHARS));
            final int detail = Math.min(rejected.detail().length, Verdict.MOST_DETAIL_BYTES);
            out.writeByte(detail);
            out.write(rejected.detail(), 0, detail);
        }
    }

    @Override
    public void read(final DataInputStream in) throws IOException {
        final int version = in.readUnsignedShort();
        if (version != VERSION) {
            throw new IOException("seats of format " + version + ", this build reads " + VERSION);
        }
        final int count = in.readInt();
        for (int number = 0; number < count; number++) {
            final HostSeat seat = peers.restore(number, new PlayerId(in.readLong(), in.readLong()), in.readUTF());
            if (in.readBoolean()) {
                peers.keep(seat);
            }
            seat.anchor(in.readDouble(), in.readDouble(), in.readDouble());
            for (int verdicts = in.readUnsignedShort(); verdicts > 0; verdicts--) {
                seat.remember(in.readInt(), readVerdict(in));
            }
        }
    }

    private static Verdict readVerdict(final DataInputStream in) throws IOException {
        if (in.readBoolean()) {
            return HostSeat.APPROVED_BEFORE;
        }
        final String reason = in.readUTF();
        final byte[] detail = new byte[in.readUnsignedByte()];
        in.readFully(detail);
        return Verdict.rejected(reason, detail);
    }
}
