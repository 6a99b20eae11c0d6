package dev.bastion.simulation.model;

import dev.bastion.simulation.model.Violation.Rule;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.GitHistory;
import dev.bastion.simulation.world.GitHistory.Entry;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of the ledger's branch, commit by commit. */
public final class LedgerModel {
    private static final Duration LATEST_END = Duration.ofSeconds(75);

    private final World world;
    private final Answers answers;
    private final PolicyModel policy;
    private Optional<String> known;
    private final Map<String, Opened> opened = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Map<String, Shown> files = new HashMap<>();
    /** The last one of each environment. */
    private final Map<String, HandOpened> byHand = new HashMap<>();

    private int entries;
    private int rewrites;

    /** A grant that the service opened; {@code isTouched} once others changed its file. */
    private static final class Opened {
        private final String environment;
        private final String before;
        private boolean isTouched;

        private Opened(String environment, String before) {
            this.environment = environment;
            this.before = before;
        }
    }

    private record Shown(String content, Instant since) {}

    /** An environment that needs approval, and that a commit by hand opened with these values. */
    public record HandOpened(String environment, String commit, FileValues values, Instant at) {
        private HandOpened shortenedTo(FileValues shorter) {
            return new HandOpened(environment, commit, shorter, at);
        }
    }

    public LedgerModel(World world, Answers answers) {
        this.world = world;
        this.answers = answers;
        this.policy = new PolicyModel(world);
        this.known = Optional.of(world.git().tip("main"));
    }

    /** Reads the new commits. */
    public void check(Conditions conditions) {
        readCommits();
        checkAnswers();
        checkEnds(conditions);
    }

    private void readCommits() {
        GitHistory git = world.git();
        String head = git.tip("main");
        if (known.filter(head::equals).isPresent()) {
            return;
        }
        if (known.isPresent() && !git.has(known.get(), head)) {
            rewritten(head);
            return;
        }
        List<Entry> push = new ArrayList<>();
        for (Entry entry : git.since(known, head)) {
            push.add(entry);
            Optional<String> pusher = world.pusherOf(entry.id());
            if (pusher.isPresent()) {
                push.forEach(each -> read(each, pusher.get().equals(World.SERVICE)));
                push.clear();
            }
        }
        known = Optional.of(head);
    }

    /** Others took commits away: what they held is lost, and that is no fault of the service. */
    private void rewritten(String head) {
        rewrites++;
        forgotten.addAll(opened.keySet());
        forgotten.addAll(answers.granted());
        opened.clear();
        closed.clear();
        byHand.clear();
        known = Optional.of(head);
        Ledger.ENVIRONMENTS.forEach(each -> files.put(
                each,
                new Shown(
                        world.git().file(head, Ledger.path(each)).orElse(""),
                        world.clock().instant())));
    }

    private void read(Entry entry, boolean isService) {
        entries++;
        for (String environment : Ledger.ENVIRONMENTS) {
            String path = Ledger.path(environment);
            String after = world.git().file(entry.id(), path).orElse("");
            String before = entry.parents().isEmpty()
                    ? ""
                    : world.git().file(entry.parents().getFirst(), path).orElse("");
            if (!before.equals(after)) {
                changed(environment, entry, before, after, isService);
            }
        }
    }

    private void changed(String environment, Entry entry, String before, String after, boolean isService) {
        files.put(environment, new Shown(after, world.clock().instant()));
        FileValues values = FileValues.of(after);
        if (!isService) {
            opened.values().stream()
                    .filter(open -> open.environment.equals(environment))
                    .forEach(open -> open.isTouched = true);
            if (Ledger.APPROVED.contains(environment) && !entry.message().startsWith("Merge")) {
                changedByHand(environment, entry, FileValues.of(before), values);
            }
            return;
        }
        String request = entry.trailer("Bastion-Request-Id").orElse("");
        switch (entry.trailer("Bastion-Action").orElse("")) {
            case "open" -> opened(environment, entry, request, before, values);
            case "extend", "start" -> policy.checkTotal(environment, request, values);
            case "end", "expire" -> closed(environment, entry, request, after);
            default ->
                throw new Violation(Rule.POLICY_HOLDS, "the service changed " + environment + " by " + entry.message());
        }
    }

