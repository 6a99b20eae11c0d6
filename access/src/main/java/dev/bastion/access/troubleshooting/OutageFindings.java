package dev.bastion.access.troubleshooting;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The findings of systems that do not take the service's calls. */
final class OutageFindings {
    private static final int MOST = 3;

    private OutageFindings() {}

    static Finding of(Outage outage) {
        Area area = outage.fault().system() == ExternalSystem.GITHUB ? Area.GITHUB : Area.LEDGER;
        String subject = outage.fault().system().title();
        return outage.fault() instanceof Fault.Refused refused
                ? Finding.problem(
                        area,
                        subject,
                        subject + " refuses the service's calls: " + refused.answered(),
                        refused.remedy())
                : Finding.unknown(
                        area,
                        subject,
                        unpunctuated(FaultText.asOf(outage).in(Markup.PLAIN)),
                        "wait; what is shown is older. Grants end as soon as " + subject + " answers");
    }

    /** @param readAt when git answered last */
    static Finding silentGit(Optional<Instant> readAt) {
        return of(new Outage(new Fault.Later(ExternalSystem.GIT, "reading the ledger", "no answer in time"), readAt));
    }

    private static String unpunctuated(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** @param refusals what Slack refuses for good, a line each */
    static List<Finding> ofSlack(List<String> refusals) {
        return refusals.stream()
                .limit(MOST)
                .map(line -> Finding.warning(
                        Area.SLACK,
                        "messages",
                        line + ", so people may not have read it",
                        "run bastion doctor where the service runs; it names the setting"))
                .toList();
    }
}
