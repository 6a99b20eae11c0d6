package dev.bastion.app.replica;

import dev.bastion.access.grant.RequestId;
import dev.bastion.scheduler.database.MessageClaimTable;
import dev.bastion.slack.notify.MessageClaims;
import java.time.Duration;

/** The claims on messages that stand in the shared database. */
record SharedMessageClaims(MessageClaimTable table) implements MessageClaims {
    @Override
    public boolean claim(RequestId request, String stage, Duration rest) {
        return table.claim(request.value(), stage, rest);
    }

    @Override
    public void confirm(RequestId request, String stage) {
        table.confirm(request.value(), stage);
    }

    @Override
    public void release(RequestId request, String stage) {
        table.release(request.value(), stage);
    }
}
