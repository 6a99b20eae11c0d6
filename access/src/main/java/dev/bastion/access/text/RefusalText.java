package dev.bastion.access.text;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;

/**
 * The words of every refusal, for every medium.
 *
 * @param fact a sentence about the fault that is true for every reader
 * @param remedy what the person who asked can do; empty when nothing
 */
public record RefusalText(Text fact, Text remedy) {
    static final String POLICY = "access-policy.yaml";

    public static RefusalText of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.OfRequest request -> RequestRefusalText.of(request);
            case Refusal.OfBreakGlass breakGlass -> BreakGlassRefusalText.of(breakGlass);
            case Refusal.OfProposal proposal -> ProposalRefusalText.of(proposal);
            case Refusal.OfGrant grant -> GrantRefusalText.of(grant);
        };
    }

    /** Both sentences. */
    public Text full() {
        return fact.then(remedy);
    }

    /** A pull request as a link. */
    static Text.Part page(Proposal proposal) {
        return new Text.Part.Link(proposal.page(), "pull request #" + proposal.number());
    }

    static String approvals(int count) {
        return count == 1 ? "1 approval" : count + " approvals";
    }

    /** What is wrong with a person's account, as words that follow "because" or "but". */
    public static String accountOf(InactiveAccount why) {
        return switch (why) {
            case DEACTIVATED -> "their Slack account is deactivated";
            case GUEST -> "their Slack account is a guest's";
            case BOT -> "their Slack account is a bot";
            case FOREIGN -> "their Slack account belongs to another workspace";
            case SUSPENDED -> "their GitHub account is suspended";
        };
    }
}
