package dev.bastion.ledger.entry;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commit message of an observation, which changes no file: a subject, one paragraph for people, and the trailer block. {@link
 * ObservationMessageParser} reads it back; readers of older versions see an unknown action and ignore it.
 */
public final class ObservationMessage {
    static final String OBSERVED_AT = "Observed-At";
    static final String INSTANCE = "Instance";
    static final String ACCOUNT = "Account";
    static final String REGION = "Region";
    static final String IMAGE = "Image";
    static final String AFTER_OPENING = "After-Opening";
    static final String LAST_SEEN_AT = "Last-Seen-At";
    static final String GONE_BY = "Gone-By";
    static final String APPLY = "apply";
    static final String SERVICE = "service";
    static final String PLATFORM = "platform";
    static final String UNKNOWN = "unknown";
    static final String SESSION = "Session";
    static final String SESSIONS_TOTAL = "Sessions-Total";
    static final String COMPLETE = "Complete";
    static final String YES = "yes";
    static final String NO = "no";
    static final String APPROVES_HEAD = "Approves-Head";
    static final String IN_SLACK_AT = " in Slack at ";
    static final String DENIED_BY = "Denied-By";
    static final String WORDS = "Words";
    static final String PROPOSED_HEAD = "Proposed-Head";
    static final String REFUSED_FOR = "Refused-For";

    private ObservationMessage() {}

    /** The complete message, terminated by a newline. */
    public static String of(Observation observation) {
        Observation.Subject subject = observation.subject();
        String title = "bastion(" + subject.environment() + "): " + OneLine.of(title(observation));
        return title + "\n\n" + OneLine.of(paragraph(observation)) + "\n\n" + trailers(observation);
    }

    private static String title(Observation observation) {
        String name = observation.subject().person().name();
        return switch (observation) {
            case Observation.Ready ready -> "ready for " + name + " after " + lengthText(ready.afterOpening());
            case Observation.Gone _ -> "gone after access of " + name;
            case Observation.Sessions sessions -> "sessions in access of " + name + ": " + sessions.total();
            case Observation.Approved _ -> "approve request of " + name;
            case Observation.Denied _ -> "deny request of " + name;
            case Observation.Lapsed _ -> "lapse of request of " + name;
            case Observation.Withdrawn _ -> "withdraw request of " + name;
            case Observation.Refused _ -> "refuse request of " + name;
        };
    }

    private static String paragraph(Observation observation) {
        Observation.Subject subject = observation.subject();
        String name = subject.person().name();
        String request = name + "'s request for " + subject.environment();
        String bastion = "The bastion of " + name + "'s access to " + subject.environment();
        return switch (observation) {
            case Observation.Ready ready -> bastion + " was observed online first at " + ready.at();
            case Observation.Gone gone -> bastion + " was observed absent first at " + gone.at() + lastSeenText(gone);
            case Observation.Sessions sessions ->
                sessions.total() + " connections to the bastion of " + name + "'s access to " + subject.environment()
                        + (sessions.isComplete() ? "" : "; the list is not complete");
            case Observation.Approved approved -> approved.by().name() + " approved " + request + " in Slack";
            case Observation.Denied denied ->
                deniedBy(denied).orElse("A person") + " denied " + request
                        + (denied.words().isEmpty() ? "" : ": \"" + denied.words() + "\"");
            case Observation.Lapsed _ -> request + " was not approved in time";
            case Observation.Withdrawn _ -> name + " withdrew the request for " + subject.environment();
            case Observation.Refused refused -> "The policy refused " + request + ": " + refused.why();
        };
    }

    private static String lastSeenText(Observation.Gone gone) {
        return gone.lastSeen()
                .map(at -> "; it was seen last at " + at)
                .orElse("; the ledger does not know when it was seen last");
    }

    private static Optional<String> deniedBy(Observation.Denied denied) {
        return denied.by()
                .map(Person::name)
                .or(() -> Optional.of(denied.login()).filter(login -> !login.isEmpty()));
    }

    private static String lengthText(Duration length) {
        return length.isZero() ? "0s" : GrantDuration.format(length);
    }

