package dev.bastion.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The instances in AWS. One that is being made is there from its creation, online some time later, or never. */
public final class Instances {
    private final SimulatedClock clock;
    private final List<Instance> all = new ArrayList<>();
    /** The instances that CI did not make. */
    private final Set<String> strays = new HashSet<>();

    private Duration nextOnline = Duration.ofSeconds(40);
    private boolean isNextLost;
    private boolean isDown;
    private int made;

    Instances(SimulatedClock clock) {
        this.clock = clock;
    }

    /**
     * An instance.
     *
     * @param request the request that its tags name; empty for none
     * @param readyAt when its agent registers
     * @param leavesAt when it shuts down
     * @param goneAt when AWS does not list it any more
     */
    public record Instance(
            String id,
            String environment,
            Optional<String> request,
            Instant createdAt,
            Instant readyAt,
            Instant leavesAt,
            Instant goneAt) {
        boolean isThere(Instant now) {
            return now.isBefore(goneAt);
        }

        public boolean isLeaving(Instant now) {
            return !now.isBefore(leavesAt);
        }

        public boolean isReady(Instant now) {
            return !now.isBefore(readyAt) && !isLeaving(now);
        }

        private Instance leaving(Instant at) {
            return at.isBefore(leavesAt)
                    ? new Instance(id, environment, request, createdAt, readyAt, at, at.plusSeconds(20))
                    : this;
        }
    }

    /** Those that AWS lists now. */
    public List<Instance> there() {
        Instant now = clock.instant();
        return all.stream().filter(each -> each.isThere(now)).toList();
    }

    /** All that there ever were. */
    public List<Instance> ever() {
        return List.copyOf(all);
    }

    /** How long the agent of the next instance takes to register. */
    public void nextOnlineAfter(Duration delay) {
        nextOnline = delay;
    }

    /** The agent of the next instance never registers. */
    public void loseNext() {
        isNextLost = true;
    }

    /** Whether AWS answers. */
    public void down(boolean now) {
        isDown = now;
    }

    public boolean isDown() {
        return isDown;
    }

    /** Makes an instance that ends itself a minute after {@code end}. */
    public void create(String environment, Optional<String> request, Optional<Instant> end) {
        Instant now = clock.instant();
        Instant ready = isNextLost ? Instant.MAX : now.plus(nextOnline);
        Instant leaves = end.map(at -> at.plusSeconds(60)).orElse(Instant.MAX);
        Instant gone = leaves.equals(Instant.MAX) ? Instant.MAX : leaves.plusSeconds(20);
        all.add(new Instance("i-%017x".formatted(++made), environment, request, now, ready, leaves, gone));
        isNextLost = false;
    }

    /** Makes an instance that nobody asked for, and of which Terraform's state knows nothing. */
    public void stray(String environment) {
        create(environment, Optional.empty(), Optional.empty());
        strays.add(all.getLast().id());
    }

    /** Those of an environment that CI made and that are there. */
    List<Instance> madeByCi(String environment) {
        return there().stream()
                .filter(each -> each.environment().equals(environment) && !strays.contains(each.id()))
                .toList();
    }

    /** Shuts an instance down; whether it was there and had not begun to. */
    public boolean terminate(String id) {
        Instant now = clock.instant();
        boolean wasThere = there().stream().anyMatch(each -> each.id().equals(id) && !each.isLeaving(now));
        all.replaceAll(each -> each.id().equals(id) ? each.leaving(now) : each);
        return wasThere;
    }
}
