package dev.bastion.app.hostile;

import static dev.bastion.app.world.HostileWriter.Change.bytes;
import static dev.bastion.app.world.HostileWriter.Change.file;
import static dev.bastion.app.world.HostileWriter.Change.removed;
import static dev.bastion.app.world.HostileWriter.Change.submodule;
import static dev.bastion.app.world.HostileWriter.Change.symlink;

import dev.bastion.app.world.HostileWriter.Change;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile versions of the ledger's configuration: the last valid one stays in force, and the channel is told once. */
final class HostileConfiguration {
    private static final String POLICY = "environments/access-policy.yaml";
    private static final String PEOPLE = "environments/people.yaml";
    private static final String LEDGER = "ledger.yaml";
    private static final String BOMB = "a0: &a0 [x]\n"
            + IntStream.range(1, 40)
                    .mapToObj(level -> "a" + level + ": &a" + level + " [" + "*a" + (level - 1) + ", ".repeat(1) + "*a"
                            + (level - 1) + "]\n")
                    .reduce("", String::concat);

    private HostileConfiguration() {}

    static Stream<HostileLedger> invalid() {
        return Stream.of(POLICY, PEOPLE, LEDGER)
                .flatMap(path -> Stream.of(
                        broken(path, "deep", file(path, "[".repeat(100_000))),
                        broken(path, "12 MB", file(path, "#".repeat(12_000_000))),
                        broken(path, "alias bomb", file(path, BOMB)),
                        broken(path, "cyclic", file(path, "a: &a {b: *a}\n")),
                        broken(path, "merge keys", file(path, "a: &a {x: 1}\nb: {<<: *a, <<: [*a, *a]}\n")),
                        broken(path, "a class", file(path, "!!javax.script.ScriptEngineManager [x]\n")),
                        broken(path, "keys twice", file(path, "a: 1\na: 2\n")),
                        broken(path, "several documents", file(path, "--- {}\n--- {a: 1}\n")),
                        broken(path, "a key of 900 KB", file(path, "a".repeat(900_000) + ": 1\n")),
                        broken(path, "NUL", file(path, "a: \u0000\n")),
                        broken(path, "no text", bytes(path, new byte[] {(byte) 0xff, 0, (byte) 0xfe}))));
    }

    /** What stands in the place of a file is no file: the last valid ones stay in force. */
    static Stream<HostileLedger> missing() {
        Stream<HostileLedger> irregular = Stream.of(POLICY, PEOPLE, LEDGER)
                .flatMap(path -> types(path).map(hostile -> hostile.alarming("policy broken")));
        return Stream.concat(irregular, withoutFile());
    }

    private static Stream<HostileLedger> types(String path) {
        return Stream.of(submodule(path), file(path + "/x", ""), symlink(path, "../../../etc/passwd"))
                .map(change -> HostileLedger.of(
                        change.mode() + " at " + change.path(), writer -> writer.commit("Change", change)));
    }

    private static Stream<HostileLedger> withoutFile() {
        return Stream.of(
                broken(POLICY, "removed", removed(POLICY)),
                broken(PEOPLE, "removed", removed(PEOPLE)),
                broken(LEDGER, "empty", file(LEDGER, "environments: []\n")));
    }

    /** More invalid versions than a start looks through. */
    static Stream<HostileLedger> many() {
        Function<Integer, String> version = number -> "defaults: {typo_" + number + ": 1h}\n";
        return Stream.of(HostileLedger.of(
                        "101 invalid policies",
                        writer -> IntStream.range(0, 101)
                                .forEach(number -> writer.commit("Typo", file(POLICY, version.apply(number)))))
                .alarming("policy broken"));
    }

    private static HostileLedger broken(String path, String name, Change... changes) {
        return HostileLedger.of(path.replaceAll(".*/", "") + " " + name, writer -> writer.commit("Change", changes))
                .alarming("policy broken");
    }
}
