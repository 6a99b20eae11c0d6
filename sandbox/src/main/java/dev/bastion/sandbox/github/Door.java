package dev.bastion.sandbox.github;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Stands before git over HTTP: asks for the token, and acts the faults. */
final class Door implements Filter {
    private static final String PUSHER = "bastion.pusher";

    private final Identities identities;
    private final Faults faults;

    Door(Identities identities, Faults faults) {
        this.identities = identities;
        this.faults = faults;
    }

    /** Who came in. */
    static Account pusher(HttpServletRequest request) {
        return (Account) request.getAttribute(PUSHER);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        pass((HttpServletRequest) request, (HttpServletResponse) response, inside);
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        Pause.of(faults.delay());
        if (faults.isDown()) {
            response.sendError(503, "the forge is down");
        } else if (faults.takeFailure()) {
            response.sendError(502, "bad gateway");
        } else {
            enter(request, response, inside);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        Optional<Account> account = identities.proven(request.getHeader("Authorization"));
        account.ifPresent(known -> request.setAttribute(PUSHER, known));
        if (account.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"GitHub\"");
            response.sendError(401, "a token is needed as the password");
        } else if (isPush(request) && faults.takeLostAcknowledgement()) {
            inside.doFilter(request, new DeafResponse(response));
            response.sendError(502, "bad gateway");
        } else {
            inside.doFilter(request, response);
        }
    }

    private static boolean isPush(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().endsWith("/git-receive-pack");
    }
}
