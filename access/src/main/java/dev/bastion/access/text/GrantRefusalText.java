package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Refusal;
import java.util.List;

/** The words of a change of a grant that is not made. */
final class GrantRefusalText {
    private GrantRefusalText() {}

    static RefusalText of(Refusal.OfGrant refusal) {
        return switch (refusal) {
            case Refusal.SeveralSlotsOpen(var environment, var open) ->
                new RefusalText(
                        Text.of("Several people have ", environment, ": ", holders(open), "."),
                        Text.of(
                                "Name the one that you mean, like ",
                                typed(open.getLast().environment()),
                                "."));
            case Refusal.NotOpen(var environment) ->
                new RefusalText(Text.of(environment, " is not open."), request(environment));
            case Refusal.NoLongerOpen(var environment) ->
                new RefusalText(Text.of("That grant of ", environment, " has ended."), request(environment));
            case Refusal.AlreadyEnded(var grant) ->
                new RefusalText(
                        Text.of(
                                "The grant of ",
                                grant.environment(),
                                " expired at ",
                                grant.expiresAt(),
                                " and is being closed."),
                        Text.of("Request access again once it is closed."));
            case Refusal.TotalReached(var grant, var longest, var latest) ->
                new RefusalText(
                        Text.of(grant.environment(), " can be open for " + longest + " in total, until ", latest, "."),
                        Text.of("It now ends at ", grant.expiresAt(), "."));
            case Refusal.NotYours(var grant) ->
                new RefusalText(
                        Text.of(
                                "Only ",
                                grant.holder(),
                                " and the approvers of ",
                                grant.environment(),
                                " can change this grant."),
                        Text.NONE);
            case Refusal.Unreadable(var environment, var problem) ->
                new RefusalText(
                        Text.of("The file of ", environment, " must be corrected first: ", quote(problem)), Text.NONE);
            case Refusal.TooBusy(var environment) ->
                new RefusalText(
                        Text.of(environment, " kept changing at the same moment, so nothing was done for you."),
                        Text.of(
                                code("/bastion status " + environment),
                                " shows its state now; run the command again if you still need it."));
        };
    }

    private static Text request(EnvironmentName environment) {
        return Text.of("Run ", code("/bastion create " + environment), " to request access.");
    }

    /** Who has which slot, each as people type it. */
    private static Text holders(List<Grant> open) {
        Text all = Text.NONE;
        for (Grant grant : open) {
            all = Text.of(all, all.isEmpty() ? "" : ", ", typed(grant.environment()), " is open for ", grant.holder());
        }
        return all;
    }

    private static Text.Part typed(EnvironmentName slot) {
        return code(slot.withoutSlot() + "#" + slot.slot());
    }
}
