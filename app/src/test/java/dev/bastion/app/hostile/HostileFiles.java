package dev.bastion.app.hostile;

import static dev.bastion.app.world.HostileWriter.Change.bytes;
import static dev.bastion.app.world.HostileWriter.Change.executable;
import static dev.bastion.app.world.HostileWriter.Change.file;
import static dev.bastion.app.world.HostileWriter.Change.removed;
import static dev.bastion.app.world.HostileWriter.Change.submodule;
import static dev.bastion.app.world.HostileWriter.Change.symlink;
import static dev.bastion.app.world.LedgerRemote.environmentFile;
import static dev.bastion.app.world.LedgerRemote.path;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.app.world.HostileWriter;
import dev.bastion.app.world.HostileWriter.Change;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile files: look-alikes, unreadable environment files, and files of another type, size or number. */
final class HostileFiles {
    private static final String PROD = path("prod");

    private HostileFiles() {}

    /** Environments that no pattern or no policy names, or that differ from others in spelling alone. */
    static Stream<HostileLedger> lookalikes() {
        return Stream.of(
                HostileLedger.of("upper case", writer -> openAt(writer, path("Prod")))
                        .alarming("open without approval Prod")
                        .leaving("Prod", "open")
                        .leaving("prod", "unclear"),
                HostileLedger.of("underscore", writer -> openAt(writer, path("my_env")))
                        .alarming("open without approval my_env")
                        .leaving("my_env", "open"),
                HostileLedger.of("dot and hyphen", writer -> openAt(writer, path("v1.2"), path("-x")))
                        .alarming("open without approval v1.2")
                        .leaving("v1.2", "open"),
                HostileLedger.of("what git takes for a lock", writer -> openAt(writer, path("x.lock"))),
                HostileLedger.of("five levels", writer -> openAt(writer, path("prod/a/b/c/d")))
                        .alarming("open without approval prod/a/b/c/d")
                        .leaving("prod/a/b/c/d", "open"),
                HostileLedger.of("Cyrillic letter", writer -> openAt(writer, path("pr\u043ed"))),
                HostileLedger.of("control characters", writer -> openAt(writer, path("prod\u202e\n"))),
                HostileLedger.of("another file name", writer -> openAt(writer, path("prod") + ".json")),
                HostileLedger.of(
                                "renamed directory",
                                writer -> writer.commit(
                                        "Rename", removed(PROD), file(path("prod2"), writer.file("prod"))))
                        .leaving("prod", "none")
                        .leaving("prod2", "unclear"),
                HostileLedger.of(
                                "one resource name, two environments",
                                writer -> writer.commit(
                                        "More",
                                        file(path("prod-x"), environmentFile("prod-x")),
                                        file(path("prod/x"), environmentFile("prod/x"))))
                        .leaving("prod-x", "unclear")
                        .leaving("prod/x", "unclear"));
    }

    private static void openAt(HostileWriter writer, String... paths) {
        writer.commit(
                "Open",
                Stream.of(paths).map(path -> file(path, writer.opened("prod"))).toArray(Change[]::new));
    }

