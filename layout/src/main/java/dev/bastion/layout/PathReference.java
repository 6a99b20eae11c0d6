package dev.bastion.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of an HCL file that may be a path: its literal parts, in order, between which anything may stand.
 *
 * @param parts in the form that {@link PathPattern#folded} gives
 * @param isOpen whether the text starts with something computed
 * @param mayBeDirectory whether it may name a directory with all that lies in it
 */
record PathReference(List<String> parts, boolean isOpen, boolean mayBeDirectory) {
    private static final char ANYTHING = '\u0000';
    private static final int MOST_PARTS = 8;
    private static final int MOST_DEPTH = 100;
    /** A function that reads a file whose path does not begin with a literal. */
    private static final Pattern COMPUTED = Pattern.compile(
            "\\b(?:file\\w*|templatefile|read_terragrunt_config|read_tfvars_file|sops_decrypt_file|find_in_parent_folders)"
                    + "\\(\\s*(?![\"\\s)]|find_in_parent_folders\\()");
    /** The innermost interpolation. */
    private static final Pattern INTERPOLATION = Pattern.compile("[$%]\\{([^{}]*)}");

    private static final Pattern VERB = Pattern.compile("%[#+-]?[0-9.]*[svdq]|\\*+");
    private static final Pattern BETWEEN = Pattern.compile("[\\s\"'(),\\[\\]{}=<>;|&!?]+");
    private static final Pattern WORD = Pattern.compile("\\p{Alnum}{2}");

    PathReference {
        parts = List.copyOf(parts);
    }

    /** Whether the text reads a file whose path it computes altogether. */
    static boolean isComputed(String text) {
        return COMPUTED.matcher(text).find();
    }

    /** Whether its braces are nested more deeply than is read. */
    static boolean isTooDeep(String text) {
        int depth = 0;
        int deepest = 0;
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            depth = each == '{' ? depth + 1 : each == '}' ? Math.max(0, depth - 1) : depth;
            deepest = Math.max(deepest, depth);
        }
        return deepest > MOST_DEPTH;
    }

    /**
     * Every text that may be a path.
     *
     * @param text not too deep: each depth of nested interpolations is a pass over it
     */
    static Set<PathReference> in(String text) {
        Set<PathReference> all = new LinkedHashSet<>();
        boolean listsDirectories = text.contains("fileset");
        String rest = text.replace(ANYTHING, ' ');
        for (Matcher inner = INTERPOLATION.matcher(rest); inner.find(); inner = INTERPOLATION.matcher(rest)) {
            rest = inner.replaceAll(interpolation -> {
                add(interpolation.group(1), listsDirectories, all);
                return String.valueOf(ANYTHING);
            });
        }
        add(rest, listsDirectories, all);
        return all;
    }

    private static void add(String text, boolean listsDirectories, Set<PathReference> all) {
        for (String token : BETWEEN.split(VERB.matcher(text).replaceAll(String.valueOf(ANYTHING)))) {
            String path = withoutSteps(PathPattern.folded(token));
            if (WORD.matcher(path).find()) {
                List<String> parts = Arrays.stream(path.split(String.valueOf(ANYTHING)))
                        .filter(part -> !part.isEmpty())
                        .toList();
                boolean isOpen = path.charAt(0) == ANYTHING || parts.size() > MOST_PARTS;
                boolean mayBeDirectory = token.contains("/") || listsDirectories;
                List<String> last = parts.subList(Math.max(0, parts.size() - MOST_PARTS), parts.size());
                all.add(new PathReference(
                        path.charAt(path.length() - 1) == ANYTHING ? append(last, "") : last, isOpen, mayBeDirectory));
            }
        }
    }

    /** Without empty steps and {@code .}, and without what {@code ..} leads away from. */
    private static String withoutSteps(String token) {
        List<String> steps = new ArrayList<>();
        for (String step : token.split("/")) {
            if (step.equals("..")) {
                steps.clear();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }

    private static List<String> append(List<String> parts, String last) {
        List<String> all = new ArrayList<>(parts);
        all.add(last);
        return all;
    }

    /** The path behind the last computed part, where that is literal; empty otherwise. */
    String tail() {
        String last = parts.getLast();
        boolean isWhole = parts.size() == 1 && !isOpen;
        int slash = last.indexOf('/');
        return isWhole ? last : slash < 0 ? "" : last.substring(slash + 1);
    }

    /** @param path in the form that {@link PathPattern#folded} gives */
    boolean mayMean(String path) {
        String rest = "/" + path + "/";
        Deque<String> texts = new ArrayDeque<>(parts);
        if (!isOpen) {
            texts.addFirst("/" + texts.removeFirst());
        }
        String last = texts.removeLast();
        for (String text : texts) {
            int found = rest.indexOf(text);
            if (found < 0) {
                return false;
            }
            rest = rest.substring(found + text.length());
        }
        return mayBeDirectory ? rest.contains(last + "/") : rest.endsWith(last + "/");
    }
}
