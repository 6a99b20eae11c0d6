package dev.bastion.cli.connect;

import dev.bastion.access.diagnosis.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An output that a test reads. */
final class RecordingOutput implements ConnectOutput {
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile Optional<Connected> connected = Optional.empty();

    boolean has(String line) {
        return lines.stream().anyMatch(each -> each.contains(line));
    }

    long count(String line) {
        return lines.stream().filter(each -> each.contains(line)).count();
    }

    @Override
    public void waiting(String what) {
        lines.add("waiting: " + what);
    }

    @Override
    public void connected(Connected now) {
        connected = Optional.of(now);
        lines.add("connected " + now.session());
    }

    @Override
    public void reconnecting(String why, Duration in) {
        lines.add("reconnecting in " + in.toMillis() + ": " + why);
    }

    @Override
    public void reconnected(String session) {
        lines.add("reconnected " + session);
    }

    @Override
    public void extended(Instant end) {
        lines.add("extended " + end);
    }

    @Override
    public void endsIn(Duration left) {
        lines.add("ends in " + left);
    }

    @Override
    public void ended(String why) {
        lines.add("ended: " + why);
    }

    @Override
    public void remark(String text) {
        lines.add("remark: " + text);
    }

    @Override
    public void refused(ConnectRefused refusal) {
        lines.add("refused: " + refusal.getMessage() + " | " + refusal.remedy());
    }

    @Override
    public void found(Finding finding) {
        lines.add(finding.status() + " " + finding.line());
    }
}
