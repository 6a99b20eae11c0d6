package dev.bastion.hcl;

import dev.bastion.hcl.model.Span;

/**
 * A line that ends in a comment after code.
 *
 * @param width columns of the line up to the end of the code
 * @param gap the space between the code and the comment
 */
record TrailingComment(int line, int width, Span gap) {}
