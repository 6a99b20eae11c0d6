package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.slack.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectCommandsTest {
    @Test
    void theModulesOwnDocumentNeedsNoHost() {
        assertThat(ConnectCommands.portForward(Samples.CONNECTION))
                .isEqualTo("aws ssm start-session --region eu-central-1 --target i-0123456789abcdef0"
                        + " --document-name orders-dev-port-forward --parameters localPortNumber=15432");
    }

    @Test
    void withoutOneAnyHostIsNamed() {
        Connection plain =
                new Connection("i-1", "eu-central-1", "db.internal", 5433, Optional.empty(), Optional.empty());
        assertThat(ConnectCommands.portForward(plain))
                .isEqualTo("aws ssm start-session --region eu-central-1 --target i-1"
                        + " --document-name AWS-StartPortForwardingSessionToRemoteHost"
                        + " --parameters host=db.internal,portNumber=5433,localPortNumber=15432");
        assertThat(ConnectCommands.shell(plain)).isEmpty();
    }

    @Test
    void aShellHasItsOwnDocument() {
        assertThat(ConnectCommands.shell(Samples.CONNECTION))
                .hasValue("aws ssm start-session --region eu-central-1 --target i-0123456789abcdef0"
                        + " --document-name orders-dev-shell");
    }

    @Test
    void aTagThatIsAShellCommandStaysOneWord() {
        Connection hostile = new Connection(
                "i-1", "eu-central-1", "db", 1, Optional.of("x'; rm -rf ~; '```<!channel>"), Optional.empty());
        assertThat(ConnectCommands.portForward(hostile))
                .contains("--document-name 'x'\\''; rm -rf ~; '\\''```<!channel>' --");
        assertThat(ConnectCommands.shown(hostile)).doesNotContain("<!channel>").doesNotContain("~; '\\''```");
    }
}
