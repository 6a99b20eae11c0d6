package dev.bastion.apply.plan;

import java.util.List;
import java.util.Set;

/**
 * What may stay when a bastion is gone: records of what happened and what raises an alarm. Nothing through which anybody
 * could reach anything is among them, so whatever is not is left behind.
 */
public final class RetainedResources {
    private static final Set<String> TYPES = Set.of(
            "aws_cloudwatch_log_group",
            "aws_cloudwatch_log_resource_policy",
            "aws_cloudwatch_metric_alarm",
            "aws_sqs_queue",
            "aws_sqs_queue_policy");

    private RetainedResources() {}

    public static boolean mayStay(String type) {
        return TYPES.contains(type);
    }

    /** Those addresses of a state that should not be there while the environment is closed; data sources are only read. */
    public static List<String> leftBehind(List<String> addresses) {
        return addresses.stream()
                .filter(address -> !isData(address) && !mayStay(typeOf(address)))
                .toList();
    }

    private static boolean isData(String address) {
        return resource(address).startsWith("data.");
    }

    static String typeOf(String address) {
        return resource(address).split("\\.", 2)[0];
    }

    /** The address without the modules it is in, whose keys may hold anything. */
    private static String resource(String address) {
        String rest = address;
        while (rest.startsWith("module.")) {
            rest = rest.replaceFirst("^module\\.[^.\\[]+(?:\\[(?:\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+)\\])?\\.", "");
        }
        return rest;
    }
}
