package dev.bastion.apply.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which commit asks for this.
 *
 * @param commit the commit that last touched the environment file, 40 hexadecimal digits; empty when git does not say
 * @param requestId the access request it names in its trailer; empty when it names none
 * @param remarks what people should know about this, each a sentence
 */
public record Provenance(Optional<String> commit, Optional<String> requestId, List<String> remarks) {
    public Provenance {
        remarks = List.copyOf(remarks);
    }

    /** The module's inputs that stand in no file. */
    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        commit.ifPresent(value -> inputs.put("commit_sha", value));
        requestId.ifPresent(value -> inputs.put("request_id", value));
        return inputs;
    }
}
