package dev.bastion.apply.plan;

import dev.bastion.apply.run.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Decides whether a plan may be applied, from the plan alone. */
public final class PlanGuard {
    private final ModuleScope territory;

    public PlanGuard(ModuleScope territory) {
        this.territory = territory;
    }

    /** Every reason not to apply this plan, each a sentence that says what to do; empty when it may be applied. */
    public List<String> objections(PlanDocument plan, Intent intent) {
        List<String> foreign = territory.foreign(plan.present());
        if (!foreign.isEmpty()) {
            return List.of(otherDriver(foreign));
        }
        return plan.changes().stream()
                .flatMap(change -> objections(change, intent).stream())
                .toList();
    }

    private List<String> objections(PlannedChange change, Intent intent) {
        List<String> found = new ArrayList<>();
        if (!territory.holds(change)) {
            found.add(sentence(change) + ", which is outside the bastion module. Is this the right state? "
                    + "If an older version of the module left it there, apply once by hand.");
        } else if (intent == Intent.OPEN && change.action().destroys()) {
            found.add(sentence(change) + ", and opening or extending must not take anything away" + reasonOf(change)
                    + ". End the grant, let it be applied, and ask again.");
        } else if (intent == Intent.CLOSE && creates(change)) {
            found.add(sentence(change) + " while the environment is closed. "
                    + "Is every resource of the module gated by deploy_bastion?");
        }
        if (change.action() == PlannedAction.FORGET) {
            found.add(sentence(change) + ": it would stay and nobody would end it.");
        }
        return found;
    }

    private static boolean creates(PlannedChange change) {
        return (change.action() == PlannedAction.CREATE || change.action() == PlannedAction.REPLACE)
                && !RetainedResources.mayStay(change.type());
    }

    private static String sentence(PlannedChange change) {
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

    private static String reasonOf(PlannedChange change) {
        return change.reason().isEmpty() ? "" : " (" + change.reason().replace('_', ' ') + ")";
    }

    private String otherDriver(List<String> foreign) {
        boolean child = territory == ModuleScope.CHILD_MODULE;
        boolean terragrunt = child && foreign.stream().noneMatch(address -> address.startsWith("module."));
        String first = Stream.of(foreign.getFirst()).findFirst().orElseThrow();
        String moved = child ? "module." + ModuleScope.MODULE + "." + first : ModuleScope.withinModule(first);
        return "the state holds " + foreign.size() + " resources at addresses of "
                + (terragrunt ? "the Terragrunt driver" : child ? "something else" : "the CDKTF driver") + " (" + first
                + (foreign.size() > 1 ? ", …" : "") + "). Apply with --driver "
                + (child ? "terragrunt" : "cdktf") + ", or move each with: terraform state mv '" + first + "' '" + moved
                + "'";
    }
}
