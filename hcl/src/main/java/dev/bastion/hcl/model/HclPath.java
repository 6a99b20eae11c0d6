package dev.bastion.hcl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a value: names of attributes, blocks, block labels and object keys, from the top of the file. Written
 * {@code inputs.deploy_bastion}, {@code unit["bastion"].values.deploy_bastion}, {@code locals.region}; {@code a.b} and
 * {@code a["b"]} are one path.
 */
public record HclPath(List<String> steps) {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]*";
    private static final Pattern PLAIN = Pattern.compile(NAME);
    private static final Pattern STEP =
            Pattern.compile("(?:^|(?!^)\\.)(?<name>" + NAME + ")|\\[\"(?<quoted>(?:[^\"\\\\]++|\\\\.)*+)\"]");

    public HclPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path needs at least one step");
        }
    }

    /**
     * Reads a path as it is written.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static HclPath of(String text) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (at < text.length() && step.find(at) && step.start() == at && !(at == 0 && text.startsWith("["))) {
            steps.add(step.group("name") != null ? step.group("name") : unescaped(step.group("quoted")));
            at = step.end();
        }
        if (at < text.length() || steps.isEmpty()) {
            throw new IllegalArgumentException("not a path such as inputs.deploy_bastion: " + text);
        }
        return new HclPath(steps);
    }

    /** The path of something within what this path leads to. */
    public HclPath child(String step) {
        List<String> longer = new ArrayList<>(steps);
        longer.add(step);
        return new HclPath(longer);
    }

    /** The first so many steps. */
    public HclPath head(int count) {
        return new HclPath(steps.subList(0, count));
    }

    public String last() {
        return steps.getLast();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String step : steps) {
            if (PLAIN.matcher(step).matches()) {
                text.append(text.isEmpty() ? "" : ".").append(step);
            } else {
                text.append("[\"")
                        .append(step.replaceAll("([\"\\\\])", "\\\\$1"))
                        .append("\"]");
            }
        }
        return text.toString();
    }

    private static String unescaped(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }
}
