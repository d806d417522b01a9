package dev.planetary.core.session;

import dev.planetary.core.cell.CellReader;
import dev.planetary.core.cell.EffectReader;
import dev.planetary.core.lane.LaneReceiver;
import dev.planetary.core.plugin.Verdict;
import dev.planetary.core.sbe.ChatLineDecoder;
import dev.planetary.core.sbe.MessageHeaderDecoder;
import dev.planetary.core.sbe.VerdictRecordDecoder;
import dev.planetary.core.sbe.WelcomeDecoder;
import dev.planetary.core.sbe.WindowCompleteDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Reads the records of the transaction lane on a client: each once and in order. Each is checked before it is read. */
final class ClientRecords implements LaneReceiver.RecordHandler, EffectReader.Sources {
    private static final int MOST_COMPONENTS = 64;
    private static final int[] WELCOME_ENTRIES = {
        WelcomeDecoder.ComponentsDecoder.sbeBlockLength(), WelcomeDecoder.SourcesDecoder.sbeBlockLength()
    };
    private static final int MOST_EFFECT_BYTES = 1 << 20;

    private final ClientGame game;
    private final ClientConnection connection;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WelcomeDecoder welcome = new WelcomeDecoder();
    private final VerdictRecordDecoder verdict = new VerdictRecordDecoder();
    private final ChatLineDecoder chat = new ChatLineDecoder();
    private final EffectReader effects = new EffectReader();
    private final ExpandableArrayBuffer changes = new ExpandableArrayBuffer(1_024);
    private int changesLength;

    ClientRecords(final ClientGame game, final ClientConnection connection) {
        this.game = game;
        this.connection = connection;
    }

    @Override
    public void onRecord(final int number, final DirectBuffer buffer, final int offset, final int length) {
        final boolean isEffect = SessionProtocol.isEffect(buffer, offset, length);
        if (!(isEffect ? readEffect(number, buffer, offset, length) : readMessage(buffer, offset, length))) {
            connection.malformed();
        }
    }

    private boolean readMessage(final DirectBuffer buffer, final int offset, final int length) {
        return switch (SessionProtocol.template(buffer, offset, length)) {
            case WelcomeDecoder.TEMPLATE_ID -> readWelcome(buffer, offset, length);
            case VerdictRecordDecoder.TEMPLATE_ID -> readVerdict(buffer, offset, length);
            case ChatLineDecoder.TEMPLATE_ID -> readChat(buffer, offset, length);
            case WindowCompleteDecoder.TEMPLATE_ID -> {
                connection.onWindowComplete();
                yield true;
            }
            // A newer host may say more than this build knows.
            default -> SessionProtocol.template(buffer, offset, length) >= 0;
        };
    }

    private boolean readWelcome(final DirectBuffer buffer, final int offset, final int length) {
        if (game.window() != null || !SessionProtocol.isWhole(buffer, offset, length, WelcomeDecoder.BLOCK_LENGTH,
            WELCOME_ENTRIES, MOST_COMPONENTS, 1)) {
            connection.cannotRead("the host's welcome");
            return false;
        }
        final boolean read = game.onWelcome(welcome.wrapAndApplyHeader(buffer, offset, header));
        if (!read) {
            connection.cannotRead("the host's welcome");
            return false;
        }
        connection.followWindow();
        return true;
    }

    private boolean readEffect(final int number, final DirectBuffer buffer, final int offset, final int length) {
        // What was held for earlier records is older than what this one says, and may lean on what it says anew.
        connection.releaseHeld(number - 1);
        final int flags = buffer.getByte(offset) & 0xFF & ~SessionProtocol.EFFECT;
        if (game.entities() == null || length < SessionProtocol.EFFECT_HEAD || (flags & ~SessionProtocol.EFFECT_GOES_ON) != 0) {
            return false;
        }
        // The datagram that brought the end of the record is of that tick or a later one.
        final int newest = connection.newestTick();
        final int tick = newest - (newest - buffer.getShort(offset + 1, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        final int piece = length - SessionProtocol.EFFECT_HEAD;
        if (changesLength + piece > MOST_EFFECT_BYTES) {
            changesLength = 0;
            return false;
        }
        changes.putBytes(changesLength, buffer, offset + SessionProtocol.EFFECT_HEAD, piece);
        changesLength += piece;
        if (flags == SessionProtocol.EFFECT_GOES_ON) {
            return true;
        }
        final int whole = changesLength;
        changesLength = 0;
        return effects.apply(game.entities(), this, tick, changes, 0, whole);
    }

    @Override
    public CellReader reader(final int source) {
        return game.reader(source);
    }

    /** Where the client cannot tell whether the stay is over, the part is kept as well: nothing is shown of a cell in which nothing was heard. */
    @Override
    public boolean admits(final int source, final long cell, final int stay, final int tick) {
        if (game.window().admit(source, cell, stay, tick) == ClientWindow.OVER) {
            game.window().left(source, cell, tick);
            return false;
        }
        return true;
    }

    @Override
    public void left(final int source, final long cell, final int tick) {
        game.window().left(source, cell, tick);
    }

    private boolean readVerdict(final DirectBuffer buffer, final int offset, final int length) {
        if (!SessionProtocol.isWhole(buffer, offset, length, VerdictRecordDecoder.BLOCK_LENGTH, SessionProtocol.NO_GROUPS, 0, 2)) {
            return false;
        }
        verdict.wrapAndApplyHeader(buffer, offset, header);
        final String reason = SessionProtocol.clean(verdict.reason(), 200);
        final int detailLength = verdict.detailLength();
        if (detailLength > Verdict.MOST_DETAIL_BYTES) {
            return false;
        }
        final byte[] detail = detailLength == 0 ? Verdict.NO_DETAIL : new byte[detailLength];
        verdict.getDetail(detail, 0, detailLength);
        game.clientRequests().verdict((int)verdict.requestId(), verdict.approved() == 1, reason, detail);
        return true;
    }

    private boolean readChat(final DirectBuffer buffer, final int offset, final int length) {
        if (!SessionProtocol.isWhole(buffer, offset, length, ChatLineDecoder.BLOCK_LENGTH, SessionProtocol.NO_GROUPS, 0, 2)) {
            return false;
        }
        chat.wrapAndApplyHeader(buffer, offset, header);
        final int seat = chat.seat();
        final String speaker = SessionProtocol.clean(chat.speaker(), 32);
        game.onChat(seat, speaker, SessionProtocol.clean(chat.text(), Chat.MOST_CHARS));
        return true;
    }
}
