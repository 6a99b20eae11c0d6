package dev.bastion.slack.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link SetupProblem}s that stand, one for each subject. Each is logged once. While one stands, calls that need its
 * subject fail here, and one a minute is let through to see whether it is repaired.
 */
final class SetupProblems {
    private static final Logger LOG = LoggerFactory.getLogger(SetupProblems.class);
    static final Duration RECHECK = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, SetupProblem> standing = new ConcurrentHashMap<>();

    SetupProblems(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws SlackFailure of kind REFUSED when one of these subjects was refused within the last minute */
    void pass(List<String> subjects) {
        Instant now = clock.instant();
        for (String subject : subjects) {
            Optional<SetupProblem> problem = Optional.ofNullable(standing.get(subject));
            if (problem.isPresent() && now.isBefore(problem.get().seenAt().plus(RECHECK))) {
                throw problem.get().failure();
            }
        }
    }

    SlackFailure refused(String subject, String method, String error, String remedy) {
        SetupProblem problem = new SetupProblem(subject, method, error, remedy, clock.instant());
        Optional<SetupProblem> before = Optional.ofNullable(standing.put(subject, problem));
        if (before.filter(problem::isSameAs).isEmpty()) {
            LOG.atError()
                    .addKeyValue("subject", subject)
                    .addKeyValue("method", method)
                    .addKeyValue("error", error)
                    .addKeyValue("remedy", remedy)
                    .log("slack.setup.refused");
        }
        return problem.failure();
    }

    /** @param begunAt when the call began; one that began before a refusal proves nothing about it */
    void worked(List<String> subjects, Instant begunAt) {
        for (String subject : subjects) {
            Optional<SetupProblem> repaired = Optional.ofNullable(standing.get(subject))
                    .filter(problem -> !problem.seenAt().isAfter(begunAt));
            if (repaired.isPresent() && standing.remove(subject, repaired.get())) {
                LOG.atInfo().addKeyValue("subject", subject).log("slack.setup.repaired");
            }
        }
    }

    boolean stands(String subject) {
        return standing.containsKey(subject);
    }

    /** The channels that were refused. */
    List<String> channels() {
        return standing.keySet().stream()
                .flatMap(subject -> WebApiCalls.channelIn(subject).stream())
                .sorted()
                .toList();
    }

    /** One line each, with what to do; empty while there is none. */
    List<String> lines() {
        return standing.values().stream().map(SetupProblem::line).sorted().toList();
    }
}
