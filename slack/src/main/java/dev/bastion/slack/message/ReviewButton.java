package dev.bastion.slack.message;

import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.slack.web.Blocks;

/** The buttons of an approver, each of which opens a modal. A button carries the request id alone. */
public enum ReviewButton {
    APPROVE("proposal_approve", "Approve"),
    DENY("proposal_deny", "Deny");

    private final String action;
    private final String label;

    ReviewButton(String action, String label) {
        this.action = action;
        this.label = label;
    }

    public String action() {
        return action;
    }

    /** The callback id of its modal. */
    public String callback() {
        return action + "_form";
    }

    String label() {
        return label;
    }

    public BlockElement on(Proposal proposal) {
        return Blocks.button(action, label, proposal.id().value());
    }
}
