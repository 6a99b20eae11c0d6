package dev.bastion.simulation;

import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.pulls.NewPullRequest;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.simulation.world.FileValues;
import dev.bastion.simulation.world.Ledger;
import dev.bastion.simulation.world.People;
import dev.bastion.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** What people do in the repository and on GitHub, by mistake or as an attack, without the service. */
final class Hands {
    private static final String GARBAGE = "deploy_bastion        = 1 ${run_cmd(\"id\")} }}";

    private final World world;
    private int branches;

    Hands(World world) {
        this.world = world;
    }

    private Optional<String> file(String environment) {
        return world.file(Ledger.path(environment));
    }

    private void edit(String environment, Dice dice, String message, String content) {
        world.push("main", dice.oneOf(People.ALL), message, Map.of(Ledger.path(environment), Optional.of(content)));
    }

    private String opened(String file, Dice dice, Duration length) {
        People.Someone who = dice.oneOf(People.ALL);
        Instant now = world.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        return FileValues.edited(
                file,
                1,
                who.slack(),
                who.name(),
                now.toString(),
                now.plus(length).toString());
    }

    void open(Dice dice) {
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        file(environment)
                .ifPresent(file -> edit(environment, dice, "open by hand", opened(file, dice, dice.seconds(30, 5400))));
    }

    void close(Dice dice) {
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        file(environment)
                .ifPresent(
                        file -> edit(environment, dice, "close by hand", FileValues.edited(file, 0, "", "", "", "")));
    }

    /** Makes the file of an environment unreadable: in its syntax, its times, or by removing it. */
    void garble(Dice dice) {
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        String file = file(environment).orElse("");
        switch (dice.between(0, 3)) {
            case 0 ->
                edit(
                        environment,
                        dice,
                        "syntax",
                        file.replaceFirst("  deploy_bastion.*", Matcher.quoteReplacement("  " + GARBAGE)));
            case 1 -> edit(environment, dice, "times", file.replaceFirst("(expires_at *= \")[^\"]*", "$1tomorrow"));
            case 2 ->
                edit(
                        environment,
                        dice,
                        "year",
                        file.replaceFirst("(expires_at *= \")[^\"]*", "$1+1000000000-01-01T00:00:00Z"));
            default ->
                world.push(
                        "main",
                        dice.oneOf(People.ALL),
                        "remove " + environment,
                        Map.of(Ledger.path(environment), Optional.empty()));
        }
    }

    /** Restores the file of an environment that was garbled, as it was when it was closed. */
    void repair() {
        for (String environment : Ledger.ENVIRONMENTS) {
            String file = file(environment).orElse("");
            FileValues values = FileValues.of(file);
            boolean isReadable =
                    values.deploy().filter(value -> value.matches("[01]")).isPresent()
                            && !file.contains("run_cmd")
                            && (values.expiresAt().isEmpty() || values.end().isPresent());
            if (!isReadable) {
                world.push(
                        "main",
                        People.ALL.get(1),
                        "repair " + environment,
                        Map.of(Ledger.path(environment), Optional.of(Ledger.environmentFile(environment))));
            }
        }
    }

    /** Changes bytes of a file that are none of the audit values, or another file. */
    void editBeside(Dice dice) {
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        if (dice.onceIn(2)) {
            file(environment)
                    .ifPresent(file -> edit(environment, dice, "a remark", "# " + dice.between(0, 9) + "\n" + file));
        } else {
            world.push(
                    "main",
                    dice.oneOf(People.ALL),
                    "notes",
                    Map.of("README.md", Optional.of("notes " + dice.between(0, 1_000_000) + "\n")));
        }
    }

    /** A commit that looks like the service's entry. */
    void forge(Dice dice) {
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        Instant now = world.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String message = """
            bastion(%s): open for john.doe until %s

            Bastion-Action: %s
            Bastion-Environment: %s
            Bastion-Request-Id: FFFFFFFFFFFFFFFF
            Requested-By: john.doe <U12345678>
            Reason: forged
            Created-At: %s
            Expires-At: %s
            Approved-By: jane.roe <U23456789> (janeroe) PR #1 review 1 at %s
            Approved-At: 2126-01-01T00:00:00Z
            """.formatted(
                        environment,
                        now,
                        dice.oneOf(List.of("open", "extend", "start", "end", "expire", "gone")),
                        environment,
                        now,
                        now.plusSeconds(3600),
                        now);
        file(environment).ifPresent(file -> edit(environment, dice, message, opened(file, dice, Duration.ofHours(1))));
    }

