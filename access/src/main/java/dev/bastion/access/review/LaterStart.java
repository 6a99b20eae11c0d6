package dev.bastion.access.review;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalSnapshot.Mergeability;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.UnmetRequirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The start of a request for later, at one moment. Before it others may use the environment, and its file conflicts meanwhile.
 * At its time it waits for the environment for {@link ProposedChange.Opening#LATEST_START}; after that it is as any other.
 */
record LaterStart(ProposalSnapshot seen, EnvironmentState state, Instant now) {
    private Optional<Instant> start() {
        return seen.proposal().change().notBefore();
    }

    private boolean isAhead() {
        return start().filter(now::isBefore).isPresent();
    }

    private boolean isPatient() {
        return now.isBefore(patience(seen.proposal().change()));
    }

    /** Until when it waits for its environment; long ago for a request that is not for later. */
    static Instant patience(ProposedChange change) {
        return change.notBefore()
                .map(at -> at.plus(ProposedChange.Opening.LATEST_START))
                .orElse(Instant.EPOCH);
    }

    /** The state that the checks are for. */
    EnvironmentState expectedState() {
        return isAhead() || taken().isPresent() ? seen.proposal().change().before() : state;
    }

    private Optional<Grant> taken() {
        return isPatient() && state instanceof EnvironmentState.Open(Grant grant)
                ? Optional.of(grant)
                : Optional.empty();
    }

    /** What it waits for, because it is for later. */
    List<UnmetRequirement> unmet() {
        if (isAhead()) {
            return start().<UnmetRequirement>map(UnmetRequirement.Start::new).stream()
                    .toList();
        }
        return taken().<UnmetRequirement>map(UnmetRequirement.Taken::new).stream()
                .toList();
    }

    /** GitHub's view; a conflict can pass while the environment is used, and GitHub sees its end late. */
    Mergeability mergeability() {
        boolean mayPass = isPatient() && seen.mergeability() instanceof Mergeability.Conflicting;
        return mayPass ? new Mergeability.Unknown() : seen.mergeability();
    }
}