    /** Versions of an environment's file that cannot be read, and that may open it all the same. */
    static Stream<HostileLedger> unreadable() {
        return Stream.of(
                        unreadable("far year", text -> text.replace("2096-", "+1000000000-")),
                        unreadable("year before any", text -> text.replace("2026-01", "-1000000000-01")),
                        unreadable("a day that is none", text -> text.replace("2096-01-15", "2096-02-30")),
                        unreadable(
                                "24:00 and a half",
                                text -> text.replace("2096-01-15T12:30:00Z", "2096-01-15T24:00:01Z")),
                        unreadable("year 0", text -> text.replace("2096-", "0000-")),
                        unreadable(
                                "an offset of 25 hours",
                                text -> text.replace("2096-01-15T12:30:00Z", "2096-01-15T12:30:00+25:00")),
                        unreadable(
                                "40 digits of a second",
                                text -> text.replace("12:30:00Z", "12:30:00." + "1".repeat(40) + "Z")),
                        unreadable(
                                "nested interpolation",
                                text -> text.replace(
                                        "\"jane.roe\"",
                                        "\"" + "${\"".repeat(5_000) + "x" + "\"}".repeat(5_000) + "\"")),
                        unreadable("an escape of no character", text -> text.replace("jane.roe", "\\U00110000")),
                        unreadable("a number of 1e999999", text -> text.replace("= 1 ", "= 1e999999 ")),
                        unreadable("giant exponent", text -> text.replace("= 1 ", "= 1e99999999999 ")),
                        unreadable("giant number", text -> text.replace("= 1 ", "= 1" + "0".repeat(500_000) + " ")),
                        unreadable("two", text -> text.replace("= 1 ", "= 2 ")),
                        unreadable("text for a number", text -> text.replace("= 1 ", "= \"1\" ")),
                        unreadable("NUL", text -> text.replace("mock_outputs", "\u0000")),
                        unreadable("deep lists", text -> text.replace("= 1 ", "= " + nested(200_000) + " ")),
                        unreadable("heredoc", text -> text.replace("= 1 ", "= <<E\n1\nE\n")),
                        unreadable("endless heredoc", text -> text.replace("\"jane.roe\"", "<<" + "A".repeat(300_000))),
                        unreadable("merge", text -> text.replace("inputs = {", "inputs = merge(local.all, {")),
                        unreadable("conditional", text -> text.replace("= 1 ", "= local.on ? 1 : 0 ")),
                        unreadable("twice", text -> text.replace("= 1 ", "= 0\n  deploy_bastion = 1 ")),
                        unreadable("no holder", text -> text.replace("\"U23456789\"", "null")),
                        unreadable("giant holder", text -> text.replace("U23456789", "U".repeat(2_000_000))),
                        unreadable("12 MB", text -> text + "#".repeat(12_000_000)),
                        unreadable("100,000 open blocks", text -> text + "inputs {\n".repeat(100_000)))
                .flatMap(HostileFiles::alsoCorrected);
    }

    /** Files whose bytes are no text. */
    static Stream<HostileLedger> noText() {
        return Stream.of(
                        bytesOfProd(
                                "invalid UTF-8", text -> text.replace("jane.roe", "\u00ff\u00fe"), ISO_8859_1::encode),
                        bytesOfProd("UTF-16", text -> "\ufeff" + text, UTF_16LE::encode))
                .flatMap(HostileFiles::alsoCorrected);
    }

    private static HostileLedger bytesOfProd(
            String name, UnaryOperator<String> edit, Function<String, ByteBuffer> encode) {
        return HostileLedger.of(name, writer -> {
                    ByteBuffer encoded = encode.apply(edit.apply(writer.opened("prod")));
                    byte[] content = new byte[encoded.remaining()];
                    encoded.get(content);
                    writer.commit("By hand", bytes(PROD, content));
                })
                .alarming("unreadable prod", "open without approval prod")
                .leaving("prod", "unclear");
    }

    /** A file that cannot be read counts as open from its commit's time on: dated back, it has ended and is closed. */
    static Stream<HostileLedger> dated() {
        return Stream.of(
                dated("unreadable, dated back", Instant.parse("2026-01-15T12:00:00Z")),
                dated("unreadable, of 1970", Instant.EPOCH),
                dated("unreadable, dated ahead", Instant.parse("2099-01-15T12:00:00Z")),
                // a CR alone ends no comment, so the whole file is one
                HostileLedger.of(
                                "CR alone",
                                writer -> writer.commit(
                                        "By hand",
                                        file(PROD, writer.opened("prod").replace("\n", "\r"))))
                        .leaving("prod", "none"));
    }

