package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.page.InstanceView;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The emulator's instances as of the last second. A thread polls them, so the page never waits for the emulator. */
final class InstancePoller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstancePoller.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final AwsEmulator emulator;
    private final Consumer<List<InstanceView>> onChange;
    private final Thread watcher;
    private volatile List<InstanceView> seen = List.of();

    InstancePoller(AwsEmulator emulator, Consumer<List<InstanceView>> onChange) {
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
            List<InstanceView> now = emulator.home().instances();
            if (!now.equals(seen)) {
                seen = now;
                onChange.accept(now);
            }
        } catch (RuntimeException failure) {
            LOG.debug("the emulator's instances cannot be read", failure);
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
