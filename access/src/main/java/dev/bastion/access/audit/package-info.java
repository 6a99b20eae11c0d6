/**
 * What the ledger's history says about each grant, and the questions of an auditor. Pure: knows values only, and must not know
 * how the history is read or how an answer is shown.
 */
@NullMarked
package dev.bastion.access.audit;

import org.jspecify.annotations.NullMarked;
