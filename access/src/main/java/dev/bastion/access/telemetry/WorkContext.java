package dev.bastion.access.telemetry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the work of the current thread is about, as fields of its log lines: {@code request}, {@code environment}, {@code
 * user} (a Slack id or the id of a machine) and others that name an item, like {@code pull}. It is bound while a piece of work
 * runs and goes to another thread only with {@link #carried}. Values are as others wrote them: who prints them escapes and
 * bounds them.
 */
public final class WorkContext {
    public static final String REQUEST = "request";
    public static final String ENVIRONMENT = "environment";
    public static final String USER = "user";

    private static final ScopedValue<WorkContext> CURRENT = ScopedValue.newInstance();
    private static final WorkContext NONE = new WorkContext(Map.of(), Optional.empty());

    private final Map<String, String> fields;
    private final Optional<Instant> since;

    private WorkContext(Map<String, String> fields, Optional<Instant> since) {
        this.fields = fields;
        this.since = since;
    }

    /** The context of this thread; one without fields where none is bound. */
    public static WorkContext current() {
        return CURRENT.orElse(NONE);
    }

    /** The context of work on a grant. */
    public static WorkContext of(Grant grant) {
        return current().with(about(grant));
    }

    /** The fields of a grant; its holder is the user. */
    public static Map<String, String> about(Grant grant) {
        return about(grant.request(), grant.environment(), grant.holder());
    }

    /** The fields of a request. */
    public static Map<String, String> about(AccessRequest request) {
        return about(request.id(), request.environment(), request.requester());
    }

    /** The fields of a request that waits for approval. */
    public static Map<String, String> about(Proposal proposal) {
        Map<String, String> fields =
                new LinkedHashMap<>(about(proposal.id(), proposal.environment(), proposal.requester()));
        fields.put("pull", Integer.toString(proposal.number()));
        return fields;
    }

    private static Map<String, String> about(RequestId request, EnvironmentName environment, Person person) {
        return Map.of(REQUEST, request.value(), ENVIRONMENT, environment.value(), USER, person.id());
    }

    /**
     * The same context with more fields, of which each replaces one of its name. With another request, environment and user of
     * the former one are dropped.
     */
    public WorkContext with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (more.containsKey(REQUEST)
                && fields.containsKey(REQUEST)
                && !Objects.equals(more.get(REQUEST), fields.get(REQUEST))) {
            all.remove(ENVIRONMENT);
            all.remove(USER);
        }
        all.putAll(more);
        return new WorkContext(all, since);
    }

    public WorkContext with(RequestId request) {
        return with(Map.of(REQUEST, request.value()));
    }

    public WorkContext with(EnvironmentName environment) {
        return with(Map.of(ENVIRONMENT, environment.value()));
    }

    /** The same context, of what a person began at that moment. */
    public WorkContext since(Instant moment) {
        return new WorkContext(fields, Optional.of(moment));
    }

    /** The fields, in the order in which they were set. */
    public Map<String, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** When the person began whose command or call this is; empty for what the service does by itself. */
    public Optional<Instant> since() {
        return since;
    }

    /** Does the work in this context. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** As {@link #run}; returns what the work returns. */
    public <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** The work, to be done on another thread in the context of this one. */
    public static Runnable carried(Runnable work) {
        WorkContext context = current();
        return context.fields.isEmpty() && context.since.isEmpty() ? work : () -> context.run(work);
    }

    /** The executor, whose work is done in the context of the thread that hands it over. */
    public static Executor carrying(Executor executor) {
        return work -> executor.execute(carried(work));
    }
}
