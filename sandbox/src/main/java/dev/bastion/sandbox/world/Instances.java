package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.Emulator;
import dev.bastion.sandbox.page.InstanceView;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last look at the emulator's instances, taken every second, so that the page never waits for it. */
final class Instances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Emulator emulator;
    private final Runnable onChange;
    private final Thread watcher;
    private volatile List<InstanceView> seen = List.of();

    Instances(Emulator emulator, Runnable onChange) {
        this.emulator = emulator;
        this.onChange = onChange;
        this.watcher = Thread.ofVirtual().name("instances").start(this::watch);
    }

    List<InstanceView> seen() {
        return seen;
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<InstanceView> now = emulator.instances();
            if (!now.equals(seen)) {
                seen = now;
                onChange.run();
            }
        } catch (RuntimeException failure) {
            LOG.debug("the emulator was not looked at", failure);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
