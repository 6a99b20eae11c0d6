/**
 * The types that other modules use: paths, values, spans and the exception. Knows only {@code java.*}.
 */
@NullMarked
package dev.bastion.hcl.model;

import org.jspecify.annotations.NullMarked;
