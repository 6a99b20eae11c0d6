package dev.bastion.app.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** The heap of this Java machine. */
final class JavaHeap implements Heap {
    @Override
    public long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    @Override
    public long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Override
    public void collect() {
        System.gc();
    }
}
