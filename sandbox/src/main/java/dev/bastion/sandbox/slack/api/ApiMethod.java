package dev.bastion.sandbox.slack.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.call.ApiRequest;
import dev.bastion.sandbox.slack.model.SlackException;

/** A method of the Web API: returns the fields of its response without {@code ok}, or throws a {@link SlackException}. */
@FunctionalInterface
interface ApiMethod {
    ObjectNode call(ApiRequest request);
}
