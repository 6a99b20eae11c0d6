package dev.bastion.access.reconcile;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The daily reminder of break-glass access, open or over: one private message to each approver, until it is approved.
 */
public final class RemindOfBreakGlass {
    /** The time of day, UTC, from which the day's message is sent. */
    static final Duration HOUR_OF_DAY = Duration.ofHours(8);

    private final Notifier notifier;
    private final InstantSource clock;

    public RemindOfBreakGlass(Notifier notifier, InstantSource clock) {
        this.notifier = notifier;
        this.clock = clock;
    }

    /** Repeating it on the same day changes nothing. */
    public void remind(LedgerSnapshot snapshot, FailureCollector failures) {
        var day =
                clock.instant().minus(HOUR_OF_DAY).truncatedTo(ChronoUnit.DAYS).plus(HOUR_OF_DAY);
        // the day's own access was asked about when it opened
        var unanswered = snapshot.breakGlassWithoutApproval().stream()
                .filter(grant -> grant.createdAt().isBefore(day))
                .toList();
        byApprover(snapshot, unanswered, failures)
                .forEach((approver, grants) -> remind(approver, grants, day, failures));
    }

    private void remind(Person approver, List<Grant> grants, Instant day, FailureCollector failures) {
        failures.attempt(
                "break_glass.remind.failed",
                Map.of("approver", approver.id()),
                () -> notifier.remindOfBreakGlass(approver, grants, day));
    }

    private static Map<Person, List<Grant>> byApprover(
            LedgerSnapshot snapshot, List<Grant> unanswered, FailureCollector failures) {
        Map<Person, List<Grant>> all = new LinkedHashMap<>();
        for (var grant : unanswered) {
            failures.attempt(
                    "break_glass.remind.failed",
                    WorkContext.about(grant),
                    () -> snapshot.policy()
                            .approversOf(grant.environment(), List.of(grant.holder()))
                            .forEach(person -> all.computeIfAbsent(person, _ -> new ArrayList<>())
                                    .add(grant)));
        }
        return all;
    }
}
