package dev.planetary.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over one x axis as an SVG file. Both axes begin at 0: a line that looks straight is straight. */
public final class LinePlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 76;
    private static final int RIGHT = 190;
    private static final int TOP = 46;
    private static final int BOTTOM = 56;
    private static final int LEGEND_LINE = 22;
    private static final String[] COLOURS = {"#1b6ca8", "#c8553d", "#3a8f5c", "#8a5aa8", "#b8860b", "#555555"};

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> lines = new ArrayList<>();

    /** A plot without lines; labels say the unit. */
    public LinePlot(final String title, final String xLabel, final String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Adds a line; one without any value is left out. */
    public LinePlot line(final Series line) {
        if (greatest(line.y()) > Double.NEGATIVE_INFINITY) {
            lines.add(line);
        }
        return this;
    }

    /** Writes it. */
    public void write(final Path file) throws IOException {
        Files.writeString(file, svg());
    }

    /** The text of the file. */
    public String svg() {
        final Axis x = new Axis(lines.stream().mapToDouble(line -> greatest(line.x())).max().orElse(1), LEFT, WIDTH - RIGHT);
        final Axis y = new Axis(lines.stream().mapToDouble(line -> greatest(line.y())).max().orElse(1), HEIGHT - BOTTOM, TOP);
        final StringBuilder svg = new StringBuilder();
        add(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">", WIDTH, HEIGHT);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        text(svg, LEFT, TOP - 22, "start", "font-size=\"15\" font-weight=\"bold\"", title);
        axes(svg, x, y);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), COLOURS[i % COLOURS.length], x, y);
            legend(svg, lines.get(i).name(), COLOURS[i % COLOURS.length], i);
        }
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void axes(final StringBuilder svg, final Axis x, final Axis y) {
        for (final double mark : y.marks()) {
            add(svg, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, y.px(mark), WIDTH - RIGHT, y.px(mark));
            text(svg, LEFT - 8, y.px(mark) + 4, "end", "", y.label(mark));
        }
        for (final double mark : x.marks()) {
            add(svg, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#888\"/>", x.px(mark), HEIGHT - BOTTOM, x.px(mark), HEIGHT - BOTTOM + 5);
            text(svg, x.px(mark), HEIGHT - BOTTOM + 19, "middle", "", x.label(mark));
        }
        add(svg, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "", xLabel);
        text(svg, 0, 0, "middle", String.format(Locale.ROOT, "transform=\"translate(18,%d) rotate(-90)\"", (TOP + HEIGHT - BOTTOM) / 2), yLabel);
    }

    private static void line(final StringBuilder svg, final Series line, final String colour, final Axis x, final Axis y) {
        final StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x().length; i++) {
            if (Double.isFinite(line.y()[i])) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.px(line.x()[i]), y.px(line.y()[i])));
                add(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\" fill=\"%s\"/>", x.px(line.x()[i]), y.px(line.y()[i]), colour);
            }
        }
        add(svg, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", points.toString().trim(), colour);
    }

    private static void legend(final StringBuilder svg, final String name, final String colour, final int at) {
        final int y = TOP + 8 + at * LEGEND_LINE;
        add(svg, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>", WIDTH - RIGHT + 14, y, WIDTH - RIGHT + 34, y, colour);
        text(svg, WIDTH - RIGHT + 40, y + 4, "start", "", name);
    }

    private static void text(
        final StringBuilder svg, final double x, final double y, final String anchor, final String further, final String words) {
        add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", x, y, anchor, further, escaped(words));
    }

    private static String escaped(final String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void add(final StringBuilder svg, final String format, final Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double greatest(final double[] values) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (final double value : values) {
            if (Double.isFinite(value)) {
                greatest = Math.max(greatest, value);
            }
        }
        return greatest;
    }
}
