package dev.bastion.sandbox.github.rest;

/**
 * A REST request with the response it got.
 *
 * @param path as it was sent, below {@link RestApi#ROOT}, with its percent signs
 * @param query as it was sent; empty for none
 * @param sent the body of the request; empty for none
 * @param answered the body of the response; empty for none
 */
public record RestExchange(String method, String path, String query, String sent, int status, String answered) {}
