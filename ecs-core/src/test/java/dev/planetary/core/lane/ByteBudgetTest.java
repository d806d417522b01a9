package dev.planetary.core.lane;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ByteBudgetTest {
    private static final long TICK_NS = 50_000_000L;

    @Test
    void shouldGiveTheRateAndAtMostTwoTicksAtOnce() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        assertEquals(0, budget.available());
        budget.refill(TICK_NS);
        assertEquals(5_000, budget.available());
        for (int i = 0; i < 10; i++) {
            budget.refill(TICK_NS);
        }
        assertEquals(10_000, budget.available());
        budget.spend(11_000);
        assertEquals(-1_000, budget.available());
        budget.refill(TICK_NS);
        assertEquals(4_000, budget.available());
    }

    @Test
    void shouldLoseNoByteToRounding() {
        final ByteBudget budget = new ByteBudget(1_001, 0);
        long spent = 0;
        for (int i = 0; i < 600; i++) {
            budget.refill(16_666_667L);
            spent += budget.available();
            budget.spend(budget.available());
        }
        assertEquals(10_010, spent, 1);
    }

    @Test
    void shouldGrowWhileJoiningOnAFreeLink() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        budget.beginJoin();
        final int sent = run(budget, 2_000_000_000L, 10_000_000, 0.0, 2);
        assertEquals(1_000_000, budget.bytesPerSecond());
        assertTrue(sent > 1_000_000, "sent " + sent + " in two seconds");
        budget.endJoin();
        assertFalse(budget.isJoining());
        assertEquals(100_000, budget.bytesPerSecond());
        budget.refill(TICK_NS);
        assertTrue(budget.available() <= 10_000);
    }

    @Test
    void shouldJoinWithinItsShareAndNeverBelowTheNormalRate() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        budget.beginJoin();
        run(budget, 2_000_000_000L, 10_000_000, 0.0, 2);
        budget.share(300_000);
        assertEquals(300_000, budget.bytesPerSecond());
        budget.refill(TICK_NS);
        assertTrue(budget.available() <= 30_000, "two ticks of the share: " + budget.available());
        budget.share(50_000);
        assertEquals(100_000, budget.bytesPerSecond());
        budget.share(2_000_000);
        assertEquals(1_000_000, budget.bytesPerSecond());
    }

    @Test
    void shouldGrowOnALinkThatLosesAFifthByNature() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        budget.beginJoin();
        run(budget, 2_000_000_000L, 10_000_000, 0.2, 4);
        assertEquals(1_000_000, budget.bytesPerSecond());
    }

    @Test
    void shouldStayNearWhatTheLinkCarries() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        budget.beginJoin();
        run(budget, 2_000_000_000L, 300_000, 0.0, 4);
        long sum = 0;
        for (int i = 0; i < 100; i++) {
            run(budget, 100_000_000L, 300_000, 0.0, 4);
            sum += budget.bytesPerSecond();
        }
        assertTrue(sum / 100 >= 200_000 && sum / 100 <= 500_000, "mean rate " + sum / 100);
    }

    @Test
    void shouldNotGrowWithoutProof() {
        final ByteBudget budget = new ByteBudget(100_000, 1_000_000);
        for (int i = 0; i < 100; i++) {
            budget.refill(TICK_NS);
            budget.onAcked(5_000);
            budget.judge(TICK_NS);
        }
        assertEquals(100_000, budget.bytesPerSecond(), "not joining");
        budget.beginJoin();
        for (int i = 0; i < 100; i++) {
            budget.refill(TICK_NS);
            budget.onAcked(500);
            budget.judge(TICK_NS);
        }
        assertEquals(100_000, budget.bytesPerSecond(), "a tenth of the allowance used");
        for (int i = 0; i < 100; i++) {
            budget.refill(TICK_NS);
            budget.onLost(5_000);
            budget.judge(TICK_NS);
        }
        assertEquals(100_000, budget.bytesPerSecond(), "never below the normal rate");
    }

    @Test
    void shouldRefuseAnImpossibleRate() {
        assertThrows(IllegalArgumentException.class, () -> new ByteBudget(0, 1));
        assertEquals(500, new ByteBudget(500, 100).bytesPerSecond());
    }

    /** Spends everything over a link of {@code linkRate} bytes a second that loses a share; outcomes come {@code lagTicks} later. */
    private static int run(
        final ByteBudget budget, final long durationNs, final int linkRate, final double loss, final int lagTicks) {
        final int linkPerTick = (int)(linkRate / (1_000_000_000L / TICK_NS));
        final int[] outcome = new int[lagTicks + 1];
        final int[] lost = new int[lagTicks + 1];
        int total = 0;
        for (int tick = 0; tick < durationNs / TICK_NS; tick++) {
            budget.refill(TICK_NS);
            final int slot = tick % outcome.length;
            final int sent = Math.max(0, budget.available());
            budget.spend(sent);
            total += sent;
            outcome[slot] = (int)(Math.min(sent, linkPerTick) * (1 - loss));
            lost[slot] = sent - outcome[slot];
            final int due = (tick + 1) % outcome.length;
            budget.onAcked(outcome[due]);
            budget.onLost(lost[due]);
            outcome[due] = 0;
            lost[due] = 0;
            budget.judge(lagTicks * TICK_NS);
        }
        return total;
    }
}
