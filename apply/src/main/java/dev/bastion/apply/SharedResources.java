package dev.bastion.apply;

import dev.bastion.apply.terraform.Terraform;
import dev.bastion.apply.terraform.Tools;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The resources of several runs at once that only one of them may use at a time: CDKTF's Node process, and Terraform's plugin
 * cache.
 */
final class SharedResources {
    private final ReentrantLock lock = new ReentrantLock();

    /** Does work while no other run does such work. */
    <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Initialises Terraform, alone where it uses a plugin cache, which is not made for several programs at once. */
    void initialise(Terraform terraform, boolean locked, Tools tools) {
        if (tools.environment().containsKey("TF_PLUGIN_CACHE_DIR")) {
            alone(() -> {
                terraform.init(locked);
                return locked;
            });
        } else {
            terraform.init(locked);
        }
    }
}
