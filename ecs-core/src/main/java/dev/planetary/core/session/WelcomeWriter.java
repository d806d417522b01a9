package dev.planetary.core.session;

import dev.planetary.core.cell.CellGrid;
import dev.planetary.core.cell.CellSource;
import dev.planetary.core.cell.ComponentTable;
import dev.planetary.core.sbe.MessageHeaderEncoder;
import dev.planetary.core.sbe.WelcomeEncoder;
import dev.planetary.core.world.ComponentType;
import org.agrona.MutableDirectBuffer;

/** Writes the first record of every session: what a client needs to read all others. */
final class WelcomeWriter {
    private final HostSettings settings;
    private final ComponentTable table;
    private final CellSource[] sources;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();

    WelcomeWriter(final HostSettings settings, final ComponentTable table, final CellSource[] sources) {
        this.settings = settings;
        this.table = table;
        this.sources = sources;
    }

    /** Writes it at the buffer's start and returns its length. */
    int write(final MutableDirectBuffer buffer, final int seat, final int tick) {
        welcome.wrapAndApplyHeader(buffer, 0, header)
            .seat(seat)
            .tick(Integer.toUnsignedLong(tick))
            .tickRateHz(settings.tickRateHz())
            .radiusMetres(settings.radiusMetres())
            .hysteresisMetres(settings.hysteresisMetres())
            .reserved(0);
        final WelcomeEncoder.ComponentsEncoder components = welcome.componentsCount(table.size());
        for (int i = 0; i < table.size(); i++) {
            final ComponentType<?> type = table.type(i);
            components.next()
                .schemaId(type.schemaId())
                .templateId(type.templateId())
                .blockLength(table.length(i))
                .version(table.version(i))
                .fields(Integer.toUnsignedLong(table.fields(i).packed()));
        }
        final WelcomeEncoder.SourcesEncoder list = welcome.sourcesCount(sources.length);
        for (final CellSource source : sources) {
            list.next()
                .schemaId(source.schemaId())
                .sourceId(source.sourceId())
                .cellSize((int)Math.round(source.grid().cellSizeMetres() * CellGrid.WIRE_STEPS_PER_METRE));
        }
        welcome.sessionName(settings.sessionName());
        return SessionProtocol.HEADER + welcome.encodedLength();
    }
}