    private static HostileLedger dated(String name, Instant at) {
        return HostileLedger.of(name, writer -> {
                    String text = writer.opened("prod").replace("2096-", "+1000000000-");
                    writer.commitRaw((HostileWriter.headers(at) + "By hand").getBytes(UTF_8), file(PROD, text));
                })
                .alarming("unreadable prod", "open without approval prod")
                .leaving("prod", "unclear");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static HostileLedger unreadable(String name, UnaryOperator<String> edit) {
        return HostileLedger.of(name, writer -> writer.commit("By hand", file(PROD, edit.apply(writer.opened("prod")))))
                .alarming("unreadable prod", "open without approval prod")
                .leaving("prod", "unclear");
    }

    /** The same, and the same corrected in the next commit, of which nothing is left but history. */
    private static Stream<HostileLedger> alsoCorrected(HostileLedger hostile) {
        HostileLedger corrected = HostileLedger.of(hostile.name() + ", corrected", writer -> {
            String closed = writer.file("prod");
            hostile.attack().accept(writer);
            writer.commit("Corrected", file(PROD, closed));
        });
        return Stream.of(hostile, corrected);
    }

    /** What stands where a file or a directory should. */
    static Stream<HostileLedger> types() {
        return Stream.of(
                HostileLedger.of("symlink", writer -> writer.commit("Link", symlink(PROD, "../../dev/bastion/x")))
                        .leaving("prod", "none"),
                HostileLedger.of("submodule", writer -> writer.commit("Module", submodule(PROD)))
                        .leaving("prod", "none"),
                HostileLedger.of("directory", writer -> writer.commit("Directory", file(PROD + "/x.hcl", "")))
                        .leaving("prod", "none"),
                HostileLedger.of("removed", writer -> writer.commit("Remove", removed(PROD)))
                        .leaving("prod", "none"),
                HostileLedger.of("file for a directory", writer -> writer.commit("File", file("environments/prod", "")))
                        .leaving("prod", "none"),
                HostileLedger.of("executable", writer -> writer.commit("Mode", executable(PROD, writer.file("prod"))))
                        .leaving("prod", "closed"),
                HostileLedger.of(
                                "open and executable",
                                writer -> writer.commit("Mode", executable(PROD, writer.opened("prod"))))
                        .alarming("open without approval prod")
                        .leaving("prod", "open"),
                HostileLedger.of("open, then a symlink", writer -> {
                            writer.commit("Open", file(PROD, writer.opened("prod")));
                            writer.commit("Link", symlink(PROD, "../../dev/bastion/terragrunt.hcl"));
                        })
                        .alarming("unreadable prod", "open without approval prod")
                        .leaving("prod", "unclear"));
    }

    static Stream<HostileLedger> takenAway() {
        String dev = path("dev");
        Stream<HostileLedger> alone = Stream.of(
                        symlink(dev, "../../prod/bastion/terragrunt.hcl"),
                        submodule(dev),
                        file(dev + "/terragrunt.hcl", ""),
                        removed(dev),
                        file("environments/dev", ""),
                        symlink("environments/dev", "prod"),
                        submodule("environments/dev/bastion"))
                .map(change -> HostileLedger.of(
                                change.mode() + " at " + change.path(), writer -> writer.commit("Move", change))
                        .alarming("unreadable dev"));
        Stream<HostileLedger> together = Stream.of(
                        file("environments", ""), symlink("environments", "infra"), submodule("environments"))
                .map(change -> HostileLedger.of(
                                change.mode() + " at " + change.path(), writer -> writer.commit("Move", change))
                        .alarming("unreadable dev", "unreadable staging")
                        .leaving("staging", "unclear"));
        return Stream.concat(alone, together);
    }

    /** Many, deep and large files. */
    static Stream<HostileLedger> sizes() {
        return Stream.of(
                HostileLedger.of("20,000 files", writer -> writer.commit("Many", many("environments/docs/", 20_000))),
                HostileLedger.of(
                        "2,000 environments' worth of directories",
                        writer -> writer.commit("Many", many("environments/Docs/x/bastion/terragrunt.hcl.", 2_000))),
                HostileLedger.of(
                        "1,000 levels",
                        writer -> writer.commit("Deep", file("environments/" + "d/".repeat(1_000) + "x", ""))),
                HostileLedger.of(
                        "a name of 4,000 characters",
                        writer -> writer.commit("Long", file("environments/" + "n".repeat(4_000) + "/bastion/x", ""))),
                HostileLedger.of(
                        "20 MB beside the environments",
                        writer -> writer.commit("Large", file("environments/README.md", "x".repeat(20_000_000)))));
    }

    private static Change[] many(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> file(prefix + number, "text"))
                .toArray(Change[]::new);
    }
}
