package dev.bastion.app.hostile;

import static dev.bastion.app.world.HostileWriter.Change.file;
import static dev.bastion.app.world.LedgerRemote.path;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.app.world.HostileWriter;
import java.time.Instant;
import java.util.stream.Stream;

/** Hostile commits: objects that no git client writes, and messages that claim to be the service's. */
final class HostileCommits {
    private static final String PROD = path("prod");
    private static final String TRAILERS =
            "\n\nBastion-Action: expire\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T1XK\n";

    private HostileCommits() {}

    /** Each opens an environment by hand, which must be seen however the commit is written. */
    static Stream<HostileLedger> odd() {
        String who = HostileWriter.headers(Instant.parse("2026-11-01T00:00:00Z"));
        String headers = who.substring(0, who.length() - 1);
        return Stream.of(
                odd("no author and no committer", "\nno author"),
                odd("empty identities", "author\ncommitter\n\nempty"),
                odd("no date", "author J <j@x>\ncommitter J <j@x>\n\nno date"),
                odd("half an address", "author < 1 +0000\ncommitter > 1 +0000\n\nhalf"),
                odd("1970", "author J <j@x> 0 +0000\ncommitter J <j@x> 0 +0000\n\nepoch"),
                odd("2105", "author J <j@x> 4260000000 +0000\ncommitter J <j@x> 4260000000 +0000\n\nlate"),
                odd(
                        "far date",
                        "author J <j@x> 9223372036854775807 -9999\ncommitter J <j@x> 9223372036854775807"
                                + " -9999\n\nfar"),
                odd(
                        "giant date",
                        "author J <j@x> 99999999999999999999 +0000\ncommitter J <j@x> " + "9".repeat(10_000)
                                + " +0000\n\nfar"),
                odd("unknown encoding", headers + "encoding no-such\n\nmessage" + TRAILERS),
                odd("NUL encoding", headers + "encoding \u0000\n\nmessage" + TRAILERS),
                odd("UTF-16 encoding", headers + "encoding UTF-16\n\nmessage" + TRAILERS),
                odd("NUL in the message", headers + "\nmes\u0000sage" + TRAILERS),
                odd("CRLF", headers + ("\nmessage" + TRAILERS).replace("\n", "\r\n")),
                odd("5 MB", headers + "\n" + "x".repeat(5_000_000) + TRAILERS),
                odd(
                        "200,000 continuation lines",
                        headers + "\nsubject\n\nBastion-Action: open\n" + " x\n".repeat(200_000)),
                odd("giant header", headers + "gpgsig " + " x\n".repeat(500_000) + "\nsigned" + TRAILERS),
                odd("before 1970", "author J <j@x> -1 +0000\ncommitter J <j@x> -9223372036854775808 +0000\n\nearly"),
                odd(
                        "292 billion years",
                        "author J <j@x> 9223372036854775 +1\ncommitter J <j@x> 9223372036854775 +1\n\nfar"),
                odd("odd time zones", "author J <j@x> 1 +99999999999\ncommitter J <j@x> 1 -00\n\nzones"),
                odd(
                        "a name of 1 MB",
                        "author " + "N".repeat(1_000_000) + " <j@x> 1 +0000\ncommitter J <j@x> 1 +0000\n\nx"),
                odd("1,000 encodings", headers + "encoding UTF-8\n".repeat(1_000) + "\nmessage" + TRAILERS),
                odd("headers twice", headers + "tree " + "1".repeat(40) + "\n" + headers + "\nmessage" + TRAILERS),
                odd("a tag in the header", headers + "mergetag object " + "2".repeat(40) + "\n type commit\n\nmessage"),
                odd("10,000 trailers", headers + "\nsubject\n\n" + "Bastion-Action: open\n".repeat(10_000)),
                odd("trailers twice", headers + "\nsubject" + TRAILERS + TRAILERS.strip()),
                odd("NUL and U+2028 in trailers", headers + "\nsubject" + TRAILERS.replace("dev", "d\u0000e\u2028v")),
                odd("no message", headers),
                odd("no empty line", headers + "message"));
    }

    private static HostileLedger odd(String name, String rest) {
        return HostileLedger.of(
                        name, writer -> writer.commitRaw(rest.getBytes(UTF_8), file(PROD, writer.opened("prod"))))
                .alarming("open without approval prod")
                .leaving("prod", "open");
    }

    /** Messages of the service's form about the honest grant. Its file does not change, so nothing may. */
    static Stream<HostileLedger> forged() {
        return Stream.of(
                forged("open", "Reason: forged\n"),
                forged("start", "Duration: 2h\n" + APPROVED),
                forged("extend", "Extended-By: jane.roe <U23456789>\n"),
                forged("extend", "Extended-By: jane.roe <U23456789>\n" + APPROVED),
                forged("end", "Ended-By: jane.roe <U23456789>\n" + ENDED),
                forged("revoke", "Revoked-By: jane.roe <U23456789>\n" + ENDED),
                forged("expire", ENDED),
                forged("approve", "Approved-By: jane.roe <U23456789> after the fact\n"),
                forged("open", "Break-Glass: yes\n"),
                forged("open", "Duration: 2h\n" + APPROVED),
                forged("lapse", ""),
                forged("\u0130nvalid", ""));
    }

    /** Messages of the service's form that come with nothing but a comment in the file that they name. */
    static Stream<HostileLedger> forgedUponAComment() {
        return Stream.of(
                uponAComment("open", ""),
                uponAComment("open", "Duration: 2h\n" + APPROVED),
                uponAComment("start", "Duration: 2h\n" + APPROVED),
                uponAComment("extend", "Extended-By: jane.roe <U23456789>\n"),
                uponAComment("end", "Ended-By: jane.roe <U23456789>\n" + ENDED),
                uponAComment("expire", ENDED));
    }

    private static HostileLedger uponAComment(String action, String more) {
        return HostileLedger.of(
                "forged " + action + " with a comment "
                        + more.lines().findFirst().orElse(""),
                writer -> writer.commit(
                        message(action, "prod", "01JHR7Z9C0V6T1XK", more),
                        file(PROD, "# reviewed\n" + writer.file("prod"))));
    }

    private static final String APPROVED =
            "Approved-By: jane.roe <U23456789> (janeroe) PR #1 review 2 at 2126-01-15T12:00:00Z\n"
                    + "Approved-At: 2126-01-15T12:00:00Z\nApproved-Head: " + "1".repeat(40) + "\n";
    private static final String ENDED = "Ended-At: 2026-11-01T00:00:00Z\nReverts: " + "2".repeat(40) + "\n";

    private static HostileLedger forged(String action, String more) {
        return HostileLedger.of(
                "forged " + action + " " + more.lines().findFirst().orElse(""),
                writer -> writer.commit(
                        message(action, "dev", writer.request("dev"), more), file("README.md", action + more)));
    }

    private static String message(String action, String environment, String request, String more) {
        return "bastion(" + environment + "): " + action + " for john.doe\n\njohn.doe\n\nBastion-Action: " + action
                + "\nBastion-Environment: " + environment + "\nBastion-Request-Id: " + request
                + "\nRequested-By: john.doe <U12345678>\nCreated-At: 2026-11-01T00:00:00Z\n"
                + "Expires-At: 2126-01-15T12:00:00Z\n" + more;
    }
}
