package dev.bastion.sandbox.github.status;

import dev.bastion.sandbox.github.fault.GitHubException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Check runs of commits; the newest of each name counts. */
public final class CheckRunStore {
    private final List<CheckRun> all = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public long nextId() {
        return ids.incrementAndGet();
    }

    public void add(CheckRun run) {
        all.add(run);
        listeners.forEach(Runnable::run);
    }

    public void replace(CheckRun updated) {
        all.replaceAll(run -> run.id() == updated.id() ? updated : run);
        listeners.forEach(Runnable::run);
    }

    /** @throws GitHubException when there is none with this id */
    public CheckRun find(long id) {
        return all.stream().filter(run -> run.id() == id).findFirst().orElseThrow(GitHubException::notFound);
    }

    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Newest first. */
    public List<CheckRun> of(String commit) {
        return all.reversed().stream()
                .filter(run -> run.commit().equals(commit))
                .toList();
    }

    /** Of each name the newest. */
    public List<CheckRun> latest(String commit) {
        Map<String, CheckRun> latest = new LinkedHashMap<>();
        of(commit).forEach(run -> latest.putIfAbsent(run.name(), run));
        return List.copyOf(latest.values());
    }

    public CheckState verdict(String commit, String name) {
        return of(commit).stream()
                .filter(run -> run.name().equals(name))
                .findFirst()
                .map(CheckRun::verdict)
                .orElse(CheckState.MISSING);
    }
}
