package dev.bastion.ledger.index;

import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.observation.Observation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a history says to an auditor, in an index. */
public final class AuditValues {
    private static final List<EndedRequest.Outcome> OUTCOMES =
            Stream.of(EndedRequest.Outcome.values()).toList();

    private AuditValues() {}

    public static <T> void write(Proved<T> proved, IndexOutput out, Consumer<T> fact) {
        fact.accept(proved.fact());
        out.commit(proved.commit());
    }

    public static <T> Proved<T> readProved(IndexInput in, Function<IndexInput, T> fact) {
        return new Proved<>(fact.apply(in), in.commit());
    }

    public static void write(GrantRecord grant, IndexOutput out) {
        out.environment(grant.environment());
        out.request(grant.request());
        out.person(grant.holder());
        GrantValues.write(grant.reason(), out);
        out.flag(grant.isByHand());
        out.moment(grant.requestedAt());
        out.optional(grant.notBefore(), out::moment);
        out.moment(grant.openedAt());
        out.commit(grant.openedBy());
        write(grant.basis(), out, basis -> GrantValues.write(basis, out));
        out.optional(grant.proposal(), page -> out.text(page.toString()));
        out.list(grant.unmet(), out::text);
        out.commit(grant.unmetBy());
        writeExtensions(grant.extensions(), out);
        out.moment(grant.dueAt());
        writeEnding(grant.ending(), out);
        writeSeen(grant.ready(), out);
        writeSeen(grant.gone(), out);
        writeSeen(grant.sessions(), out);
    }

    public static GrantRecord readGrant(IndexInput in) {
        return new GrantRecord(
                in.environment(),
                in.request(),
                in.person(),
                GrantValues.readReason(in),
                in.flag(),
                in.moment(),
                in.optional(IndexInput::moment),
                in.moment(),
                in.commit(),
                readProved(in, GrantValues::readBasis),
                in.optional(IndexInput::page),
                in.list(IndexInput::text),
                in.commit(),
                readExtensions(in),
                in.moment(),
                readEnding(in),
                readSeen(in, Observation.Ready.class),
                readSeen(in, Observation.Gone.class),
                readSeen(in, Observation.Sessions.class));
    }

    public static void writeExtensions(List<Proved<GrantRecord.Extension>> extensions, IndexOutput out) {
        out.list(
                extensions,
                extension -> write(extension, out, move -> {
                    out.person(move.by());
                    out.moment(move.newEnd());
                    out.moment(move.at());
                    out.flag(move.isByHand());
                }));
    }

    public static List<Proved<GrantRecord.Extension>> readExtensions(IndexInput in) {
        return in.list(next -> readProved(next, AuditValues::readExtension));
    }

    private static GrantRecord.Extension readExtension(IndexInput in) {
        return new GrantRecord.Extension(in.person(), in.moment(), in.moment(), in.flag());
    }

    public static void writeEnding(Optional<Proved<GrantRecord.Ending>> ending, IndexOutput out) {
        out.optional(
                ending,
                proved -> write(proved, out, how -> {
                    GrantValues.write(how.end(), out);
                    out.moment(how.at());
                    out.flag(how.isByHand());
                }));
    }

    public static Optional<Proved<GrantRecord.Ending>> readEnding(IndexInput in) {
        return in.optional(next -> readProved(next, AuditValues::readEnd));
    }

    private static GrantRecord.Ending readEnd(IndexInput in) {
        return new GrantRecord.Ending(GrantValues.readEnd(in), in.moment(), in.flag());
    }

    public static <T extends Observation> void writeSeen(Optional<Proved<T>> seen, IndexOutput out) {
        out.optional(seen, proved -> write(proved, out, fact -> ObservationValues.write(fact, out)));
    }

    public static <T extends Observation> Optional<Proved<T>> readSeen(IndexInput in, Class<T> kind) {
        if (!in.flag()) {
            return Optional.empty();
        }
        Observation observation = ObservationValues.read(in);
        if (!kind.isInstance(observation)) {
            throw new InvalidIndex("an observation is of another kind");
        }
        return Optional.of(new Proved<>(kind.cast(observation), in.commit()));
    }

    public static void write(EndedRequest request, IndexOutput out) {
        out.environment(request.environment());
        out.request(request.request());
        out.person(request.requester());
        out.moment(request.at());
        out.number(OUTCOMES.indexOf(request.outcome()));
        out.optional(request.by(), out::person);
        out.name(request.login());
        out.text(request.words());
        out.optional(request.proposal(), page -> out.text(page.toString()));
        out.optional(request.head(), out::commit);
        out.commit(request.commit());
    }

    public static EndedRequest readEndedRequest(IndexInput in) {
        return new EndedRequest(
                in.environment(),
                in.request(),
                in.person(),
                in.moment(),
                readOutcome(in),
                in.optional(IndexInput::person),
                in.name(),
                in.text(),
                in.optional(IndexInput::page),
                in.optional(IndexInput::commit),
                in.commit());
    }

    private static EndedRequest.Outcome readOutcome(IndexInput in) {
        int number = in.count();
        if (number >= OUTCOMES.size()) {
            throw new InvalidIndex("an outcome is of no known kind");
        }
        return OUTCOMES.get(number);
    }

    public static void write(PolicyChange change, IndexOutput out) {
        out.commit(change.commit());
        out.moment(change.at());
        out.person(change.author());
        out.text(change.subject());
        out.list(change.files(), out::name);
        out.flag(change.isValid());
    }

    public static PolicyChange readPolicyChange(IndexInput in) {
        return new PolicyChange(in.commit(), in.moment(), in.person(), in.text(), in.list(IndexInput::name), in.flag());
    }
}
