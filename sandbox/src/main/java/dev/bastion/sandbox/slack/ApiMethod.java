package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a Web API method does: answers the fields of its response without {@code ok}, or throws a {@link SlackError}. */
@FunctionalInterface
interface ApiMethod {
    ObjectNode call(ApiRequest request);
}
