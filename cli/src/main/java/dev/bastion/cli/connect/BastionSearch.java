package dev.bastion.cli.connect;

import dev.bastion.access.grant.BastionObservation.Target;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccess;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalBastion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The search for the one bastion that a person means, by its tags. */
final class BastionSearch {
    private final PersonalAccess access;
    private final InstantSource clock;
    private final ConnectOutput output;
    private final Pause pause;
    private final Duration interval;

    BastionSearch(PersonalAccess access, InstantSource clock, ConnectOutput output, Pause pause, Duration interval) {
        this.access = access;
        this.clock = clock;
        this.output = output;
        this.pause = pause;
        this.interval = interval;
    }

    /**
     * The bastion, running. Waits for it as the request says.
     *
     * @throws ConnectRefused when there is none, there are several, or its grant has ended
     */
    PersonalBastion find(ConnectRequest request, Instant deadline) {
        boolean isTold = false;
        while (true) {
            Optional<PersonalBastion> found = one(request);
            if (found.filter(PersonalBastion::isRunning).isPresent()) {
                return toTarget(found.get(), request);
            }
            boolean mayWait = found.isPresent() || request.waitsForOpening();
            if (!mayWait || !clock.instant().isBefore(deadline)) {
                throw found.isPresent() ? starting(request.environment(), found.get()) : none(request);
            }
            if (!isTold) {
                output.waiting(found.map(bastion -> bastion.instance() + " starts")
                        .orElse(request.environment() + " has no bastion yet"));
                isTold = true;
            }
            pause.until(interval);
        }
    }

    /** The bastion, which leads to the database that the person means; one database alone needs no name. */
    private static PersonalBastion toTarget(PersonalBastion bastion, ConnectRequest request) {
        List<Target> targets = bastion.connection().targets();
        if (request.target().isEmpty() && targets.size() < 2) {
            return bastion;
        }
        Target meant = targets.stream()
                .filter(target -> request.target().filter(target.name()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> noTarget(targets, request));
        return new PersonalBastion(
                bastion.connection().to(meant), bastion.isRunning(), bastion.holder(), bastion.expiresAt());
    }

    private static ConnectRefused noTarget(List<Target> targets, ConnectRequest request) {
        String names = targets.stream().map(Target::name).collect(Collectors.joining(", "));
        String wanted =
                request.target().map(name -> ", and none is called " + name).orElse("");
        return targets.isEmpty()
                ? new ConnectRefused(
                        ExitCode.MISCONFIGURED,
                        "The bastion of " + request.environment() + " leads to one database.",
                        "leave out --target")
                : new ConnectRefused(
                        ExitCode.MISCONFIGURED,
                        "The bastion of " + request.environment() + " leads to several databases" + wanted + ": "
                                + names + ".",
                        "add --target with one of these names");
    }

    private Optional<PersonalBastion> one(ConnectRequest request) {
        List<PersonalBastion> found = access.bastionsOf(request.environment()).stream()
                .filter(bastion ->
                        request.instance().map(bastion.instance()::equals).orElse(true))
                .toList();
        Instant now = clock.instant();
        List<PersonalBastion> current =
                found.stream().filter(bastion -> !bastion.hasExpired(now)).toList();
        if (current.isEmpty() && !found.isEmpty()) {
            throw expired(request.environment(), found.getFirst());
        }
        if (current.size() > 1) {
            throw several(request.environment(), current);
        }
        return current.stream().findFirst();
    }

    private ConnectRefused none(ConnectRequest request) {
        return new ConnectRefused(
                ExitCode.NO_BASTION,
                request.environment()
                        + request.instance()
                                .map(id -> " has no running bastion " + id)
                                .orElse(" has no running bastion")
                        + " in " + access.region() + account() + ".",
                "run `/bastion create " + request.environment()
                        + "` in Slack; while CI still applies it, add --wait 5m;"
                        + " if it is elsewhere, add --region or --profile");
    }

    private String account() {
        try {
            return " of " + access.identity();
        } catch (PersonalAccessFailed _) {
            return "";
        }
    }

    private static ConnectRefused starting(EnvironmentName environment, PersonalBastion bastion) {
        return new ConnectRefused(
                ExitCode.TRY_AGAIN,
                "The bastion of " + environment + ", " + bastion.instance() + ", still starts.",
                "wait longer: --wait 5m");
    }

    private static ConnectRefused expired(EnvironmentName environment, PersonalBastion bastion) {
        return new ConnectRefused(
                ExitCode.NO_BASTION,
                "The grant of " + environment + holder(bastion) + " has ended"
                        + bastion.expiresAt().map(end -> " at " + end).orElse("") + ".",
                "run `/bastion create " + environment + "` in Slack to request access again");
    }

    private static ConnectRefused several(EnvironmentName environment, List<PersonalBastion> all) {
        String which = all.stream()
                .map(bastion -> bastion.instance() + holder(bastion))
                .sorted()
                .collect(Collectors.joining(", "));
        return new ConnectRefused(
                ExitCode.NO_BASTION,
                environment + " has several bastions: " + which + ".",
                "choose yours with --instance; an instance that nobody can explain is a case for" + " `/bastion status "
                        + environment + "`");
    }

    private static String holder(PersonalBastion bastion) {
        return bastion.holder().isEmpty() ? "" : " of " + bastion.holder();
    }
}
