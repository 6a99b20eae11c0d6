/**
 * REST endpoints of what surrounds the code: the repository, its rulesets, users, apps, rate limits. Know nothing of pull
 * requests or commits.
 */
@NullMarked
package dev.bastion.sandbox.github.rest.repository;

import org.jspecify.annotations.NullMarked;
