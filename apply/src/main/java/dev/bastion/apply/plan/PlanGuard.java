package dev.bastion.apply.plan;

import dev.bastion.apply.run.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The check that decides from a plan alone whether it may be applied. */
public final class PlanGuard {
    private static final String INSTANCE = "aws_instance";
    private static final String NAME_TAG = "Environment";

    private final ModuleScope scope;
    private final Optional<String> resourceName;

    /** @param resourceName of the environment, by which the service finds its instance; empty where no pattern gives one */
    public PlanGuard(ModuleScope scope, Optional<String> resourceName) {
        this.scope = scope;
        this.resourceName = resourceName;
    }

    /**
     * Every objection to this plan, each a sentence that says what to do; empty when the plan may be applied.
     *
     * @param standing what may exist while the environment is closed
     */
    public List<String> objections(PlanDocument plan, Intent intent, StandingResources standing) {
        List<String> unexpected = scope.unexpected(plan.present());
        if (!unexpected.isEmpty()) {
            return List.of(
                    scope == ModuleScope.ROOT_WITH_MODULE
                            ? otherResourcesObjection(unexpected)
                            : otherDriverObjection(unexpected));
        }
        return plan.changes().stream()
                .flatMap(change -> objections(change, intent, standing).stream())
                .toList();
    }

    private List<String> objections(PlannedChange change, Intent intent, StandingResources standing) {
        List<String> found = new ArrayList<>();
        if (!scope.contains(change)) {
            found.add(subject(change) + ", which is outside the bastion module. Check that this is the right state. "
                    + "If an older version of the module left it there, apply once by hand.");
        } else if (intent == Intent.OPEN && change.action().destroys()) {
            found.add(
                    subject(change) + ", but opening or extending must not remove anything" + replacementReason(change)
                            + ". End the grant, wait until that is applied, and request access again.");
        } else if (intent == Intent.CLOSE && creates(change) && !standing.allowsCreationOf(change)) {
            found.add(subject(change) + " while the environment is closed. "
                    + "Make every resource of the module depend on deploy_bastion.");
        }
        if (intent == Intent.OPEN) {
            foreignName(change).ifPresent(found::add);
        }
        if (change.action() == PlannedAction.FORGET) {
            found.add(subject(change)
                    + ": it would stay in AWS, and no later run would remove it. Remove the removed block.");
        }
        return found;
    }

    /** Whatever the name comes from, the plan has it. */
    private Optional<String> foreignName(PlannedChange change) {
        return resourceName
                .filter(_ -> change.type().equals(INSTANCE))
                .filter(name -> !change.tag(NAME_TAG).orElse(name).equals(name))
                .map(name -> subject(change) + " with the tag " + NAME_TAG + "="
                        + change.tag(NAME_TAG).orElse("") + ", and the service looks for " + name
                        + ". Write `environment = \"" + name + "\"` into the inputs.");
    }

    private static boolean creates(PlannedChange change) {
        return change.action() == PlannedAction.CREATE || change.action() == PlannedAction.REPLACE;
    }

    private static String subject(PlannedChange change) {
        String verb = switch (change.action()) {
            case CREATE -> "creates ";
            case UPDATE -> "changes ";
            case REPLACE -> "replaces ";
            case DESTROY -> "destroys ";
            case FORGET -> "forgets ";
            case NOTHING -> "leaves ";
        };
        return "the plan " + verb + change.address();
    }

    private static String replacementReason(PlannedChange change) {
        return change.reason().isEmpty() ? "" : " (" + change.reason().replace('_', ' ') + ")";
    }

    private static String otherResourcesObjection(List<String> unexpected) {
        return "the state has " + unexpected.size() + " resources outside module." + ModuleScope.MODULE + " ("
                + unexpected.getFirst() + (unexpected.size() > 1 ? ", …" : "")
                + "). Check that the backend's key is this environment's own; if it is, move them to another state, or"
                + " into the module with: terraform"
                + " state"
                + " mv '" + unexpected.getFirst() + "' 'module." + ModuleScope.MODULE + "."
                + unexpected.getFirst() + "'";
    }

    private String otherDriverObjection(List<String> unexpected) {
        boolean child = scope == ModuleScope.CHILD_MODULE;
        boolean terragrunt = child && unexpected.stream().noneMatch(address -> address.startsWith("module."));
        String first = Stream.of(unexpected.getFirst()).findFirst().orElseThrow();
        String moved = child ? "module." + ModuleScope.MODULE + "." + first : ModuleScope.withinModule(first);
        return "the state has " + unexpected.size() + " resources at addresses of "
                + (terragrunt ? "the Terragrunt driver" : child ? "another configuration" : "the CDKTF driver") + " ("
                + first
                + (unexpected.size() > 1 ? ", …" : "") + "). Apply with --driver "
                + (child ? "terragrunt" : "cdktf") + ", or move each with: terraform state mv '" + first + "' '" + moved
                + "'";
    }
}
