package dev.bastion.sandbox.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** JSON in and out as GitHub does it: pages of thirty with Link headers, ETags and 304. */
final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 30;
    private static final int LARGEST_PAGE = 100;

    private Answer() {}

    static JsonNode read(Context request) {
        try {
            JsonNode body = JSON.readTree(request.bodyAsBytes());
            if (body == null || !body.isObject()) {
                throw new Problem(400, "Problems parsing JSON");
            }
            return body;
        } catch (java.io.IOException unreadable) {
            throw new Problem(400, "Problems parsing JSON");
        }
    }

    static void send(Context request, int status, Object body) {
        byte[] bytes = bytes(body);
        request.contentType("application/json; charset=utf-8");
        if (status == 200) {
            String tag = "W/\"" + digest(bytes) + "\"";
            request.header("ETag", tag);
            if (tag.equals(request.header("If-None-Match"))) {
                request.status(304);
                return;
            }
        }
        request.status(status).result(bytes);
    }

    /** The page that was asked for; sets the Link header. */
    static <T> List<T> page(Context request, List<T> all) {
        int size = Math.clamp(number(request, "per_page", PAGE), 1, LARGEST_PAGE);
        int page = Math.max(1, number(request, "page", 1));
        int last = Math.max(1, (all.size() + size - 1) / size);
        if (page < last) {
            request.header("Link", link(request, page + 1, size, "next") + ", " + link(request, last, size, "last"));
        }
        int from = Math.min(all.size(), (page - 1) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    private static String link(Context request, int page, int size, String relation) {
        return "<" + request.url() + "?per_page=" + size + "&page=" + page + ">; rel=\"" + relation + "\"";
    }

    private static int number(Context request, String parameter, int otherwise) {
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
