package dev.planetary.core.lane;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LaneAllocationTest {
    @Test
    void shouldAllocateNothingInSteadyPlay() {
        final Steps steps = new Steps();
        final long allocated = new AllocatedBytes().of(20, steps);
        assertTrue(allocated < AllocatedBytes.TOLERANCE, "allocated " + allocated + " bytes");
        assertTrue(steps.records > 10_000, "records " + steps.records);
        assertEquals(steps.sender.offered(), steps.records + steps.behind());
    }

    private static final class Steps implements Runnable, SentDatagrams.Outcome, LaneReceiver.RecordHandler {
        private final LaneSender sender = new LaneSender(1 << 14);
        private final LaneReceiver receiver = new LaneReceiver(1 << 14);
        private final SentDatagrams sent = new SentDatagrams();
        private final AckWindow window = new AckWindow();
        private final ByteBudget budget = new ByteBudget();
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_300]);
        private int step;
        private int records;

        @Override
        public void run() {
            for (int i = 0; i < 2_000; i++) {
                step++;
                final long nowNs = step * 50_000_000L;
                budget.refill(50_000_000L);
                sender.offer(buffer, 0, 1 + step % 1_300);
                sent.expire(nowNs, sent.rtoNs(), this);
                while (sender.hasPiece()) {
                    final int number = sent.open(nowNs, this);
                    final int length = sender.write(buffer, 0, 300);
                    final int offset = sender.writtenOffset();
                    sent.close(length, offset, length, 0, 0);
                    budget.spend(length);
                    if (number % 5 != 0 && receiver.onPiece(offset, buffer, 0, length) == LaneReceiver.ACCEPTED) {
                        window.onReceived(number);
                    }
                }
                receiver.poll(this);
                sent.onAck(window.newest(), window.bits(0), window.bits(1), window.bits(2), window.bits(3), nowNs, this);
                budget.judge(sent.srttNs());
            }
        }

        int behind() {
            return sender.offered() - receiver.delivered();
        }

        @Override
        public void onAcked(final int number, final int index) {
            budget.onAcked(sent.bytes(index));
            sender.onAcked(sent.laneOffset(index), sent.laneLength(index));
        }

        @Override
        public void onLost(final int number, final int index) {
            budget.onLost(sent.bytes(index));
            sender.onLost(sent.laneOffset(index), sent.laneLength(index));
        }

        @Override
        public void onRecord(final int number, final DirectBuffer from, final int offset, final int length) {
            records++;
        }
    }
}
