package dev.bastion.access.troubleshooting;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RefusalText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The findings of what the ledger says of one environment. */
record LedgerFindings(EnvironmentName environment, LedgerSnapshot snapshot, Instant now) {
    private static final int MOST = 3;

    List<Finding> all(List<Proposal> waiting, List<LayoutProblem> layout) {
        List<Finding> found = new ArrayList<>();
        found.add(ofState(snapshot.stateOrMissing(environment)));
        if (!snapshot.policy().environments().isNamed(environment)) {
            found.add(unnamed());
        }
        waiting.stream()
                .filter(proposal -> proposal.environment().equals(environment))
                .limit(MOST)
                .forEach(proposal -> found.add(waiting(proposal)));
        layout.stream().limit(MOST).forEach(problem -> found.add(layout(problem)));
        return found;
    }

    private Finding ofState(EnvironmentState state) {
        return switch (state) {
            case EnvironmentState.Closed _ -> Finding.ok(Area.LEDGER, "grant", "there is none");
            case EnvironmentState.Open(Grant grant) -> ofGrant(grant);
            case EnvironmentState.Unclear unclear ->
                Finding.problem(
                        Area.LEDGER,
                        "file",
                        (unclear.mayBeOpen()
                                        ? "the environment may be open, but its file cannot be read: "
                                        : "the environment cannot be opened: ")
                                + unclear.problem(),
                        unclear.mayBeOpen()
                                ? "correct or restore the file (docs/runbook.md, \"A file that cannot be read\")"
                                : "correct the file as it says");
        };
    }

    private Finding ofGrant(Grant grant) {
        if (!grant.hasEnded(now)) {
            return Finding.ok(Area.LEDGER, "grant", "open until " + grant.expiresAt());
        }
        boolean isAlarming = new GrantStage.Overdue(Duration.between(grant.expiresAt(), now)).isAlarming();
        return isAlarming
                ? Finding.problem(
                        Area.LEDGER,
                        "grant",
                        "the grant ended " + grant.expiresAt() + ", and its file still says that it is open",
                        "look whether git accepts the service's push (docs/runbook.md, \"A grant is overdue\")")
                : Finding.warning(
                        Area.LEDGER,
                        "grant",
                        "the grant has just ended, and its reversion is being written",
                        "wait a minute");
    }

    private Finding unnamed() {
        RefusalText text = RefusalText.of(new Refusal.UnnamedEnvironment(environment));
        return Finding.problem(
                Area.LEDGER,
                "policy",
                "no key of access-policy.yaml names " + environment + ", so nobody may request it",
                unpunctuated(text.remedy().in(Markup.PLAIN)));
    }

    private static String unpunctuated(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static Finding waiting(Proposal proposal) {
        return Finding.warning(
                Area.LEDGER,
                "request",
                "a request of " + proposal.requester().name() + " waits for approval until "
                        + proposal.change().lapsesAt(),
                "ask an approver to review pull request #" + proposal.number() + ": " + proposal.page());
    }

    private static Finding layout(LayoutProblem problem) {
        return Finding.warning(
                Area.LEDGER,
                "layout",
                problem.path() + ": " + problem.problem(),
                "correct it with a pull request; the alarm in the channel names the commit");
    }
}
