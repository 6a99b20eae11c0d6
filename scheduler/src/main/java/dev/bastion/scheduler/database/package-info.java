/**
 * The PostgreSQL that several replicas share: which of them leads, and who posts a message. It holds no truth, and everything
 * in it may be lost at any time. The only package that knows PostgreSQL.
 */
@NullMarked
package dev.bastion.scheduler.database;

import org.jspecify.annotations.NullMarked;
