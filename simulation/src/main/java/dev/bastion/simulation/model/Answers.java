package dev.bastion.simulation.model;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.outage.EndResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the service answered to people: it must be true. */
public final class Answers {
    private final Set<String> granted = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final List<AccessRequest> requests = new ArrayList<>();

    /** @param outcome empty when the service failed to answer */
    public void requested(AccessRequest request, Optional<Outcome> outcome) {
        requests.add(request);
        if (outcome.orElse(null) instanceof Outcome.Done done) {
            granted.add(done.grant().request().value());
        }
    }

    public void ended(Grant grant, EndResult result) {
        if (result instanceof EndResult.Answered(Outcome.Done _)) {
            ended.add(grant.request().value());
        }
    }

    /** The requests that the service said it had granted. */
    public Set<String> granted() {
        return Set.copyOf(granted);
    }

    /** The requests whose grants the service said it had ended. */
    public Set<String> ended() {
        return Set.copyOf(ended);
    }

    /** How many requests were sent. */
    public int requests() {
        return requests.size();
    }
}
