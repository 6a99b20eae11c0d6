package dev.bastion.benchmarks.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The calls to AWS that Terraform's provider logged, with {@code TF_LOG=JSON}.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/debugging">Debugging Terraform</a>
 */
final class AwsCalls {
    private static final String SENT = "HTTP Request Sent";
    private static final String CHANGE = "ApplyResourceChange";
    private static final Pattern READ = Pattern.compile("(Describe|Get|List|Head).*");

    private final List<Call> calls;

    private AwsCalls(List<Call> calls) {
        this.calls = List.copyOf(calls);
    }

    /**
     * One request.
     *
     * @param operation the id of the provider's operation, like the creation of one resource
     * @param resource its type; empty for a data source and for the provider itself
     */
    private record Call(String service, String action, String step, String operation, String resource) {}

    /** Those in a log file, which has one JSON object on each line. */
    static AwsCalls in(Path log) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (!line.contains(SENT)) {
                continue;
            }
            JsonNode entry = mapper.readTree(line);
            calls.add(new Call(
                    entry.path("rpc.service").asText(),
                    entry.path("rpc.method").asText(),
                    entry.path("tf_rpc").asText(),
                    entry.path("tf_req_id").asText(),
                    entry.path("tf_resource_type").asText()));
        }
        return new AwsCalls(calls);
    }

    int count() {
        return calls.size();
    }

    /** How many of them change something in IAM. */
    int iamWrites() {
        return (int) calls.stream()
                .filter(call -> call.service().equals("IAM")
                        && !READ.matcher(call.action()).matches())
                .count();
    }

    /** The most calls that the change of one resource of each type took. */
    Map<String, Integer> ofChangesByType() {
        Map<String, Integer> byOperation = new HashMap<>();
        Map<String, Integer> byType = new HashMap<>();
        calls.stream().filter(call -> call.step().equals(CHANGE)).forEach(call -> {
            int count = byOperation.merge(call.operation(), 1, Integer::sum);
            byType.merge(call.resource(), count, Math::max);
        });
        return byType;
    }
}
