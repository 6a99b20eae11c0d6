package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that ended without opening anything.
 *
 * @param at when it ended
 * @param by who denied it, as the ledger's people name them; the requester, where they withdrew it; else empty
 * @param login the GitHub login of who denied it; empty text where none is known
 * @param words what was said: by who denied it, or by the policy; empty text when nothing
 * @param proposal its pull request; empty for a refusal at the command
 * @param head the commit that was proposed last, where it is known
 * @param commit the commit that proves it
 */
public record EndedRequest(
        EnvironmentName environment,
        RequestId request,
        Person requester,
        Instant at,
        Outcome outcome,
        Optional<Person> by,
        String login,
        String words,
        Optional<URI> proposal,
        Optional<CommitId> head,
        CommitId commit) {
    /** How a request ended that opened nothing. */
    public enum Outcome {
        DENIED("denied"),
        LAPSED("lapsed"),
        WITHDRAWN("withdrawn"),
        REFUSED("refused by the policy");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** The outcome as people read it. */
        public String words() {
            return words;
        }
    }

    /** The request that an observation is about; empty for an observation of a grant. */
    public static Optional<EndedRequest> of(Proved<Observation> seen) {
        return switch (seen.fact()) {
            case Observation.Ready _, Observation.Gone _, Observation.Sessions _, Observation.Approved _ ->
                Optional.empty();
            case Observation.Denied denied ->
                Optional.of(of(
                        seen,
                        Outcome.DENIED,
                        denied.by(),
                        denied.login(),
                        denied.words(),
                        Optional.of(denied.proposal())));
            case Observation.Lapsed lapsed ->
                Optional.of(of(seen, Outcome.LAPSED, Optional.empty(), "", "", Optional.of(lapsed.proposal())));
            case Observation.Withdrawn withdrawn ->
                Optional.of(of(
                        seen,
                        Outcome.WITHDRAWN,
                        Optional.of(withdrawn.subject().person()),
                        "",
                        "",
                        Optional.of(withdrawn.proposal())));
            case Observation.Refused refused ->
                Optional.of(of(seen, Outcome.REFUSED, Optional.empty(), "", refused.why(), refused.proposal()));
        };
    }

    private static EndedRequest of(
            Proved<Observation> seen,
            Outcome outcome,
            Optional<Person> by,
            String login,
            String words,
            Optional<Observation.PullRequest> proposal) {
        Observation.Subject subject = seen.fact().subject();
        return new EndedRequest(
                subject.environment(),
                subject.request(),
                subject.person(),
                seen.fact().at(),
                outcome,
                by,
                login,
                words,
                proposal.flatMap(Observation.PullRequest::page),
                proposal.flatMap(Observation.PullRequest::head),
                seen.commit());
    }
}
