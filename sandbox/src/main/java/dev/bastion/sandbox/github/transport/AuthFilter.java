package dev.bastion.sandbox.github.transport;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.InstallationTokens;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.fault.ResponseDelay;
import dev.bastion.sandbox.github.git.RepositoryName;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The filter in front of git over HTTP: authenticates each request and applies the faults. */
public final class AuthFilter implements Filter {
    private static final String PUSHER = "bastion.pusher";
    private static final String PERMISSIONS = "bastion.permissions";
    private static final Permissions READ = Permissions.parse("contents=read");
    private static final Permissions WRITE = Permissions.parse("contents=write");

    private final RepositoryName name;
    private final InstallationTokens identities;
    private final GitHubFaults faults;

    public AuthFilter(RepositoryName name, InstallationTokens identities, GitHubFaults faults) {
        this.name = name;
        this.identities = identities;
        this.faults = faults;
    }

    /** Who came in. */
    static Account pusher(HttpServletRequest request) {
        return (Account) request.getAttribute(PUSHER);
    }

    /** What the app that came in may do; empty for an account, which may do all that accounts may. */
    static Optional<Permissions> permissions(HttpServletRequest request) {
        return Optional.ofNullable((Permissions) request.getAttribute(PERMISSIONS));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        pass((HttpServletRequest) request, (HttpServletResponse) response, inside);
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        ResponseDelay.of(faults.delay());
        if (faults.isGitDown()) {
            response.sendError(503, "GitHub is down");
        } else if (faults.takeFailure()) {
            response.sendError(502, "bad gateway");
        } else {
            enter(request, response, inside);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        String authorization = request.getHeader("Authorization");
        Optional<Account> account = identities.authenticate(authorization);
        account.ifPresent(known -> request.setAttribute(PUSHER, known));
        Optional<Permissions> permissions = identities.permissions(authorization);
        permissions.ifPresent(known -> request.setAttribute(PERMISSIONS, known));
        Optional<String> denial = account.flatMap(who -> denial(request, who, permissions));
        if (account.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"GitHub\"");
            response.sendError(401, "a token is needed as the password");
        } else if (identities.isOfApp(authorization) && faults.isOn(GitHubFault.KEY_REVOKED)) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"GitHub\"");
            response.sendError(401, "Bad credentials");
        } else if (denial.isPresent()) {
            refuse(response, denial.get());
        } else if (isPush(request) && faults.takeLostAcknowledgement()) {
            inside.doFilter(request, new DiscardingResponse(response));
            response.sendError(502, "bad gateway");
        } else {
            inside.doFilter(request, response);
        }
    }

    /** What GitHub answers instead of serving the request: git prints it after {@code remote:}. */
    private Optional<String> denial(HttpServletRequest request, Account who, Optional<Permissions> permissions) {
        if (faults.isOn(GitHubFault.SAML) && permissions.isEmpty()) {
            return Optional.of("The `" + name.owner() + "' organization has enabled or enforced SAML SSO. To access\n"
                    + "this repository, visit https://github.com/orgs/" + name.owner()
                    + "/sso?authorization_request=A1B2 and try your request again.");
        }
        if (faults.isOn(GitHubFault.ARCHIVED) && isForPush(request)) {
            return Optional.of("This repository was archived so it is read-only.");
        }
        return permissions.flatMap(own -> denial(request, who, own));
    }

    private Optional<String> denial(HttpServletRequest request, Account who, Permissions permissions) {
        if (faults.isOn(GitHubFault.SUSPENDED) && identities.isOfApp(request.getHeader("Authorization"))) {
            return Optional.of(
                    "This installation has been suspended"); // unsure: REST's words; git's are not written down
        }
        if (!permissions.include(READ)) {
            return Optional.of("Write access to repository not granted.");
        }
        return isForPush(request) && !permissions.include(WRITE)
                ? Optional.of("Permission to " + name + ".git denied to " + who.login() + ".")
                : Optional.empty();
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        response.setStatus(403);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isForPush(HttpServletRequest request) {
        return isPush(request) || "git-receive-pack".equals(request.getParameter("service"));
    }

    private static boolean isPush(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getRequestURI().endsWith("/git-receive-pack");
    }
}
