/** Tests of the shared database, with a PostgreSQL that is started for them. */
@NullMarked
package dev.bastion.scheduler.database;

import org.jspecify.annotations.NullMarked;