    /** A grant that was shortened answers for nothing new: what opened it is what people are alarmed of. */
    private void changedByHand(String environment, Entry entry, FileValues before, FileValues values) {
        if (!values.isOpen() || values.equals(before)) {
            return;
        }
        if (values.shortens(before)) {
            byHand.computeIfPresent(
                    environment,
                    (_, opening) -> opening.values().equals(before) ? opening.shortenedTo(values) : opening);
        } else {
            byHand.put(
                    environment,
                    new HandOpened(
                            environment, entry.id(), values, world.clock().instant()));
        }
    }

    private void opened(String environment, Entry entry, String request, String before, FileValues values) {
        boolean isKnown = opened.put(request, new Opened(environment, before)) != null;
        if (isKnown && !forgotten.contains(request)) {
            throw new Violation(Rule.NOTHING_DOUBLED, "request " + request + " was opened twice");
        }
        policy.checkOpened(environment, entry, values);
    }

    private void closed(String environment, Entry entry, String request, String after) {
        if (!closed.add(request) && !forgotten.contains(request)) {
            throw new Violation(Rule.NOTHING_DOUBLED, "request " + request + " was closed twice");
        }
        FileValues values = FileValues.of(after);
        // the end is whatever it was before, which a person may have garbled
        if (values.isOpen() || !values.user().isEmpty()) {
            throw new Violation(Rule.BYTE_FOR_BYTE, environment + " is not closed after " + entry.message());
        }
        Opened open = opened.get(request);
        if (open != null && !open.isTouched && !open.before.equals(after)) {
            throw new Violation(
                    Rule.BYTE_FOR_BYTE,
                    environment + " after request " + request + " is\n" + after + "\nand was\n" + open.before);
        }
    }

    private void checkAnswers() {
        for (String request : answers.granted()) {
            if (!opened.containsKey(request) && !forgotten.contains(request)) {
                throw new Violation(Rule.NOTHING_LOST, "request " + request + " was granted and is not in the ledger");
            }
        }
        for (String request : answers.ended()) {
            if (opened.containsKey(request) && !closed.contains(request) && !opened.get(request).isTouched) {
                throw new Violation(Rule.NOTHING_LOST, "request " + request + " was ended and is open");
            }
        }
    }

    private void checkEnds(Conditions conditions) {
        Instant now = world.clock().instant();
        files.forEach((environment, file) -> {
            FileValues values = FileValues.of(file.content());
            if (values.isOpen() && values.end().isPresent() && !file.content().contains("run_cmd")) {
                Instant from = Conditions.later(Conditions.later(values.end().get(), file.since()), conditions.toEnd());
                if (from.isBefore(now) && Duration.between(from, now).compareTo(LATEST_END) > 0) {
                    throw new Violation(
                            Rule.ENDS_ON_TIME,
                            environment + " is open at " + now + ", its end was " + values.expiresAt()
                                    + ", and it could be ended since " + from);
                }
            }
        });
    }

    /** The openings by hand that nobody approved, and whose values the file still has. */
    public List<HandOpened> openByHand() {
        return byHand.values().stream()
                .filter(each -> Optional.ofNullable(files.get(each.environment()))
                        .filter(file -> FileValues.of(file.content()).equals(each.values()))
                        .isPresent())
                .toList();
    }

    /** The requests that the service opened, with their environments. */
    public Map<String, String> openedRequests() {
        Map<String, String> all = new HashMap<>();
        opened.forEach((request, open) -> all.put(request, open.environment));
        return all;
    }

    /** When the file of an environment changed last; far in the past when none did. */
    public Instant changedAt() {
        return files.values().stream().map(Shown::since).max(Instant::compareTo).orElse(Instant.MIN);
    }

    /** Whether the grant of a request was closed by the service. */
    public boolean isClosed(String request) {
        return closed.contains(request);
    }

    /** Whether others took the request's entry from the branch. */
    public boolean isForgotten(String request) {
        return forgotten.contains(request);
    }

    /** How many commits were read. */
    public int entries() {
        return entries;
    }

    /** How often the history was rewritten. */
    public int rewrites() {
        return rewrites;
    }
}
