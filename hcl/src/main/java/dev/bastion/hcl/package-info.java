/**
 * Lossless HCL: find a value by its path, replace it, touch nothing else. Knows the syntax of HCL2; must not know what the
 * values mean. Imports only java.* (and null annotations).
 */
@NullMarked
package dev.bastion.hcl;

import org.jspecify.annotations.NullMarked;
