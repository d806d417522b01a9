package dev.planetary.launcher.play;

import dev.planetary.core.plugin.RequestSender;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a player asked for, and what the host said. A contested request is one that others were likely to make at the same moment about the same thing; a
 * conflict is one of these that was rejected.
 */
final class Verdicts implements RequestSender.VerdictListener {
    private static final int MOST_REASONS = 64;
    private static final String OTHER = "other reasons";

    private final Map<Integer, Asked> open = new HashMap<>();
    private final Map<Deed, Count> counts = new EnumMap<>(Deed.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private long contested;
    private long conflicts;

    private record Asked(Deed deed, boolean isContested) {
    }

    /** Verdicts on deeds of one kind. */
    record Count(long approved, long rejected) {
        private static final Count NONE = new Count(0, 0);

        private Count plus(final boolean isApproved) {
            return isApproved ? new Count(approved + 1, rejected) : new Count(approved, rejected + 1);
        }
    }

    /** A request was made; {@link RequestSender#NONE}, which is one that found no room on the lane, is passed over. Returns it. */
    int asked(final Deed deed, final int request, final boolean isContested) {
        if (request != RequestSender.NONE) {
            open.put(request, new Asked(deed, isContested));
            contested += isContested ? 1 : 0;
        }
        return request;
    }

    @Override
    public void onVerdict(final int requestId, final boolean isApproved, final String reason, final byte[] detail) {
        final Asked asked = open.remove(requestId);
        if (asked == null) {
            // Plugins ask for things of their own.
            return;
        }
        counts.merge(asked.deed(), Count.NONE.plus(isApproved), (count, one) -> count.plus(isApproved));
        if (!isApproved) {
            conflicts += asked.isContested() ? 1 : 0;
            final String gist = gist(reason);
            reasons.merge(reasons.size() < MOST_REASONS || reasons.containsKey(gist) ? gist : OTHER, 1, Integer::sum);
        }
    }

    /** A reason without what differs from one time to the next: places, numbers, names. */
    static String gist(final String reason) {
        final String gist = reason.replaceFirst(" of .+, not yours", ", not yours").replaceFirst("(: | of [^,]+ at -?\\d| at -?\\d| -?\\d).*", "");
        return gist.isBlank() ? "no reason" : gist.trim();
    }

    Count of(final Deed deed) {
        return counts.getOrDefault(deed, Count.NONE);
    }

    /** Verdicts by what was asked for. */
    Map<Deed, Count> counts() {
        return counts;
    }

    /** Whether everything has been answered. */
    boolean isAnswered() {
        return open.isEmpty();
    }

    /** Why requests were rejected, and how often. */
    Map<String, Integer> reasons() {
        return reasons;
    }

    /** Contested requests. */
    long contested() {
        return contested;
    }

    /** Contested requests that were rejected. */
    long conflicts() {
        return conflicts;
    }
}
