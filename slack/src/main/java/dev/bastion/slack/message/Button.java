package dev.bastion.slack.message;

import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.slack.web.Blocks;
import java.util.Arrays;
import java.util.Optional;

/**
 * The buttons of a grant and of a proposal. A button carries the request id alone; everything else is read again when it is
 * pressed.
 */
public enum Button {
    EXTEND("grant_extend", "Extend"),
    END("grant_end", "End now"),
    CONNECT("grant_connect", "Connect"),
    DOCTOR("grant_doctor", "Doctor"),
    // The action is called so in messages that earlier versions posted.
    APPROVE_RETROACTIVELY("grant_endorse", "Approve retroactively"),
    WITHDRAW("proposal_withdraw", "Withdraw");

    private final String action;
    private final String label;

    Button(String action, String label) {
        this.action = action;
        this.label = label;
    }

    static Optional<Button> pressed(String action) {
        return Arrays.stream(values())
                .filter(button -> button.action.equals(action))
                .findFirst();
    }

    public String action() {
        return action;
    }

    public BlockElement on(Proposal proposal) {
        String question = "This withdraws the request for " + proposal.environment() + ".";
        return Blocks.dangerButton(action, label, proposal.id().value(), question);
    }

    public BlockElement on(Grant grant) {
        String request = grant.request().value();
        return this == END
                ? Blocks.dangerButton(
                        action, label, request, "This ends access to " + grant.environment() + " now, for everybody.")
                : Blocks.button(action, label, request);
    }
}
