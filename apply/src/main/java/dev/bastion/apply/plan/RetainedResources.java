package dev.bastion.apply.plan;

import java.util.Set;

/**
 * The resource types that stay when an environment is removed: records and alarms. None of them gives access to anything.
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

    static boolean isData(String address) {
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
