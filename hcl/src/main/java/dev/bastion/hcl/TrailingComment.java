package dev.bastion.hcl;

import dev.bastion.hcl.model.Span;

/**
 * A comment behind the code of a line.
 *
 * @param width the columns up to the end of the code
 * @param gap the space between code and comment
 */
record TrailingComment(int line, int width, Span gap) {}
