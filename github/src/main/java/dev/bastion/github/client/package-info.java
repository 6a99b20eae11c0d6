/**
 * The GitHub client: github-api and our few own REST calls over one OkHttp client, whose interceptors hold retries, rate
 * limits, redirects, ETags and tokens. Must not know the endpoints that the service uses.
 */
@NullMarked
package dev.bastion.github.client;

import org.jspecify.annotations.NullMarked;
