/**
 * The report of an auditor: one HTML file that opens offline, made from the grants that the ledger's history has. Knows
 * {@code access.audit}; must not know how the history is read.
 */
@NullMarked
package dev.bastion.cli.report;

import org.jspecify.annotations.NullMarked;
