package dev.bastion.access.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import java.time.Duration;
import java.time.Instant;

/** Why a pull request may never be merged as it is, as data: whoever talks to people makes a sentence of it. */
public sealed interface Violation {
    /** It would be refused to whoever asked for it in the chat, too. */
    record Refused(Refusal why) implements Violation {}

    /** It cannot be let in as it is, whatever it makes of environments; the text says why. */
    record Faulty(String problem) implements Violation {}

    /** Where others must approve, the one who gets access must stand in the map of people. */
    record UnknownHolder(EnvironmentName environment, Person holder) implements Violation {}

    /** @param length from its beginning, or from now when that is earlier, since the door opens with the merge */
    record LastsTooLong(EnvironmentName environment, Duration length, GrantDuration longest) implements Violation {}

    /** Its end is past, or before its beginning: it would be over before it begins. */
    record IsOver(EnvironmentName environment, Instant end) implements Violation {}

    /** It would put another access in the place of one that is open, or move its beginning. */
    record Replaces(Grant open) implements Violation {}

    /** The file goes away while somebody has access: nobody would take the bastion away. */
    record RemovesWhatIsOpen(Grant open) implements Violation {}

    /** Nobody approved in time. */
    record Lapsed(EnvironmentName environment) implements Violation {}
}
