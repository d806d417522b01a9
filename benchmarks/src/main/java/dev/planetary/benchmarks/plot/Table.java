package dev.planetary.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of figures under the same names, as a CSV file: comma, point, an empty field where there is no value. */
public final class Table {
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** A table without rows. */
    public Table() {
        // Rows come one by one.
    }

    /** Adds a row; all rows have the names of the first. */
    public void add(final Map<String, Object> row) {
        if (!rows.isEmpty() && !rows.get(0).keySet().equals(row.keySet())) {
            throw new IllegalArgumentException("a row with other names: " + row.keySet());
        }
        rows.add(new LinkedHashMap<>(row));
    }

    /** A column as numbers; NaN where there is none. */
    public double[] column(final String name) {
        return rows.stream().mapToDouble(row -> row.get(name) instanceof Number number ? number.doubleValue() : Double.NaN).toArray();
    }

    /** All rows. */
    public List<Map<String, Object>> rows() {
        return rows;
    }

    /** Writes it. */
    public void write(final Path file) throws IOException {
        Files.writeString(file, csv());
    }

    /** The text of the file. */
    public String csv() {
        final StringBuilder csv = new StringBuilder();
        if (!rows.isEmpty()) {
            csv.append(String.join(",", rows.get(0).keySet())).append('\n');
        }
        for (final Map<String, Object> row : rows) {
            csv.append(String.join(",", row.values().stream().map(Table::field).toList())).append('\n');
        }
        return csv.toString();
    }

    private static String field(final Object value) {
        return value == null || value instanceof Double number && number.isNaN() ? "" : value.toString();
    }
}
