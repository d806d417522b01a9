package dev.planetary.launcher.play;

import dev.planetary.core.plugin.RequestSender;
import dev.planetary.core.plugin.VoxelEdits;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.IntHashSet;

/** Edits whose verdicts are counted. */
final class CountedEdits implements VoxelEdits, RequestSender.VerdictListener {
    private static final int MOST_REASONS = 32;

    private final VoxelEdits edits;
    private final IntHashSet asked = new IntHashSet();
    private long approved;
    private long rejected;
    private final Map<String, Integer> reasons = new TreeMap<>();

    CountedEdits(final VoxelEdits edits) {
        this.edits = edits;
    }

    @Override
    public int dig(final int x, final int y, final int z, final int radius) {
        return note(edits.dig(x, y, z, radius));
    }

    @Override
    public int fill(final int x, final int y, final int z, final int radius, final int material) {
        return note(edits.fill(x, y, z, radius, material));
    }

    @Override
    public int replace(final int x, final int y, final int z, final int radius, final int material) {
        return note(edits.replace(x, y, z, radius, material));
    }

    @Override
    public int digBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ) {
        return note(edits.digBox(minX, minY, minZ, edgeX, edgeY, edgeZ));
    }

    @Override
    public int fillBox(final int minX, final int minY, final int minZ, final int edgeX, final int edgeY, final int edgeZ, final int material) {
        return note(edits.fillBox(minX, minY, minZ, edgeX, edgeY, edgeZ, material));
    }

    private int note(final int request) {
        if (request != RequestSender.NONE) {
            asked.add(request);
        }
        return request;
    }

    @Override
    public void onVerdict(final int requestId, final boolean isApproved, final String reason, final byte[] detail) {
        if (asked.remove(requestId)) {
            if (isApproved) {
                approved++;
            } else {
                rejected++;
                if (reasons.size() < MOST_REASONS || reasons.containsKey(reason)) {
                    reasons.merge(reason, 1, Integer::sum);
                }
            }
        }
    }

    long approved() {
        return approved;
    }

    long rejected() {
        return rejected;
    }

    /** Whether every edit has been answered. */
    boolean isAnswered() {
        return asked.isEmpty();
    }

    /** Why edits were rejected, and how often. */
    Map<String, Integer> reasons() {
        return reasons;
    }
}
