package dev.bastion.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The check of the ledger by an auditor's questions: it runs {@code ./bastion audit} on a clone, as a person would, and compares
 * each answer with what the demo observed.
 */
final class AuditCheck {
    /**
     * A grant that the demo observed.
     *
     * @param approved how the answers say why it was opened
     * @param ended how the answers say what ended it
     */
    record Observed(String environment, String holder, String approved, String ended) {}

    private final String launcher;
    private final Path clone;
    private final Path signers;
    private final Narrator narrator;

    /**
     * @param launcher the project's launcher
     * @param signers the service's key, from outside the repository
     */
    AuditCheck(String launcher, Path clone, Path signers, Narrator narrator) {
        this.launcher = launcher;
        this.clone = clone;
        this.signers = signers;
        this.narrator = narrator;
    }

    /**
     * Asks the questions.
     *
     * @param grants all grants of the demo; break-glass is none of them
     * @param one the grant that a person approved, or another one
     * @param at a moment while it was open
     * @param approvers who approved it; empty when no grant needed it
     */
    void check(List<Observed> grants, Observed one, Instant at, List<String> approvers) {
        grants(grants);
        JsonNode who = ask("who", "--environment", one.environment(), "--at", at.toString());
        same(List.of(one.holder()), texts(who, "holder"), "audit who at " + at);
        for (String question : List.of("unapproved", "break-glass", "late", "requests")) {
            same(0, ask(question).size(), "rows of audit " + question);
        }
        JsonNode pairs = ask("approvers");
        same(approvers, texts(pairs, "approver"), "the approver in audit approvers");
        same(
                approvers.stream().map(_ -> one.holder()).toList(),
                texts(pairs, "requester"),
                "the requester in audit approvers");
        same(approvers.stream().map(_ -> "1").toList(), texts(pairs, "approvals"), "the approvals in audit approvers");
        for (Observed grant : grants) {
            JsonNode theirs = ask("person", grant.holder());
            long expected = grants.stream()
                    .filter(other -> other.holder().equals(grant.holder()))
                    .count();
            same(expected, (long) theirs.size(), "rows of audit person " + grant.holder());
        }
        String first = new GitCommand(clone.resolve(".git"))
                .run("rev-list", "--max-parents=0", "HEAD")
                .strip();
        Await.require(
                texts(ask("policy"), "commit").stream().allMatch(first::equals),
                "no change of the policy after the first commit in audit policy");
        same(
                grants.size(),
                ask("cost").findValues("grants").stream()
                        .mapToInt(JsonNode::asInt)
                        .sum(),
                "grants of audit cost");
        JsonNode verified = ask("verify");
        same(0, verified.path("findings_total").asInt(-1), "findings of audit verify; it says " + verified);
        same(0, verified.path("open").size(), "grants that are open");
        narrator.observed("audited", "./bastion audit answers the questions of docs/audit.md as the demo saw it");
        show("who", "--environment", one.environment(), "--at", at.toString());
        show("approvers");
        show("verify");
    }

    private void grants(List<Observed> expected) {
        JsonNode rows = ask("grants");
        List<Observed> found = new ArrayList<>();
        rows.forEach(row -> {
            found.add(new Observed(
                    row.path("environment").asText(),
                    row.path("holder").asText(),
                    row.path("approved").asText(),
                    row.path("ended").asText()));
            boolean hasInstance = row.path("instance").asText().startsWith("i-");
            // a service that was down may have seen it neither ready nor there
            boolean wasReady = row.path("ready_at").isTextual();
            Await.require(
                    row.path("gone_at").isTextual() && (hasInstance || !wasReady),
                    "the instance and the time when it was gone in audit grants; it says " + row);
        });
        same(
                new TreeSet<>(expected.stream().map(Observed::toString).toList()),
                new TreeSet<>(found.stream().map(Observed::toString).toList()),
                "the grants of audit grants");
        same(expected.size(), found.size(), "rows of audit grants");
    }

    private static List<String> texts(JsonNode rows, String column) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path(column).asText())
                .toList();
    }

    private static void same(Object expected, Object found, String what) {
        Await.require(expected.equals(found), expected + " as " + what + ", not " + found);
    }

    private JsonNode ask(String question, String... options) {
        List<String> command = command(question, options);
        command.add("--json");
        try {
            return new ObjectMapper().readTree(run(command));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("audit " + question + " printed no JSON", unreadable);
        }
    }

    private void show(String question, String... options) {
        narrator.print("\n$ ./bastion audit " + (question + " " + String.join(" ", options)).strip());
        narrator.print(run(command(question, options)).stripTrailing());
    }

    private List<String> command(String question, String... options) {
        List<String> command = new ArrayList<>(List.of(
                launcher,
                "audit",
                question,
                "--repository",
                clone.toString(),
                "--allowed-signers",
                signers.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** What the program prints for other programs; every question of the demo has the exit code 0. */
    private String run(List<String> command) {
        Path errors = clone.resolveSibling("audit.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            Await.require(
                    code == 0,
                    "exit code 0 of " + command.get(2) + ", not " + code + ": " + said + " (" + errors + ")");
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot run " + launcher, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotObservedException("the demo was interrupted");
        }
    }
}
