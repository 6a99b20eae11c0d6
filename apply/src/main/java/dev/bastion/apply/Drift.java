package dev.bastion.apply;

import dev.bastion.apply.plan.StandingResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The difference between an environment's file and what there is, by a plan and by AWS.
 *
 * @param incident a bastion without a grant; empty when there is none
 * @param difference any other difference; empty when there is none
 */
public record Drift(Optional<String> incident, Optional<String> difference) {
    /**
     * Compares.
     *
     * @param plan a plan of the environment
     * @param instances the ids of its instances in AWS; used when its file grants nothing
     */
    public static Drift of(RunResult plan, List<String> instances) {
        return new Drift(
                plan.action().equals("close") ? incident(plan, instances) : Optional.empty(), difference(plan));
    }

    public boolean isNone() {
        return incident.isEmpty() && difference.isEmpty();
    }

    /** The incident, else the difference. */
    public String sentence() {
        return incident.or(() -> difference).orElse("");
    }

    private static Optional<String> incident(RunResult plan, List<String> instances) {
        List<String> left = plan.changes().stream()
                .filter(change -> change.action().equals("destroy"))
                .map(ChangedResource::address)
                .filter(address -> !StandingResources.SKELETON.allows(address))
                .toList();
        List<String> sentences = new ArrayList<>();
        if (!instances.isEmpty()) {
            sentences.add(String.join(", ", instances) + " is there, and the file grants nothing.");
        }
        if (!left.isEmpty()) {
            sentences.add("Terraform's state still has " + String.join(", ", left) + ", and the file grants nothing.");
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static Optional<String> difference(RunResult plan) {
        if (!plan.succeeded()) {
            List<String> reasons = new ArrayList<>(plan.message().stream().toList());
            reasons.addAll(plan.objections());
            return Optional.of("it could not be planned: " + String.join("; ", reasons));
        }
        return plan.changes().isEmpty() ? Optional.empty() : Optional.of("an apply would change it: " + plan.summary());
    }
}