    /** Breaks the policy, changes it, or restores it. */
    void changePolicy(Dice dice) {
        String policy = switch (dice.between(0, 3)) {
            case 0 -> "environments: [";
            case 1 -> Ledger.POLICY.replace("longest_duration: 2h", "longest_duration: 1h");
            default -> Ledger.POLICY;
        };
        world.push("main", People.ALL.get(1), "the policy", Map.of(Ledger.POLICY_FILE, Optional.of(policy)));
    }

    /** Restores the policy. */
    void restorePolicy() {
        if (!world.file(Ledger.POLICY_FILE).equals(Optional.of(Ledger.POLICY))) {
            world.push("main", People.ALL.get(1), "the policy", Map.of(Ledger.POLICY_FILE, Optional.of(Ledger.POLICY)));
        }
    }

    private List<PullRequest> open() {
        return world.github().pullRequests().stream()
                .filter(PullRequest::isOpen)
                .toList();
    }

    void approve(Dice dice) {
        dice.anyOf(open())
                .ifPresent(pull -> quietly(
                        () -> world.github().as(dice.oneOf(People.ALL).login()).approve(pull.number(), "ok")));
    }

    void deny(Dice dice) {
        dice.anyOf(open())
                .ifPresent(pull -> quietly(
                        () -> world.github().as(dice.oneOf(People.ALL).login()).requestChanges(pull.number(), "no")));
    }

    /** A person pushes to the branch of a pull request, often after it was approved. */
    void alter(Dice dice) {
        dice.anyOf(open()).ifPresent(pull -> {
            String environment = dice.oneOf(Ledger.ENVIRONMENTS);
            String file =
                    world.git().file(pull.head(), Ledger.path(environment)).orElse("");
            world.push(
                    pull.branch(),
                    dice.oneOf(People.ALL),
                    "longer",
                    Map.of(Ledger.path(environment), Optional.of(opened(file, dice, Duration.ofHours(30)))));
        });
    }

    /** A pull request by a person that would open an environment, or change something beside it. */
    void openPullRequest(Dice dice) {
        People.Someone who = dice.oneOf(People.ALL);
        String environment = dice.oneOf(Ledger.ENVIRONMENTS);
        String branch = "theirs-" + ++branches;
        world.move(branch, world.git().tip("main"), who);
        String file = file(environment).orElse("");
        String edited = dice.onceIn(3) ? "# remark\n" + file : opened(file, dice, Duration.ofMinutes(30));
        world.push(branch, who, "please", Map.of(Ledger.path(environment), Optional.of(edited)));
        quietly(() -> world.github().as(who.login()).open(new NewPullRequest("please", "", branch, "main")));
    }

    /** A person merges what GitHub's rules allow. */
    void merge(Dice dice) {
        dice.anyOf(open())
                .ifPresent(pull -> quietly(
                        () -> world.github().as(dice.oneOf(People.ALL).login()).merge(pull.number())));
    }

    /** Moves the branch back by a commit or two. */
    void rewrite(Dice dice) {
        String head = world.git().tip("main");
        Optional<String> back = parent(head);
        if (dice.onceIn(2)) {
            back = back.flatMap(this::parent);
        }
        back.ifPresent(to -> world.move("main", to, dice.oneOf(People.ALL)));
    }

    private Optional<String> parent(String commit) {
        return world.git()
                .newest(commit, _ -> true)
                .flatMap(entry -> entry.parents().stream().findFirst());
    }

    /** GitHub's pages refuse what its rules do not allow. */
    private static void quietly(Runnable act) {
        try {
            act.run();
        } catch (GitHubException e) {
            // the person reads why
        }
    }
}
