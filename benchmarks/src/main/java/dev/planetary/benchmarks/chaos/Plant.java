package dev.planetary.benchmarks.chaos;

import dev.planetary.core.cell.Repairs;
import dev.planetary.core.cell.Repairs.Repair;
import dev.planetary.core.plugin.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A defect put into the protocol on purpose, by taking one repair out: a run that does not find it checks nothing. */
enum Plant {
    /** No defect. */
    NONE(null),
    /** Nothing is sent again after a loss. */
    ROLLBACK(Repair.ROLLBACK),
    /** An entity in a reused slot is taken for the one before it. */
    GENERATION(Repair.GENERATION),
    /** Some that leave a cell are forgotten. */
    LEAVER(Repair.EVERY_LEAVER_LOGGED),
    /** State is shown before the transaction that it presumes. */
    GATE(Repair.GATE),
    /** A cell counts as complete after half an answer. */
    SPLIT(Repair.BASE_WAITS_FOR_HEAD),
    /** What enters a cell is sent in part. */
    ENTRY(Repair.FULL_RECORD_ON_ENTRY);

    private final Repair missing;

    Plant(final Repair missing) {
        this.missing = missing;
    }

    /** The repairs that are left. */
    Repairs repairs() {
        return missing == null ? Repairs.ALL : Repairs.without(missing);
    }

    /** What {@code --plant} calls it. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names to choose from. */
    static String options() {
        return Arrays.stream(values()).filter(plant -> plant != NONE).map(Plant::option).collect(Collectors.joining(", "));
    }

    /**
     * The plant of that name; "" is none.
     *
     * @throws InvalidSettingException when there is none of that name.
     */
    static Plant of(final String option) {
        if (option.isEmpty()) {
            return NONE;
        }
        return Arrays.stream(values()).filter(plant -> plant != NONE && plant.option().equals(option)).findFirst()
            .orElseThrow(() -> new InvalidSettingException("--plant=" + option + ": expected one of " + options()));
    }
}
