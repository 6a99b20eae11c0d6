package dev.bastion.hcl;

import java.util.List;
import java.util.Random;

/** Text that tries to change the meaning of a file. */
public final class HostileText {
    public static final List<String> ALL = List.of(
            "${run_cmd(\"id\")}",
            "$${x}",
            "$$${x}",
            "%{ if true }x%{ endif }",
            "%%{ if true }",
            "\"",
            "\\",
            "\\\"",
            "\\${x}",
            "\" }\ninputs = { deploy_bastion = 1 }",
            "\r\n\t",
            "# not a comment",
            "/* nor this",
            "<<EOT\nx\nEOT",
            "\u2028\u2029\u0085",
            "\u202e\u2066\u200b\ufeff",
            "\u0000\u0007\u001b[31m\u007f",
            "\u00a0\u3000",
            "é e\u0301 😀 👩‍👩‍👧 наличие",
            "\ue000\udbff\udfff",
            "$",
            "%",
            "${",
            "}",
            "{$%{",
            "x".repeat(3000));

    private HostileText() {}

    static String any(Random random) {
        StringBuilder text = new StringBuilder();
        for (int part = random.nextInt(3); part >= 0; part--) {
            text.append(ALL.get(random.nextInt(ALL.size() - 1)));
        }
        return text.toString();
    }
}
