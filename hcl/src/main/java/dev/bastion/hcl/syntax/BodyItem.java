package dev.bastion.hcl.syntax;

import java.util.List;

/** An attribute or block of a body. */
public sealed interface BodyItem {
    /** The token of its name or type. */
    int token();

    String name();

    /** {@code name = expression}. */
    record Attribute(int token, String name, TokenRange expression) implements BodyItem {}

    /** <code>type "label" { body }</code>; the body without its braces. */
    record Block(int token, String name, List<String> labels, TokenRange body) implements BodyItem {}
}
