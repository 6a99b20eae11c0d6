package dev.bastion.access.audience;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.ExternalAudience.Scheme;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.rules.AudienceAnswer;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.SnapshotPart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reads of external audiences, in threads of their own. Each system has its own reads, so that one that hangs delays no other.
 * An answer holds for a minute at most; what is refused for good, like a team that was deleted, has no answer at once.
 */
public final class AudienceReads {
    private static final Duration READ_EVERY = Duration.ofSeconds(20);
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private final AudienceDirectory directory;
    private final BooleanSupplier isSigned;
    private final InstantSource clock;
    private final Map<Scheme, AnswersPart<ExternalAudience, Reply>> parts = new EnumMap<>(Scheme.class);
    private volatile Set<ExternalAudience> wanted = Set.of();

    /** What a system said when it was asked. */
    private sealed interface Reply {
        record Listed(AudienceListing listing) implements Reply {}

        record Refused(Fault.Refused fault) implements Reply {}
    }

    /** @param isSigned whether entries are signed: an answer that anybody could write into an entry proves nothing later */
    public AudienceReads(
            AudienceDirectory directory,
            BooleanSupplier isSigned,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.directory = directory;
        this.isSigned = isSigned;
        this.clock = clock;
        for (Scheme scheme : Scheme.values()) {
            SnapshotPart.Schedule schedule =
                    new SnapshotPart.Schedule("audiences of " + scheme.system(), systemOf(scheme), READ_EVERY, BUDGET);
            parts.put(scheme, new AnswersPart<>(schedule, this::ask, threads, log, clock));
        }
    }

    /** The system that keeps audiences of this kind. */
    public static ExternalSystem systemOf(Scheme scheme) {
        return switch (scheme) {
            case GITHUB_TEAM -> ExternalSystem.GITHUB;
            case SLACK_GROUP -> ExternalSystem.SLACK;
            case ON_CALL -> ExternalSystem.PAGERDUTY;
        };
    }

    private Reply ask(ExternalAudience audience) {
        try {
            return new Reply.Listed(directory.list(audience));
        } catch (CallFailed e) {
            if (e.fault() instanceof Fault.Refused refused) {
                return new Reply.Refused(refused);
            }
            throw e;
        }
    }

    /**
     * Starts the reads that are due; waits for none.
     *
     * @param audiences those that the policy names now
     */
    public void refresh(Set<ExternalAudience> audiences) {
        wanted = Set.copyOf(audiences);
        if (!isSigned.getAsBoolean()) {
            return;
        }
        parts.forEach((scheme, part) -> {
            part.want(audiences.stream()
                    .filter(audience -> audience.scheme() == scheme)
                    .collect(Collectors.toSet()));
            part.refreshIfDue();
        });
    }

    /** The answers that hold now. */
    public AudienceAnswers answers() {
        Instant now = clock.instant();
        return new AudienceAnswers(
                wanted.stream().collect(Collectors.toMap(Function.identity(), audience -> answer(audience, now))));
    }

    private AudienceAnswer answer(ExternalAudience audience, Instant now) {
        if (!isSigned.getAsBoolean()) {
            return new AudienceAnswer.Missing(Optional.of(unsigned()));
        }
        return reply(audience)
                .map(reply -> switch (reply) {
                    case Reply.Listed(var listing) -> listing.answerAt(now);
                    case Reply.Refused(var fault) -> new AudienceAnswer.Missing(Optional.of(fault));
                })
                .orElseGet(() -> new AudienceAnswer.Missing(Optional.empty()));
    }

    private Optional<Reply> reply(ExternalAudience audience) {
        return Optional.ofNullable(parts.get(audience.scheme()))
                .flatMap(part -> part.answer(audience))
                .map(Reading::value);
    }

    /** Why nobody belongs to an external audience of a ledger whose entries are not signed. */
    public static Fault.Refused unsigned() {
        return new Fault.Refused(
                ExternalSystem.SIGNING_KEY,
                "recording who is in an external audience",
                "entries are not signed, so everyone who may push could write such a record",
                "set signing.key_file or signing.kms_key");
    }

    /** What is wrong now, a line for each system and audience; empty while the policy names none. */
    public List<String> problems() {
        if (!wanted.isEmpty() && !isSigned.getAsBoolean()) {
            return List.of(unsigned().line());
        }
        Stream<String> faults = Arrays.stream(Scheme.values())
                .flatMap(scheme -> Optional.ofNullable(parts.get(scheme)).stream())
                .flatMap(part -> part.fault().stream());
        Instant now = clock.instant();
        Stream<String> missing = wanted.stream().sorted().flatMap(audience -> problem(audience, now).stream());
        return Stream.concat(faults, missing).toList();
    }

    private Optional<String> problem(ExternalAudience audience, Instant now) {
        return switch (answer(audience, now)) {
            case AudienceAnswer.Members _ -> Optional.empty();
            case AudienceAnswer.Missing(var fault) ->
                Optional.of(audience + ": "
                        + fault.map(Fault::line)
                                .orElse(audience.scheme().system() + " has not answered within a minute who is in it"));
        };
    }
}
