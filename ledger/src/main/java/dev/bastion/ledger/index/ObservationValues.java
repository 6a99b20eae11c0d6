package dev.bastion.ledger.index;

import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Observation.Subject;
import dev.bastion.access.observation.Session;
import java.time.Instant;

/** Observations in an index. */
public final class ObservationValues {
    private ObservationValues() {}

    public static void write(Observation observation, IndexOutput out) {
        out.number(kindOf(observation));
        out.environment(observation.subject().environment());
        out.request(observation.subject().request());
        out.person(observation.subject().person());
        out.moment(observation.at());
        switch (observation) {
            case Observation.Ready ready -> {
                write(ready.instance(), out);
                GrantValues.write(ready.afterOpening(), out);
            }
            case Observation.Gone gone -> {
                out.optional(gone.instance(), instance -> write(instance, out));
                out.optional(gone.lastSeen(), out::moment);
                write(gone.source(), out);
            }
            case Observation.Sessions sessions -> {
                out.list(sessions.sessions(), session -> write(session, out));
                out.number(sessions.total());
                out.flag(sessions.isComplete());
            }
            case Observation.Approved approved -> {
                out.person(approved.by());
                out.commit(approved.head());
                write(approved.proposal(), out);
                out.list(approved.memberships(), membership -> GrantValues.write(membership, out));
            }
            case Observation.Denied denied -> {
                out.optional(denied.by(), out::person);
                out.name(denied.login());
                out.text(denied.words());
                write(denied.proposal(), out);
            }
            case Observation.Lapsed lapsed -> write(lapsed.proposal(), out);
            case Observation.Withdrawn withdrawn -> write(withdrawn.proposal(), out);
            case Observation.Refused refused -> {
                out.text(refused.why());
                out.optional(refused.proposal(), proposal -> write(proposal, out));
            }
        }
    }

    private static int kindOf(Observation observation) {
        return switch (observation) {
            case Observation.Ready _ -> 0;
            case Observation.Gone _ -> 1;
            case Observation.Sessions _ -> 2;
            case Observation.Approved _ -> 3;
            case Observation.Denied _ -> 4;
            case Observation.Lapsed _ -> 5;
            case Observation.Withdrawn _ -> 6;
            case Observation.Refused _ -> 7;
        };
    }

    public static Observation read(IndexInput in) {
        int kind = in.count();
        Subject subject = new Subject(in.environment(), in.request(), in.person());
        Instant at = in.moment();
        return switch (kind) {
            case 0 -> new Observation.Ready(subject, at, readInstance(in), GrantValues.readDuration(in));
            case 1 ->
                new Observation.Gone(
                        subject,
                        at,
                        in.optional(ObservationValues::readInstance),
                        in.optional(IndexInput::moment),
                        readSource(in));
            case 2 ->
                new Observation.Sessions(subject, at, in.list(ObservationValues::readSession), in.count(), in.flag());
            case 3 ->
                new Observation.Approved(
                        subject, at, in.person(), in.commit(), readProposal(in), in.list(GrantValues::readMembership));
            case 4 ->
                new Observation.Denied(
                        subject, at, in.optional(IndexInput::person), in.name(), in.text(), readProposal(in));
            case 5 -> new Observation.Lapsed(subject, at, readProposal(in));
            case 6 -> new Observation.Withdrawn(subject, at, readProposal(in));
            case 7 -> new Observation.Refused(subject, at, in.text(), in.optional(ObservationValues::readProposal));
            default -> throw new InvalidIndex("an observation is of no known kind");
        };
    }

    private static void write(Instance instance, IndexOutput out) {
        out.text(instance.id());
        out.optional(instance.account(), out::name);
        out.optional(instance.region(), out::name);
        out.optional(instance.image(), out::name);
    }

    private static Instance readInstance(IndexInput in) {
        return new Instance(
                in.text(), in.optional(IndexInput::name), in.optional(IndexInput::name), in.optional(IndexInput::name));
    }

    private static void write(GoneSource source, IndexOutput out) {
        switch (source) {
            case GoneSource.Apply(var run) -> {
                out.number(0);
                out.optional(run, page -> out.text(page.toString()));
            }
            case GoneSource.Service _ -> out.number(1);
            case GoneSource.Platform(var reason) -> {
                out.number(2);
                out.name(reason);
            }
            case GoneSource.Unknown _ -> out.number(3);
        }
    }

    private static GoneSource readSource(IndexInput in) {
        return switch (in.count()) {
            case 0 -> new GoneSource.Apply(in.optional(IndexInput::page));
            case 1 -> new GoneSource.Service();
            case 2 -> new GoneSource.Platform(in.name());
            case 3 -> new GoneSource.Unknown();
            default -> throw new InvalidIndex("the source of an end is of no known kind");
        };
    }

    private static void write(Session session, IndexOutput out) {
        out.name(session.principal());
        out.moment(session.from());
        out.optional(session.to(), out::moment);
        out.optional(session.document(), out::name);
    }

    private static Session readSession(IndexInput in) {
        return new Session(in.name(), in.moment(), in.optional(IndexInput::moment), in.optional(IndexInput::name));
    }

    private static void write(Observation.PullRequest proposal, IndexOutput out) {
        out.optional(proposal.page(), page -> out.text(page.toString()));
        out.optional(proposal.head(), out::commit);
    }

    private static Observation.PullRequest readProposal(IndexInput in) {
        return new Observation.PullRequest(in.optional(IndexInput::page), in.optional(IndexInput::commit));
    }
}
