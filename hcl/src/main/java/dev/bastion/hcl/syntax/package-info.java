/**
 * HCL's lexical and expression syntax: tokens that cover every byte, and readers that step over what is not asked for.
 * Must not know paths or edits.
 */
@NullMarked
package dev.bastion.hcl.syntax;

import org.jspecify.annotations.NullMarked;
