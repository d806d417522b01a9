package dev.planetary.core.lane;

import java.lang.reflect.Method;

/** Bytes that this thread allocated, where the JVM counts them. Reflection, because the core module does not require the management modules. */
public final class AllocatedBytes {
    /** More than what measuring itself allocates, far less than one object per step of any test. */
    public static final long TOLERANCE = 4_096;

    private final Object bean;
    private final Method method;
    private final long threadId = Thread.currentThread().getId();

    /** Finds the counter of this JVM. */
    public AllocatedBytes() {
        try {
            bean = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean").invoke(null);
            method = Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (final ReflectiveOperationException ex) {
            throw new IllegalStateException("this JVM does not count allocated bytes", ex);
        }
    }

    /** Since the thread started. */
    public long now() {
        try {
            return (Long)method.invoke(bean, threadId);
        } catch (final ReflectiveOperationException ex) {
            throw new IllegalStateException("this JVM does not count allocated bytes", ex);
        }
    }

    /** What {@code work} allocates when it runs warm: it runs {@code warmUps} times before. */
    public long of(final int warmUps, final Runnable work) {
        for (int i = 0; i < warmUps; i++) {
            work.run();
        }
        now();
        final long before = now();
        work.run();
        return now() - before;
    }
}
