package dev.bastion.apply.plan;

import java.util.List;
import java.util.Set;

/**
 * The resource types that may stay after a bastion is gone: records and alarms. None of them gives access to anything;
 * every other type counts as left behind.
 */
public final class RetainedResources {
    private static final Set<String> TYPES = Set.of(
            "aws_cloudwatch_log_group",
            "aws_cloudwatch_log_resource_policy",
            "aws_cloudwatch_metric_alarm",
            "aws_sqs_queue",
            "aws_sqs_queue_policy");

    private RetainedResources() {}

    public static boolean isRetained(String type) {
        return TYPES.contains(type);
    }

    /** The addresses that a closed environment's state must not have. Data sources do not count. */
    public static List<String> leftBehind(List<String> addresses) {
        return addresses.stream()
                .filter(address -> !isData(address) && !isRetained(typeOf(address)))
                .toList();
    }

    private static boolean isData(String address) {
        return resource(address).startsWith("data.");
    }

    static String typeOf(String address) {
        return resource(address).split("\\.", 2)[0];
    }

    /** The address without its modules, whose keys may have any characters. */
    private static String resource(String address) {
        String rest = address;
        while (rest.startsWith("module.")) {
            rest = rest.replaceFirst("^module\\.[^.\\[]+(?:\\[(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|[0-9]+)\\])?\\.", "");
        }
        return rest;
    }
}
