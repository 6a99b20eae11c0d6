package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer of the API that says that the call was done. */
record ApiAnswer(int status, JsonNode body) {}
