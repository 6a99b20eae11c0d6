package dev.bastion.sandbox.github.transport;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.InstallationTokens;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.fault.ResponseDelay;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** The filter in front of git over HTTP: authenticates each request and applies the faults. */
public final class AuthFilter implements Filter {
    private static final String PUSHER = "bastion.pusher";

    private final InstallationTokens identities;
    private final GitHubFaults faults;

    public AuthFilter(InstallationTokens identities, GitHubFaults faults) {
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
        ResponseDelay.of(faults.delay());
        if (faults.isDown()) {
            response.sendError(503, "GitHub is down");
        } else if (faults.takeFailure()) {
            response.sendError(502, "bad gateway");
        } else {
            enter(request, response, inside);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        Optional<Account> account = identities.authenticate(request.getHeader("Authorization"));
        account.ifPresent(known -> request.setAttribute(PUSHER, known));
        if (account.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"GitHub\"");
            response.sendError(401, "a token is needed as the password");
        } else if (isPush(request) && faults.takeLostAcknowledgement()) {
            inside.doFilter(request, new DiscardingResponse(response));
            response.sendError(502, "bad gateway");
        } else {
            inside.doFilter(request, response);
        }
    }

    private static boolean isPush(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().endsWith("/git-receive-pack");
    }
}
