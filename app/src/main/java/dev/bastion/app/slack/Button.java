package dev.bastion.app.slack;

import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.Grant;
import java.util.Arrays;
import java.util.Optional;

/** The buttons of a grant. Each carries the request id and nothing else: whatever matters is read again when it is pressed. */
enum Button {
    EXTEND("grant_extend", "Extend"),
    END("grant_end", "End now"),
    CONNECT("grant_connect", "Connect");

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

    String action() {
        return action;
    }

    BlockElement on(Grant grant) {
        String request = grant.request().value();
        return this == END
                ? Blocks.dangerButton(
                        action, label, request, "Access to " + grant.environment() + " ends now, for everybody.")
                : Blocks.button(action, label, request);
    }
}
