package dev.bastion.cli.connect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.access.diagnosis.Finding;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** For scripts: one JSON object a line on the standard output, each with an {@code event}. */
final class JsonOutput implements ConnectOutput {
    private final ObjectMapper json = new ObjectMapper();
    private final PrintWriter out;

    JsonOutput(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void waiting(String what) {
        print(event("waiting").put("for", what));
    }

    @Override
    public void connected(Connected connected) {
        LocalDatabase database = connected.database();
        ObjectNode event = event("connected")
                .put("environment", connected.environment())
                .put("instance", connected.instance())
                .put("region", connected.region())
                .put("session", connected.session())
                .put("holder", connected.holder())
                .put("host", LocalPort.HOST)
                .put("port", database.port())
                .put("url", database.url());
        connected.end().ifPresent(end -> event.put("expires_at", end.toString()));
        database.password().ifPresent(token -> event.put("password", token));
        print(event);
    }

    @Override
    public void reconnecting(String why, Duration in) {
        print(event("reconnecting").put("reason", why).put("in_seconds", in.toSeconds()));
    }

    @Override
    public void reconnected(String session) {
        print(event("reconnected").put("session", session));
    }

    @Override
    public void extended(Instant end) {
        print(event("extended").put("expires_at", end.toString()));
    }

    @Override
    public void endsIn(Duration left) {
        print(event("ends_soon").put("in_seconds", left.toSeconds()));
    }

    @Override
    public void ended(String why) {
        print(event("ended").put("reason", why));
    }

    @Override
    public void remark(String text) {
        print(event("remark").put("text", text));
    }

    @Override
    public void refused(ConnectRefused refusal) {
        print(event("refused")
                .put("code", refusal.code().number())
                .put("reason", refusal.getMessage())
                .put("remedy", refusal.remedy()));
    }

    @Override
    public void found(Finding finding) {
        print(event("check")
                .put("status", finding.status().toString())
                .put("subject", finding.subject())
                .put("meaning", finding.meaning())
                .put("remedy", finding.remedy()));
    }

    private ObjectNode event(String name) {
        return json.createObjectNode().put("event", name);
    }

    private void print(ObjectNode event) {
        out.println(event);
        out.flush();
    }
}
