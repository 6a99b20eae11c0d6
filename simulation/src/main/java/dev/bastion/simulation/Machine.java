package dev.bastion.simulation;

import dev.bastion.simulation.service.Parts;
import dev.bastion.simulation.service.ServiceProcess;
import dev.bastion.simulation.world.Killed;
import dev.bastion.simulation.world.SimulatedClock.Skew;
import dev.bastion.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The machine that runs the service: a process that was killed is started again, with the clone that it left. */
final class Machine {
    private final World world;
    private final Parts parts;
    private final Skew skew = new Skew();
    private Optional<ServiceProcess> process = Optional.empty();
    private Duration restart = Duration.ofSeconds(10);
    private int clones;
    private int kills;
    private Instant upSince = Instant.MAX;

    Machine(World world, Parts parts) {
        this.world = world;
        this.parts = parts;
    }

    /** Starts a process. */
    void start() {
        attempt(() -> {
            ServiceProcess started =
                    new ServiceProcess(world, world.folder().resolve("clone-" + clones + ".git"), skew, parts);
            process = Optional.of(started);
            upSince = world.clock().instant();
            started.start();
        });
    }

    /** The process, once it has read the ledger. */
    Optional<ServiceProcess> running() {
        return process.filter(ServiceProcess::isStarted);
    }

    /** Does work in the process's name, and buries the process if it was killed in it. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (Killed e) {
            // it is buried below
        } catch (RuntimeException e) {
            if (!world.gate().isDead()) {
                throw e;
            }
        } finally {
            if (world.gate().isDead()) {
                bury();
            }
        }
    }

    /** Without a process there is nothing to kill, and the next one is to start already. */
    private void bury() {
        world.gate().bury();
        if (process.isPresent()) {
            kills++;
            process.get().end();
            process = Optional.empty();
            upSince = Instant.MAX;
            world.agenda().after(restart, this::start);
        }
    }

    /** Kills the process at one of its next steps; it is started again after a while. */
    void killAfter(int steps, Duration startAgain) {
        restart = startAgain;
        world.gate().killAfter(steps);
    }

    /** The next process finds no clone. */
    void loseClone() {
        clones++;
        killAfter(1, Duration.ofSeconds(5));
    }

    Skew skew() {
        return skew;
    }

    /** What the process takes for the time. */
    Instant serviceTime() {
        return world.clock().instant().plus(skew.by());
    }

    /** Since when the process runs; far away while none does. */
    Instant upSince() {
        return running().isPresent() ? upSince : Instant.MAX;
    }

    int kills() {
        return kills;
    }

    void close() {
        process.ifPresent(ServiceProcess::end);
    }
}
