package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.text.BidiIsolation;
import dev.bastion.access.troubleshooting.DiagnosisResult;
import dev.bastion.access.troubleshooting.EnvironmentDiagnosis;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer to {@code /bastion doctor}: first what is so, then each finding with its remedy, gravest first. */
public final class DiagnosisMessage {
    private static final int MOST_SECTIONS = 8;
    private static final int MOST_SUBJECTS = 12;
    /** The longest meaning and the longest remedy, escaped, so that a finding fits into one section. */
    private static final int LONGEST = 1_200;

    private DiagnosisMessage() {}

    public static SlackMessage of(DiagnosisResult result) {
        return switch (result) {
            case DiagnosisResult.Found(var diagnosis) -> of(diagnosis);
            case DiagnosisResult.UnknownEnvironment(var refusal) -> SlackMessage.of(ErrorText.of(refusal));
            case DiagnosisResult.TooSoon(var pause) ->
                SlackMessage.of(
                        "Each diagnosis calls AWS, and the last one for you was a moment ago. Please ask again in "
                                + HumanDuration.of(pause.plus(Duration.ofSeconds(1))) + ".");
        };
    }

    private static SlackMessage of(EnvironmentDiagnosis diagnosis) {
        String headline = headline(diagnosis);
        List<LayoutBlock> blocks = new ArrayList<>();
        Optional<Finding> cause = diagnosis.cause();
        blocks.add(Blocks.section(headline + cause.map(DiagnosisMessage::remedy).orElse("")));
        blocks.addAll(Blocks.lines(
                diagnosis.findings().stream()
                        .filter(finding -> !finding.is(Finding.Status.OK) && !cause.equals(Optional.of(finding)))
                        .map(DiagnosisMessage::line)
                        .toList(),
                MOST_SECTIONS));
        context(diagnosis).ifPresent(text -> blocks.add(Blocks.context(text)));
        return new SlackMessage(headline, blocks);
    }

    private static String headline(EnvironmentDiagnosis diagnosis) {
        String name = Mrkdwn.bold(diagnosis.environment().title());
        Optional<Finding> cause = diagnosis.cause();
        if (cause.isPresent()) {
            String how =
                    cause.get().is(Finding.Status.PROBLEM) ? "🔴 " + name + " has a problem: " : "🟠 " + name + ": ";
            return how + text(cause.get().meaning()) + ".";
        }
        if (!diagnosis.with(Finding.Status.UNKNOWN).isEmpty()) {
            return "⚪ I found nothing wrong with " + name + ", but I could not check everything.";
        }
        return diagnosis
                .grant()
                .map(grant -> "🟢 " + name + " is fine: " + since(diagnosis, grant))
                .orElseGet(() -> "🟢 " + name + " is fine: it is closed, and no bastion is left.");
    }

    private static String since(EnvironmentDiagnosis diagnosis, Grant grant) {
        return diagnosis
                        .readySince()
                        .map(at -> "ready since " + Mrkdwn.moment(at) + ", ")
                        .orElse("")
                + "open until " + Mrkdwn.moment(grant.expiresAt()) + ".";
    }

    private static String line(Finding finding) {
        String sign = switch (finding.status()) {
            case PROBLEM -> "🔴 ";
            case WARNING -> "🟠 ";
            case UNKNOWN -> "⚪ ";
            case OK -> "🟢 ";
        };
        return sign + Mrkdwn.bold(finding.area().title() + ", " + finding.subject()) + ": " + text(finding.meaning())
                + "." + remedy(finding);
    }

    private static String remedy(Finding finding) {
        return finding.remedy().isEmpty() ? "" : " _To do:_ " + text(finding.remedy()) + ".";
    }

    /** The parts that are in order, in brief, and CI's last run. */
    private static Optional<String> context(EnvironmentDiagnosis diagnosis) {
        String fine = diagnosis.with(Finding.Status.OK).stream()
                .map(finding -> Mrkdwn.escape(finding.subject()))
                .distinct()
                .limit(MOST_SUBJECTS)
                .collect(Collectors.joining(", "));
        String run = diagnosis.run().map(at -> Mrkdwn.link(at, "CI's last run")).orElse("");
        String all = (fine.isEmpty() ? "" : "In order: " + fine) + (fine.isEmpty() || run.isEmpty() ? "" : " · ") + run;
        return Optional.of(all).filter(text -> !text.isEmpty());
    }

    /** One line: a value of another system must not look like a line of ours. */
    private static String text(String foreign) {
        String line = foreign.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
        return BidiIsolation.isolate(Mrkdwn.fitting(line, LONGEST));
    }
}
