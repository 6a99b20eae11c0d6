package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Everything that happened, in order: calls, envelopes and their acknowledgements, message versions. */
final class Transcript {
    private final List<ObjectNode> lines = new ArrayList<>();
    private final List<ApiCall> calls = new ArrayList<>();

    synchronized void add(ApiCall call) {
        calls.add(call);
        lines.add(call.json());
    }

    synchronized void add(ObjectNode line) {
        lines.add(line);
    }

    synchronized List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    synchronized List<ObjectNode> lines() {
        return List.copyOf(lines);
    }
}
