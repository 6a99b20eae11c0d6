package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.PolicyVerdict;
import dev.bastion.access.policy.Violation;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.github.CommitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A verdict as a commit status: its state, and one line that is the same as long as the verdict is. */
final class VerdictText {
    /** GitHub's limit, in characters. */
    private static final int LONGEST = 140;

    private VerdictText() {}

    static CommitStatus.State state(PolicyVerdict verdict) {
        return switch (verdict) {
            case PolicyVerdict.Pass _ -> CommitStatus.State.SUCCESS;
            case PolicyVerdict.Waiting _ -> CommitStatus.State.PENDING;
            case PolicyVerdict.Fail _ -> CommitStatus.State.FAILURE;
        };
    }

    static String of(PolicyVerdict verdict) {
        return cut(
                switch (verdict) {
                    case PolicyVerdict.Pass(var effects) when effects.isEmpty() -> "changes nobody's access";
                    case PolicyVerdict.Pass(var effects) ->
                        all(effects.stream().map(VerdictText::effect).toList());
                    case PolicyVerdict.Waiting(var reasons) -> waiting(reasons);
                    case PolicyVerdict.Fail(var reasons) -> failing(reasons);
                });
    }

    private static String effect(PolicyVerdict.Effect effect) {
        String by =
                effect.approvals().stream().map(approval -> approval.login()).collect(Collectors.joining(", "));
        return effect.kind().name().toLowerCase(Locale.ROOT) + " " + effect.environment()
                + (by.isEmpty() ? "" : ", approved by " + by);
    }

    private static String waiting(List<PolicyVerdict.Unmet> reasons) {
        return all(reasons.stream()
                .map(unmet -> unmet(unmet.environment(), unmet.what()))
                .toList());
    }

    private static String unmet(EnvironmentName environment, UnmetRequirement what) {
        return switch (what) {
            case UnmetRequirement.Approvals(int given, int needed) ->
                environment + " has " + given + " of " + needed + (needed == 1 ? " approval" : " approvals");
            case UnmetRequirement.OlderCommit(String login, var reviewed) ->
                login + " approved " + reviewed.brief() + ", which is not the head any more";
            case UnmetRequirement.UnknownLogin(String login) -> login + " is not in people.yaml";
            case UnmetRequirement.OwnRequest(var _, String login) -> login + " cannot approve their own access";
            case UnmetRequirement.NotAnApprover(var _, String login) -> login + " is no approver of " + environment;
            case UnmetRequirement.ChangesRequested(String login) -> login + " wants changes";
            case UnmetRequirement.Plan _ -> "the plan of " + environment + " is not there yet";
            case UnmetRequirement.FailedPlan(String said, var _) -> "the plan of " + environment + " failed: " + said;
            case UnmetRequirement.Forge _ -> "the forge holds it back";
        };
    }

    private static String failing(List<Violation> reasons) {
        String count = reasons.size() == 1 ? "" : reasons.size() + " problems: ";
        return count + all(reasons.stream().map(VerdictText::violation).toList());
    }

    private static String violation(Violation violation) {
        return switch (violation) {
            case Violation.Refused(var why) -> RefusalText.of(why);
            case Violation.Faulty(String problem) -> problem;
            case Violation.UnknownHolder(var environment, var holder) ->
                holder.id() + ", who would get " + environment + ", is not in people.yaml";
            case Violation.LastsTooLong(var environment, var length, var longest) ->
                environment + " would be open for " + length(length) + ", longer than " + longest;
            case Violation.IsOver(var environment, var end) ->
                environment + " would have ended at " + end + " already; move its times";
            case Violation.Replaces(var open) ->
                open.environment() + " is open for " + open.holder().name() + "; end that first";
            case Violation.RemovesWhatIsOpen(var open) ->
                open.environment() + " is open for " + open.holder().name() + "; end that before its file goes";
            case Violation.Lapsed(var environment) -> "nobody approved " + environment + " in time";
        };
    }

    private static String length(Duration length) {
        return part(length.toDays(), "d")
                + part(length.toHoursPart(), "h")
                + part(length.toMinutesPart(), "m")
                + part(length.toSecondsPart(), "s");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static String all(List<String> parts) {
        return String.join("; ", parts);
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
