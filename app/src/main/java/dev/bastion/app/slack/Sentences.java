package dev.bastion.app.slack;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Fault;
import dev.bastion.access.Refusal;
import dev.bastion.access.RequestId;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told when it is "no", and when something broke: one sentence or two, and what to do next. */
final class Sentences {
    private static final int EXCERPT = 500;
    private static final int MOST_NAMES = 40;

    private Sentences() {}

    static String of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownEnvironment(var asked, var known) -> noEnvironment(asked.value(), known);
            case Refusal.NotAllowed(var environment) ->
                "The policy does not let you ask for " + name(environment)
                        + ". Who may stands in `environments/access-policy.yaml`.";
            case Refusal.ReasonRequired(var environment) ->
                name(environment) + " needs a reason. Write it at the end: `/bastion create " + environment
                        + " 2h INC-12 slow query`.";
            case Refusal.TooLong(var asked, var longest) ->
                asked + " is too long; at once you may ask for " + longest + " at most, and extend it later.";
            case Refusal.AlreadyOpen(var grant) ->
                name(grant.environment()) + " is already open for "
                        + Mrkdwn.bold(grant.holder().name()) + " until " + Mrkdwn.moment(grant.expiresAt())
                        + ". Ask them, or ask again then.";
            case Refusal.NeedsApproval(var environment, var approvals) ->
                name(environment) + " needs approval by " + approvals
                        + (approvals == 1 ? " other person" : " others")
                        + ", which is not yet supported here. Nothing was opened.";
            case Refusal.NotOpen(var environment) ->
                name(environment) + " is not open. `/bastion create " + environment + "` opens it.";
            case Refusal.NoLongerOpen(var environment) ->
                "That access to " + name(environment) + " is over, so nothing was done. `/bastion create " + environment
                        + "` asks for it anew.";
            case Refusal.AlreadyEnded(var grant) ->
                name(grant.environment()) + " reached its end (" + Mrkdwn.moment(grant.expiresAt())
                        + ") and is being closed. Ask for it anew when it is.";
            case Refusal.TotalReached(var grant, var longest, var latest) ->
                name(grant.environment()) + " can be open for " + longest + " in all, so until " + Mrkdwn.moment(latest)
                        + " at the latest; it stands at " + Mrkdwn.moment(grant.expiresAt()) + ".";
            case Refusal.NotYours(var grant) ->
                name(grant.environment()) + " is " + Mrkdwn.bold(grant.holder().name())
                        + "'s; only they and the environment's approvers may change it.";
            case Refusal.Unreadable(var environment, var problem) ->
                name(environment) + " cannot be touched as it stands: " + Mrkdwn.excerpt(problem, EXCERPT);
            case Refusal.TooBusy(var environment) ->
                "Others kept changing " + name(environment) + " at the same moment. Please try once more.";
        };
    }

    /**
     * @param detail what the exception says; shown only where it is the person's to mend
     * @param request by which the log can be searched
     */
    static String of(Fault fault, String detail, RequestId request) {
        return switch (fault) {
            case YOURS -> Mrkdwn.excerpt(detail, EXCERPT);
            case CONFLICT -> "Somebody changed it at the same moment. Please try once more.";
            case EXTERNAL ->
                "Git, Slack or AWS does not answer as it should, so I cannot say whether this was done. It is safe to ask for"
                        + " the same again in a minute; `/bastion status` shows what stands. (" + id(request) + ")";
            case BUG ->
                "Sorry, that went wrong on my side, and it is in the log as " + id(request)
                        + ". `/bastion status` shows what stands; whoever runs me can look it up.";
        };
    }

    static String noEnvironment(String asked, List<EnvironmentName> known) {
        String unknown = "There is no environment " + Mrkdwn.bold(harmless(asked)) + ". ";
        if (known.isEmpty()) {
            return unknown + "There are none at all yet.";
        }
        String names = known.stream().limit(MOST_NAMES).map(Sentences::name).collect(Collectors.joining(", "));
        int more = known.size() - MOST_NAMES;
        return unknown + "There are: " + names + (more > 0 ? " and " + more + " more" : "") + ".";
    }

    static String noCommand(Command.Misspelt misspelt) {
        return "I do not know " + Mrkdwn.bold(harmless(misspelt.typed())) + ". "
                + misspelt.nearest()
                        .map(word -> "Did you mean `/bastion " + word + "`? ")
                        .orElse("")
                + "`/bastion help` shows what I know.";
    }

    static String incomplete(String command) {
        return "Which environment? Write `/bastion " + command + " dev`; `/bastion status` lists them.";
    }

    static String outsider(String why) {
        return "I only open doors for full members of this workspace, and " + why + ".";
    }

    static String unknownPerson() {
        return "Slack does not tell me just now who you are, so I did nothing. Please try again in a minute.";
    }

    /** Of what somebody typed: a few visible ASCII characters, enough to recognise it by. */
    private static String harmless(String typed) {
        String start = typed.length() > 40 ? typed.substring(0, 40) + "..." : typed;
        return start.replaceAll("[^\\x20-\\x7e]", "?").replace('*', '?');
    }

    private static String id(RequestId request) {
        return Mrkdwn.code(request.value());
    }

    private static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.value());
    }
}
