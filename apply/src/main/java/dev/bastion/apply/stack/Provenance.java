package dev.bastion.apply.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commit that a run applies.
 *
 * @param commit the commit that last changed the environment file, 40 hexadecimal digits; empty when unknown
 * @param requestId the access request in the commit's trailer; empty when there is none
 * @param ledger the name of the repository; empty when it has no remote
 * @param warnings warnings for people, each a sentence
 * @param removes whether it removed the environment, of which then nothing but records stays
 */
public record Provenance(
        Optional<String> commit,
        Optional<String> requestId,
        Optional<String> ledger,
        List<String> warnings,
        boolean removes) {
    public Provenance {
        warnings = List.copyOf(warnings);
    }

    /** The same of a commit that removed the environment, or did not. */
    public Provenance removing(boolean isRemoved) {
        return new Provenance(commit, requestId, ledger, warnings, isRemoved);
    }

    /** The module's inputs that no file has. */
    Map<String, String> inputs() {
        Map<String, String> inputs = new LinkedHashMap<>();
        commit.ifPresent(value -> inputs.put("commit_sha", value));
        requestId.ifPresent(value -> inputs.put("request_id", value));
        ledger.ifPresent(value -> inputs.put("ledger", value));
        if (removes) {
            inputs.put("standing", "false");
        }
        return inputs;
    }
}
