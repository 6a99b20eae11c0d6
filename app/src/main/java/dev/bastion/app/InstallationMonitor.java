package dev.bastion.app;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.app.diagnosis.PlanRoleTrust;
import dev.bastion.slack.notify.ChannelAlarm;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The monitor of the installation: what {@code bastion doctor} would say, in the log, as metrics, on the readiness page and,
 * where it is grave, in the channel. Each finding is reported once, and again only after it had gone. A problem does not
 * make the service unready: a restart would stop the process that can still tell people.
 */
final class InstallationMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(InstallationMonitor.class);

    private final Supplier<Diagnosis> checks;
    private final AlarmRecorder alarms;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Diagnosis last = Diagnosis.EMPTY;

    /**
     * @param checks looks, and throws nothing
     */
    InstallationMonitor(Supplier<Diagnosis> checks, AlarmRecorder alarms, MeterRegistry metrics) {
        this.checks = checks;
        this.alarms = alarms;
        for (Area area : Area.values()) {
            for (Finding.Status status : Finding.Status.values()) {
                metrics.gauge(
                        "bastion.installation.findings",
                        Tags.of("area", area.title(), "status", status.name().toLowerCase(Locale.ROOT)),
                        this,
                        monitor -> monitor.last.count(area, status));
            }
        }
        metrics.gauge(
                "bastion.github.problems", this, monitor -> monitor.last.count(Area.GITHUB, Finding.Status.PROBLEM));
    }

    /**
     * Looks, at start and periodically, because a person may change a setting anywhere; returns at once while one
     * looks.
     */
    void look() {
        if (looking.tryLock()) {
            try {
                report(checks.get().after(last));
            } finally {
                looking.unlock();
            }
        }
    }

    private void report(Diagnosis now) {
        Diagnosis before = last;
        last = now;
        List<Finding> added = now.findings().stream()
                .filter(finding -> !finding.is(Finding.Status.OK))
                .filter(finding -> !before.findings().contains(finding))
                .toList();
        added.stream()
                .filter(finding -> !isGrave(finding))
                .forEach(finding -> log(finding)
                        .log("installation." + finding.status().name().toLowerCase(Locale.ROOT)));
        before.findings().stream()
                .filter(Finding::needsAttention)
                .filter(finding -> !now.findings().contains(finding))
                .forEach(finding -> LOG.atInfo()
                        .addKeyValue("area", finding.area().title())
                        .addKeyValue("what", finding.subject() + ": " + finding.meaning())
                        .log("installation.resolved"));
        List<Finding> grave =
                added.stream().filter(InstallationMonitor::isGrave).toList();
        grave.forEach(finding -> alarms.raise(
                new ChannelAlarm(AlarmKind.INSTALLATION_PROBLEM, causeOf(finding), alarm(finding)), fields(finding)));
        if (!now.isIncomplete() && !now.findings().equals(before.findings())) {
            alarms.resolveOthers(
                    AlarmKind.INSTALLATION_PROBLEM,
                    now.findings().stream()
                            .filter(InstallationMonitor::isGrave)
                            .map(InstallationMonitor::causeOf)
                            .collect(Collectors.toSet()));
        }
    }

    /** The same in every process. */
    private static String causeOf(Finding finding) {
        return finding.area() + " " + finding.subject() + " " + finding.meaning();
    }

    private static LoggingEventBuilder log(Finding finding) {
        Level level = finding.is(Finding.Status.PROBLEM) ? Level.ERROR : Level.WARN;
        LoggingEventBuilder line = LOG.atLevel(level);
        for (Map.Entry<String, String> field : fields(finding).entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        return line;
    }

    private static Map<String, String> fields(Finding finding) {
        return Map.of(
                "area", finding.area().title(),
                "subject", finding.subject(),
                "what", finding.meaning(),
                "remedy", finding.remedy());
    }

    /**
     * Whether the channel is told: the finding refuses the service's work, or opens access to the wrong people. Problems of
     * the ledger's files, of the signing key and of Slack have alarms of their own.
     */
    private static boolean isGrave(Finding finding) {
        return finding.is(Finding.Status.PROBLEM)
                && switch (finding.area()) {
                    case GITHUB, AWS -> true;
                    case CI -> finding.subject().equals(PlanRoleTrust.SUBJECT);
                    case SETTINGS, SLACK, LEDGER, DATABASE -> false;
                };
    }

    private static String alarm(Finding finding) {
        return "The installation has a problem (`bastion doctor` lists all): " + titled(finding) + ".";
    }

    /** What is wrong or unknown at GitHub, one line each; empty before the first look. */
    List<String> ofGithub() {
        return last.findings().stream()
                .filter(finding -> finding.area() == Area.GITHUB && !finding.is(Finding.Status.OK))
                .map(finding -> finding.meaning() + ". To fix it: " + finding.remedy())
                .toList();
    }

    /** The same of everything else. */
    List<String> ofTheRest() {
        return last.findings().stream()
                .filter(finding -> finding.area() != Area.GITHUB && !finding.is(Finding.Status.OK))
                .map(InstallationMonitor::titled)
                .toList();
    }

    private static String titled(Finding finding) {
        return finding.area().title() + ", " + finding.line();
    }
}
