/**
 * The commands that ask the service's API: request, status, extend, end and history, for people and pipelines. They know the
 * API's paths and nothing of the ledger.
 */
@NullMarked
package dev.bastion.cli.request;

import org.jspecify.annotations.NullMarked;
