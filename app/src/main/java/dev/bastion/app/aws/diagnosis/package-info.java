/**
 * The checks of one environment's bastion in AWS, from its instance to the rules of its database and its scheduled end, as findings
 * with a remedy each. They only read, and know nothing of the ledger.
 */
@NullMarked
package dev.bastion.app.aws.diagnosis;

import org.jspecify.annotations.NullMarked;
