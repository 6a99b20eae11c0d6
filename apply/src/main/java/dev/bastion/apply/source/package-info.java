/**
 * What a run applies: the files of one commit, read as blobs by git. Must not know Terraform's drivers.
 */
@NullMarked
package dev.bastion.apply.source;

import org.jspecify.annotations.NullMarked;
