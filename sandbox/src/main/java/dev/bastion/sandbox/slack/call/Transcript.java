package dev.bastion.sandbox.slack.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The record of all that happened, in order: calls, envelopes, acknowledgements and message versions. */
public final class Transcript {
    private final List<ObjectNode> lines = new ArrayList<>();
    private final List<ApiCall> calls = new ArrayList<>();
    private boolean isKept = true;

    /** Whether to record what happens from now on; on from the start. */
    public synchronized void keep(boolean on) {
        isKept = on;
    }

    public synchronized void add(ApiCall call) {
        if (isKept) {
            calls.add(call);
            lines.add(call.json());
        }
    }

    public synchronized void add(ObjectNode line) {
        if (isKept) {
            lines.add(line);
        }
    }

    public synchronized List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<ObjectNode> lines() {
        return List.copyOf(lines);
    }
}
