package dev.bastion.sandbox.github.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.fault.GitHubException;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reading JSON requests and sending JSON responses as GitHub does: pages of thirty with Link headers, ETags and 304. */
public final class JsonExchange {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 30;
    private static final int LARGEST_PAGE = 100;

    private JsonExchange() {}

    public static JsonNode read(Context request) {
        try {
            JsonNode body = JSON.readTree(request.bodyAsBytes());
            if (body == null || !body.isObject()) {
                throw new GitHubException(400, "Problems parsing JSON");
            }
            return body;
        } catch (IOException unreadable) {
            throw new GitHubException(400, "Problems parsing JSON");
        }
    }

    public static JsonNode nothing() {
        return JSON.createObjectNode();
    }

    /** As {@link #read}; an empty object where nothing was sent. */
    public static JsonNode readIfAny(Context request) {
        return request.bodyAsBytes().length == 0 ? JSON.createObjectNode() : read(request);
    }

    /** A text of the body; empty when it is not there or null. */
    public static String text(JsonNode body, String field) {
        return body.path(field).isTextual() ? body.path(field).asText() : "";
    }

    /** The texts of a list of the body. */
    public static List<String> texts(JsonNode body, String field) {
        return StreamSupport.stream(body.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** A number of the path: what is none leads nowhere. */
    public static int number(Context request, String parameter) {
        try {
            return Integer.parseInt(request.pathParam(parameter));
        } catch (NumberFormatException notANumber) {
            throw GitHubException.notFound();
        }
    }

    public static void sendNothing(Context request) {
        request.status(204);
    }

    public static void send(Context request, int status, Object body) {
        byte[] bytes = bytes(body);
        request.contentType("application/json; charset=utf-8");
        if (status == 200) {
            String tag = "W/\"" + digest(bytes) + "\"";
            request.header("ETag", tag);
            // as GitHub has it: a cache may hold an answer for a minute, unless it is asked not to
            request.header("Cache-Control", "private, max-age=60, s-maxage=60");
            request.header("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept");
            if (tag.equals(request.header("If-None-Match"))) {
                request.status(304);
                return;
            }
        }
        request.status(status).result(bytes);
    }

    /** The requested page; sets the Link header. */
    public static <T> List<T> page(Context request, List<T> all) {
        int size = Math.clamp(queryNumber(request, "per_page", PAGE), 1, LARGEST_PAGE);
        int page = Math.max(1, queryNumber(request, "page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link(request, page - 1, "prev"));
            links.add(link(request, 1, "first"));
        }
        if (page < last) {
            links.add(link(request, page + 1, "next"));
            links.add(link(request, last, "last"));
        }
        if (!links.isEmpty()) {
            request.header("Link", String.join(", ", links));
        }
        int from = Math.min(all.size(), (page - 1) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    /** The same question about another page. */
    private static String link(Context request, int page, String relation) {
        String others = Optional.ofNullable(request.queryString()).stream()
                .flatMap(query -> Arrays.stream(query.split("&")))
                .filter(pair -> !pair.isEmpty() && !pair.startsWith("page="))
                .map(pair -> pair + "&")
                .collect(Collectors.joining());
        return "<" + request.url() + "?" + others + "page=" + page + ">; rel=\"" + relation + "\"";
    }

    private static int queryNumber(Context request, String parameter, int otherwise) {
        String text = request.queryParam(parameter);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsString(body).getBytes(UTF_8);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an answer that is no JSON", bug);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
