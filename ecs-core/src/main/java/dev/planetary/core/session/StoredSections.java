package dev.planetary.core.session;

import dev.planetary.core.journal.WorldStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sections of a {@link WorldStore}: read from it, and collected in memory for it. */
final class StoredSections implements SavedWorld {
    private final WorldStore store;
    private final Map<String, byte[]> written = new LinkedHashMap<>();

    StoredSections(final WorldStore store) {
        this.store = store;
    }

    @Override
    public void write(final String section, final Writer writer) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        writer.write(out);
        out.flush();
        written.put(section, bytes.toByteArray());
    }

    @Override
    public boolean read(final String section, final Reader reader) throws IOException {
        final byte[] bytes = store.section(section);
        if (bytes != null) {
            reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        }
        return bytes != null;
    }

    Map<String, byte[]> written() {
        return written;
    }
}
