package dev.bastion.ledger.git.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import java.io.IOException;
import org.eclipse.jgit.errors.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What git's remotes say when they do not do it, before and after a push was sent. */
class PushRejectionsTest {
    private static Fault before(String message) {
        return faultOf(PushRejections.of("fetching", new TransportException(message)));
    }

    private static Fault after(String message) {
        return faultOf(PushRejections.sent("pushing", new TransportException(message)));
    }

    private static Fault faultOf(RuntimeException failure) {
        assertThat(failure).isInstanceOf(CallFailed.class);
        return ((CallFailed) failure).fault();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://github.com/acme/x.git: not authorized | ledger.token
            git@github.com: Auth fail | ledger.ssh_key
            https://github.com/acme/x.git: authentication not supported | ledger.token
            Server key did not validate | known_hosts
            PKIX path building failed: unable to find valid certification path to requested target | certificate
            https://github.com/acme/x.git: git-receive-pack not permitted on 'https://github.com/acme/x.git/' | write access
            ERROR: Permission to acme/x.git denied to deploy key | write access
            ERROR: This repository was archived so it is read-only. | unarchive
            ERROR: The 'acme' organization has enabled or enforced SAML SSO. | SAML
            ERROR: the organization has an IP allow list enabled | IP allow list
            ERROR: Your account is suspended. | unsuspend
            https://github.com/acme/x.git: 402 Payment Required | billing
            ERROR: Repository not found. | ledger.remote
            https://github.com/acme/x.git: not found: | ledger.remote
            fatal: 'x.git' does not appear to be a git repository | ledger.remote
            the remote has no branch trunk; check ledger.branch | ledger.branch
            """)
    void aRefusalIsForGoodAlsoAfterAPushWasSentAndNamesTheSetting(String message, String remedy) {
        for (Fault fault : new Fault[] {before(message), after(message)}) {
            assertThat(fault).isInstanceOfSatisfying(Fault.Refused.class, refused -> {
                assertThat(refused.answered()).isEqualTo(message);
                assertThat(refused.remedy()).contains(remedy);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/x.git: 503 Service Unavailable",
                "https://github.com/acme/x.git: 502 Bad Gateway",
                "https://github.com/acme/x.git: 429 Too Many Requests",
                "Connection refused",
                "Connection reset",
                "Read timed out",
                "remote hung up unexpectedly",
                "github.com: Name or service not known",
            })
    void aBrokenConnectionDidNothingBeforeThePushAndIsUnknownAfterIt(String message) {
        assertThat(before(message)).isInstanceOf(Fault.Later.class);
        assertThat(after(message)).isInstanceOf(Fault.Unknown.class);
    }

    @Test
    void aFailureWithoutWordsIsNoRefusal() {
        assertThat(faultOf(PushRejections.of("fetching", new IOException()))).isInstanceOf(Fault.Later.class);
    }
}
