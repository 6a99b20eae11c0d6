package dev.bastion.access.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The outcome of a call to another system that was not done: refused for good, not known, or to be repeated later. */
public sealed interface Fault {
    ExternalSystem system();

    /** What the call does, like {@code pushing to main}. */
    String attempted();

    /** The other side's own words, or how the connection failed. */
    String answered();

    /**
     * A refusal: the same call is refused again until a person changes a setting.
     *
     * @param remedy what to change, without a period at its end
     */
    record Refused(ExternalSystem system, String attempted, String answered, String remedy) implements Fault {}

    /** A call that was sent and has no answer: it may have been done. It must be looked at before it is repeated. */
    record Unknown(ExternalSystem system, String attempted, String answered) implements Fault {}

    /**
     * A call that did nothing, and can succeed later without a person's help.
     *
     * @param retryAfter how long the other side wants no call; empty when it does not say
     */
    record Later(ExternalSystem system, String attempted, String answered, Optional<Duration> retryAfter)
            implements Fault {
        public Later(ExternalSystem system, String attempted, String answered) {
            this(system, attempted, answered, Optional.empty());
        }
    }

    /** One line for the log and for {@code /readyz}. */
    default String line() {
        return switch (this) {
            case Refused(var system, var attempted, var answered, var remedy) ->
                "%s was refused by %s: %s; %s".formatted(attempted, system.title(), answered, remedy);
            case Unknown(var system, var attempted, var answered) ->
                "%s failed: %s; it is not known whether %s did it, and the service checks before it tries again"
                        .formatted(attempted, answered, system.title());
            case Later(var _, var attempted, var answered, var retryAfter) ->
                "%s failed: %s; it is tried again%s"
                        .formatted(
                                attempted,
                                answered,
                                retryAfter
                                        .map(pause -> " in " + pause.toSeconds() + " s")
                                        .orElse(""));
        };
    }

    /** The fields of a log event. */
    default Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("system", system().title());
        fields.put("outcome", outcome());
        fields.put("attempted", attempted());
        fields.put("answered", answered());
        switch (this) {
            case Refused refused -> fields.put("remedy", refused.remedy());
            case Unknown _ -> {}
            case Later later ->
                later.retryAfter().ifPresent(pause -> fields.put("retry_after_s", String.valueOf(pause.toSeconds())));
        }
        return fields;
    }

    /** {@code refused}, {@code unknown} or {@code later}. */
    default String outcome() {
        return switch (this) {
            case Refused _ -> "refused";
            case Unknown _ -> "unknown";
            case Later _ -> "later";
        };
    }
}
