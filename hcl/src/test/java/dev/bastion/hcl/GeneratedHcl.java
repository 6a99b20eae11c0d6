package dev.bastion.hcl;

import dev.bastion.hcl.model.BooleanLiteral;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Literal;
import dev.bastion.hcl.model.NullLiteral;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.StringLiteral;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A random valid HCL file that repeats a few names in all spellings, with its literals and their places. */
final class GeneratedHcl {
    private static final List<String> NAMES =
            List.of("inputs", "deploy_bastion", "values", "x", "for_each", "if", "größe-1", "null_1");
    private static final List<String> EXPRESSIONS = List.of(
            "merge({ deploy_bastion = 0 }, local.x)",
            "\"${local.x}-%{ if a }}\\\"%{ else }{%{ endif }\"",
            "\"a$${b}${\"${ { x = \"}\" } }\"}\"",
            "local.a == 1 ? { x = 1 } : { x = [2] }",
            "[for x in local.y : x if x != \"}\"]",
            "{ for x, v in local.y : x => v... }",
            "a.b[0].*.c || !(1 >= 2 && d::e(f...))",
            "run_cmd(\"echo\", /* ) */ \"deploy_bastion = 0\")",
            "[1, \"]\", [], {}, { x = 1, \"y\" : 2 }]");
    private static final List<String> COMMENTS =
            List.of("# deploy_bastion = 0", "// x = \"", "#", "# ${ %{ { [ (", "#\t* /* наличие 😀");

    private final Random random;
    private final String newline;
    private final StringBuilder text = new StringBuilder();
    private final Map<HclPath, Literal> literals = new LinkedHashMap<>();

    private GeneratedHcl(Random random) {
        this.random = random;
        this.newline = random.nextInt(4) == 0 ? "\r\n" : "\n";
    }

    static GeneratedHcl of(Random random) {
        GeneratedHcl generated = new GeneratedHcl(random);
        generated.body(List.of(), 0);
        return generated;
    }

    /** With a byte order mark, without the last newline, and with bytes that are not UTF-8 in a comment, now and then. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (random.nextInt(5) == 0) {
            bytes.writeBytes("\ufeff".getBytes(StandardCharsets.UTF_8));
        }
        if (random.nextInt(5) == 0) {
            bytes.writeBytes("# \u00e9\u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        String content = text.toString();
        boolean cut = content.endsWith("}" + newline) && random.nextInt(3) == 0;
        bytes.writeBytes((cut ? content.substring(0, content.length() - newline.length()) : content)
                .getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    Map<HclPath, Literal> literals() {
        return literals;
    }

    static Literal literal(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> NumberLiteral.of(random.nextInt(-5, 100_000));
            case 1 -> new NumberLiteral(random.nextInt(100) + "." + random.nextInt(100) + "e+" + random.nextInt(9));
            case 2 -> new BooleanLiteral(random.nextBoolean());
            case 3 -> random.nextInt(4) == 0 ? new NullLiteral() : new StringLiteral("");
            default -> new StringLiteral(HostileText.any(random));
        };
    }

    private void body(List<String> path, int depth) {
        List<String> names = names();
        for (String name : names) {
            blanks(depth);
            List<String> inner = with(path, name);
            boolean block = depth < 4 && random.nextInt(4) == 0;
            if (block) {
                block(inner, name, depth);
            } else {
                text.append(name).append(space()).append('=').append(space());
                value(inner, depth, false);
            }
            lineEnd();
        }
    }

    private void block(List<String> path, String type, int depth) {
        List<String> labelled = path;
        text.append(type);
        for (int label = random.nextInt(3); label > 0; label--) {
            labelled = with(labelled, "label-" + label);
            text.append(" \"label-").append(label).append('"');
        }
        text.append(" {").append(newline);
        body(labelled, depth + 1);
        text.append("  ".repeat(depth)).append('}');
    }

    private void value(List<String> path, int depth, boolean inline) {
        switch (random.nextInt(depth < 4 ? 8 : 5)) {
            case 0 -> text.append(pick(EXPRESSIONS));
            case 1 -> heredocOrList(inline);
            case 5 -> object(path, depth, inline || random.nextBoolean());
            case 6 -> merge(path, depth, inline || random.nextBoolean());
            default -> scalar(path);
        }
    }

    private void scalar(List<String> path) {
        Literal literal = literal(random);
        literals.put(new HclPath(path), literal);
        text.append(literal.hcl());
    }

    private void heredocOrList(boolean inline) {
        if (inline) {
            text.append("[1, { deploy_bastion = 0 }, \"x\"]");
            return;
        }
        text.append(random.nextBoolean() ? "<<-E-1" : "<<E-1").append(newline);
        text.append("  deploy_bastion = 0 # \" } not E-1").append(newline);
        text.append("  a${ { x = \"}\" }.x }b $${ %%{ %{ if a ~}").append(newline);
        text.append("E-1 %{ endif }").append(newline).append("\tE-1 ");
    }

    private void object(List<String> path, int depth, boolean inline) {
        text.append('{').append(inline ? space() : newline);
        boolean first = true;
        for (String name : names()) {
            text.append(inline && !first ? "," + space() : "");
            first = false;
            if (!inline) {
                blanks(depth + 1);
            }
            text.append(key(name))
                    .append(space())
                    .append(random.nextBoolean() ? "=" : ":")
                    .append(space());
            value(with(path, name), depth + 1, inline);
            if (!inline) {
                lineEnd();
            }
        }
        text.append(inline ? space() : "  ".repeat(depth)).append('}');
    }

    private void merge(List<String> path, int depth, boolean inline) {
        text.append("merge(").append(random.nextBoolean() ? "local.x, " : "{ deploy_bastion = 7, x = 7 }, ");
        object(path, depth, inline);
        text.append(random.nextBoolean() ? ")" : ", )");
    }

    private String key(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> '"' + name + '"';
            case 1 -> "(\"" + name + "\")";
            default -> name;
        };
    }

    private void blanks(int depth) {
        if (random.nextInt(5) == 0) {
            text.append(random.nextBoolean() ? "" : "  " + pick(COMMENTS)).append(newline);
        }
        text.append(random.nextInt(8) == 0 ? "\t" : "  ".repeat(depth));
    }

    /** A heredoc's marker must stand alone, so nothing may follow it. */
    private void lineEnd() {
        boolean heredoc = text.toString().endsWith("\tE-1 ");
        if (!heredoc && random.nextInt(3) == 0) {
            text.append(random.nextInt(4) == 0 ? "\t" : " ".repeat(random.nextInt(4)))
                    .append(pick(COMMENTS));
        }
        text.append(newline);
    }

    private String space() {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "\t ";
            case 2 -> " /* x = { */ ";
            default -> " ";
        };
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(6));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<String> with(List<String> path, String step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }
}
