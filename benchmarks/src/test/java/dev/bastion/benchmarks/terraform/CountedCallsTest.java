package dev.bastion.benchmarks.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls and their chains, of a log and a state as Terraform 1.11 with the provider 5.100 writes them. */
class CountedCallsTest {
    private static final String LOG = """
        {"@level":"trace","@message":"vertex \\"aws_iam_role.r\\": starting visit"}
        {"@message":"HTTP Request Sent","rpc.service":"STS","rpc.method":"GetCallerIdentity","tf_rpc":"ConfigureProvider","tf_req_id":"0"}
        {"@message":"HTTP Request Sent","rpc.service":"SQS","rpc.method":"CreateQueue","tf_rpc":"ApplyResourceChange","tf_req_id":"1","tf_resource_type":"aws_sqs_queue"}
        {"@message":"HTTP Response Received","rpc.service":"SQS","rpc.method":"CreateQueue","tf_rpc":"ApplyResourceChange","tf_req_id":"1","tf_resource_type":"aws_sqs_queue"}
        {"@message":"HTTP Request Sent","rpc.service":"SQS","rpc.method":"GetQueueAttributes","tf_rpc":"ApplyResourceChange","tf_req_id":"1","tf_resource_type":"aws_sqs_queue"}
        {"@message":"HTTP Request Sent","rpc.service":"SQS","rpc.method":"CreateQueue","tf_rpc":"ApplyResourceChange","tf_req_id":"2","tf_resource_type":"aws_sqs_queue"}
        {"@message":"HTTP Request Sent","rpc.service":"IAM","rpc.method":"CreateRole","tf_rpc":"ApplyResourceChange","tf_req_id":"3","tf_resource_type":"aws_iam_role"}
        {"@message":"HTTP Request Sent","rpc.service":"IAM","rpc.method":"GetRole","tf_rpc":"ApplyResourceChange","tf_req_id":"3","tf_resource_type":"aws_iam_role"}
        {"@message":"HTTP Request Sent","rpc.service":"IAM","rpc.method":"GetRole","tf_rpc":"ReadResource","tf_req_id":"4","tf_resource_type":"aws_iam_role"}
        """;

    private static final String STATE = """
        {"version": 4, "resources": [
         {"mode": "data", "type": "aws_region", "name": "this", "instances": [{}]},
         {"module": "module.bastion", "mode": "managed", "type": "aws_sqs_queue", "name": "a", "instances": [{}]},
         {"module": "module.bastion", "mode": "managed", "type": "aws_sqs_queue", "name": "b",
          "instances": [{"index_key": 0}, {"index_key": 1, "dependencies": ["module.bastion.aws_sqs_queue.a"]}]},
         {"module": "module.bastion", "mode": "managed", "type": "aws_iam_role", "name": "r",
          "instances": [{"dependencies": ["module.bastion.aws_sqs_queue.a", "module.bastion.aws_sqs_queue.b",
                                          "data.aws_region.this"]}]},
         {"mode": "managed", "type": "terraform_data", "name": "alone", "instances": [{}]}
        ]}
        """;

    @TempDir
    private Path folder;

    @Test
    void callsAreCountedByWhatTheyChange() throws IOException {
        AwsCalls calls = AwsCalls.in(Files.writeString(folder.resolve("log"), LOG));
        assertThat(calls.count()).isEqualTo(7);
        assertThat(calls.iamWrites()).isEqualTo(1);
        assertThat(calls.ofChangesByType()).isEqualTo(Map.of("aws_sqs_queue", 2, "aws_iam_role", 2));
    }

    @Test
    void theLongestChainIsOfWhatWaitsForOneAnother() throws IOException {
        ResourceGraph graph = ResourceGraph.of(Files.writeString(folder.resolve("state"), STATE));
        assertThat(graph.count()).isEqualTo(5);
        assertThat(graph.longestChain(Map.of("aws_sqs_queue", 2, "aws_iam_role", 3)))
                .isEqualTo(2 + 2 + 3);
        assertThat(graph.longestChain(Map.of("terraform_data", 9, "aws_iam_role", 3)))
                .isEqualTo(9);
    }

    @Test
    void whatStoodIsInNoChain() throws IOException {
        ResourceGraph graph = ResourceGraph.of(Files.writeString(folder.resolve("state"), STATE));
        String standing = """
            {"resources": [{"module": "module.bastion", "mode": "managed", "type": "aws_sqs_queue", "name": "a", "instances": [{}]}]}
            """;
        ResourceGraph stood = ResourceGraph.of(Files.writeString(folder.resolve("standing"), standing));
        ResourceGraph opened = graph.without(stood);
        assertThat(opened.count()).isEqualTo(4);
        assertThat(opened.longestChain(Map.of("aws_sqs_queue", 2, "aws_iam_role", 3)))
                .isEqualTo(2 + 3);
        assertThat(stood.without(graph).count()).isZero();
        assertThat(graph.without(ResourceGraph.of(folder.resolve("none"))).count())
                .isEqualTo(5);
    }
}
