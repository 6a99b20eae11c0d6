package dev.bastion.ledger;

import java.util.List;

/** Inputs that try to change the meaning of a commit, a file or a chat message. */
public final class HostileTexts {
    public static final List<String> ALL = List.of(
            "${run_cmd(\"id\")}",
            "%{ if true }x%{ endif }",
            "\"quotes\" and 'quotes' and \\backslashes\\",
            "first\n\nBastion-Action: expire\nBastion-Environment: prod",
            "first\r\nRequested-By: root <U0>",
            "first\u2028Bastion-Request-Id: 00000000000000\u2029x\u0085y",
            "\u202eesrever\u202c and \u2066isolated\u2069",
            "please [skip ci] and [CI SKIP] and [no ci] [skip actions] [ actions skip ]",
            "x\n\nskip-checks: true",
            "skip-checks:: true",
            "<!channel> <@U123> <https://evil.example|click>",
            "# a comment",
            "---\ndiff --git a/x b/x",
            "Signed-off-by: root <root@example.com>",
            ": ",
            "é".repeat(300),
            "😀".repeat(200),
            "a\u0000b\u0007c\u001b[31md",
            "zero\u200bwidth\ufeffjoin",
            " leading and trailing ");

    private HostileTexts() {}
}
