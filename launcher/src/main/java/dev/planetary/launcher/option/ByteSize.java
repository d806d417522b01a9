package dev.planetary.launcher.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A number of bytes as people write it: "100KB", "1.5MB", "4096".
 *
 * @param bytes 1,000 for each KB.
 */
public record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(|B|KB|MB)");
    private static final int THOUSAND = 1_000;

    @Override
    public String toString() {
        if (bytes >= THOUSAND * THOUSAND && bytes % (THOUSAND * THOUSAND) == 0) {
            return bytes / (THOUSAND * THOUSAND) + "MB";
        }
        return bytes >= THOUSAND && bytes % THOUSAND == 0 ? bytes / THOUSAND + "KB" : bytes + "B";
    }

    /** Reads it from the command line. */
    public static final class Converter implements CommandLine.ITypeConverter<ByteSize> {
        @Override
        public ByteSize convert(final String text) {
            final Matcher form = FORM.matcher(text.trim().toUpperCase(Locale.ROOT));
            if (!form.matches()) {
                throw new MisfitException("a size such as 100KB");
            }
            final int unit = form.group(2).startsWith("K") ? THOUSAND : form.group(2).startsWith("M") ? THOUSAND * THOUSAND : 1;
            return new ByteSize(Math.round(Double.parseDouble(form.group(1)) * unit));
        }
    }
}
