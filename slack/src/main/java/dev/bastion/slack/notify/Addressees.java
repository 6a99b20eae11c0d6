package dev.bastion.slack.notify;

import dev.bastion.access.grant.Person;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.List;

/**
 * To whom messages go, as the ledger's configuration has it.
 *
 * @param owners the Slack ids of those who get what the channel refuses
 */
public record Addressees(List<String> owners, EnvironmentChannels channels) {
    /** Before the ledger was read. */
    public static final Addressees UNKNOWN = new Addressees(List.of(), EnvironmentChannels.NONE);

    public Addressees {
        owners = List.copyOf(owners);
    }

    public static Addressees of(LedgerSnapshot snapshot) {
        var policy = snapshot.policy();
        return new Addressees(
                policy.people().membersOf(policy.owners()).stream()
                        .map(Person::id)
                        .toList(),
                snapshot.channels());
    }
}