    private static Trailers trailers(Observation observation) {
        Observation.Subject subject = observation.subject();
        List<Trailer> all = new ArrayList<>();
        all.add(new Trailer(CommitMessage.ACTION, observation.kind().word()));
        all.add(new Trailer(CommitMessage.ENVIRONMENT, subject.environment().value()));
        all.add(new Trailer(CommitMessage.REQUEST, subject.request().value()));
        all.add(new Trailer(CommitMessage.HOLDER, CommitMessage.personText(subject.person())));
        all.add(new Trailer(OBSERVED_AT, observation.at().toString()));
        switch (observation) {
            case Observation.Ready ready -> add(ready, all);
            case Observation.Gone gone -> add(gone, all);
            case Observation.Sessions sessions -> add(sessions, all);
            case Observation.Approved approved -> add(approved, all);
            case Observation.Denied denied -> add(denied, all);
            case Observation.Lapsed lapsed -> add(lapsed.proposal(), all);
            case Observation.Withdrawn withdrawn -> add(withdrawn.proposal(), all);
            case Observation.Refused refused -> add(refused, all);
        }
        return new Trailers(all);
    }

    private static void add(Observation.Ready ready, List<Trailer> all) {
        add(ready.instance(), all);
        all.add(new Trailer(AFTER_OPENING, "PT" + ready.afterOpening().toSeconds() + "S"));
    }

    private static void add(Observation.Gone gone, List<Trailer> all) {
        gone.instance().ifPresent(instance -> add(instance, all));
        gone.lastSeen().map(Instant::toString).ifPresent(at -> all.add(new Trailer(LAST_SEEN_AT, at)));
        all.add(new Trailer(GONE_BY, goneBy(gone.source())));
    }

    private static String goneBy(GoneSource source) {
        return switch (source) {
            case GoneSource.Apply(var run) ->
                (APPLY + " " + run.map(URI::toString).orElse("")).strip();
            case GoneSource.Service _ -> SERVICE;
            case GoneSource.Platform(String reason) -> (PLATFORM + " " + reason).strip();
            case GoneSource.Unknown _ -> UNKNOWN;
        };
    }

    private static void add(Instance instance, List<Trailer> all) {
        all.add(new Trailer(INSTANCE, instance.id()));
        instance.account().ifPresent(account -> all.add(new Trailer(ACCOUNT, account)));
        instance.region().ifPresent(region -> all.add(new Trailer(REGION, region)));
        instance.image().ifPresent(image -> all.add(new Trailer(IMAGE, image)));
    }

    private static void add(Observation.Sessions sessions, List<Trailer> all) {
        sessions.sessions().forEach(session -> all.add(new Trailer(SESSION, sessionText(session))));
        all.add(new Trailer(SESSIONS_TOTAL, Integer.toString(sessions.total())));
        all.add(new Trailer(COMPLETE, sessions.isComplete() ? YES : NO));
    }

    private static String sessionText(Session session) {
        return session.principal() + " from " + session.from()
                + session.to().map(at -> " to " + at).orElse("")
                + session.document().map(name -> " document " + name).orElse("");
    }

    private static void add(Observation.Approved approved, List<Trailer> all) {
        String text = CommitMessage.personText(approved.by()) + IN_SLACK_AT + approved.at();
        all.add(new Trailer(CommitMessage.APPROVED_BY, text));
        CommitMessage.add(approved.by(), approved.memberships(), all);
        all.add(new Trailer(APPROVES_HEAD, approved.head().value()));
        add(approved.proposal(), all);
    }

    private static void add(Observation.Denied denied, List<Trailer> all) {
        String person = denied.by().map(CommitMessage::personText).orElse("");
        String login = denied.login().isEmpty() ? "" : " (" + denied.login() + ")";
        addText(DENIED_BY, (person + login).strip(), all);
        addText(WORDS, denied.words(), all);
        add(denied.proposal(), all);
    }

    private static void add(Observation.Refused refused, List<Trailer> all) {
        addText(REFUSED_FOR, refused.why(), all);
        refused.proposal().ifPresent(proposal -> add(proposal, all));
    }

    private static void add(Observation.PullRequest proposal, List<Trailer> all) {
        proposal.page().ifPresent(page -> all.add(new Trailer(CommitMessage.PROPOSED_IN, page.toString())));
        proposal.head().ifPresent(head -> all.add(new Trailer(PROPOSED_HEAD, head.value())));
    }

    private static void addText(String key, String text, List<Trailer> all) {
        if (!text.isEmpty()) {
            all.add(new Trailer(key, text));
        }
    }
}
