package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.access.grant.BastionObservation.Target;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.slack.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectCommandsTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");

    private static Connection at(int port) {
        return new Connection("i-1", "eu-central-1", "db.internal", port, Optional.of("d"), Optional.empty());
    }

    @Test
    void theCommandLineComesFirst() {
        assertThat(ConnectCommands.shown(DEV, Samples.CONNECTION))
                .startsWith("On your machine, with your AWS profile (`--profile`):\n"
                        + "```bastion connect dev --region eu-central-1 --psql```");
    }

    @Test
    void theClientIsTheOneOfTheEngineAndThePortTheOneOfTheEnvironment() {
        assertThat(ConnectCommands.client(DEV, at(5432)))
                .isEqualTo("psql -h 127.0.0.1 -p 29349 -U YOUR_USER YOUR_DATABASE");
        assertThat(ConnectCommands.client(DEV, at(3306)))
                .isEqualTo("mysql --protocol=TCP -h 127.0.0.1 -P 29349 -u YOUR_USER -p YOUR_DATABASE");
        assertThat(ConnectCommands.client(DEV, at(1433))).isEqualTo("127.0.0.1:29349");
        assertThat(ConnectCommands.client(new EnvironmentName("prod"), at(1433)))
                .isEqualTo("127.0.0.1:29687");
        assertThat(ConnectCommands.connect(DEV, at(3306))).endsWith(" --mysql");
        assertThat(ConnectCommands.connect(DEV, at(1433))).isEqualTo("bastion connect dev --region eu-central-1");
    }

    @Test
    void theModulesOwnDocumentNeedsNoHost() {
        assertThat(ConnectCommands.portForward(DEV, Samples.CONNECTION))
                .isEqualTo("aws ssm start-session --region eu-central-1 --target i-0123456789abcdef0"
                        + " --document-name orders-dev-port-forward --parameters localPortNumber=29349");
    }

    @Test
    void withoutOneAnyHostIsNamed() {
        Connection plain =
                new Connection("i-1", "eu-central-1", "db.internal", 5433, Optional.empty(), Optional.empty());
        assertThat(ConnectCommands.portForward(DEV, plain))
                .isEqualTo("aws ssm start-session --region eu-central-1 --target i-1"
                        + " --document-name AWS-StartPortForwardingSessionToRemoteHost"
                        + " --parameters host=db.internal,portNumber=5433,localPortNumber=29349");
        assertThat(ConnectCommands.shell(plain)).isEmpty();
    }

    @Test
    void everyCommandNamesTheProfileOfTheAccount() {
        Connection live = new Connection(
                "i-1",
                "us-east-1",
                "db.internal",
                5432,
                Optional.of("port"),
                Optional.of("shell"),
                Optional.of("acme-live"));
        assertThat(ConnectCommands.connect(DEV, live))
                .isEqualTo("bastion connect dev --region us-east-1 --profile acme-live --psql");
        assertThat(ConnectCommands.portForward(DEV, live))
                .startsWith("aws ssm start-session --region us-east-1 --profile acme-live --target i-1 ");
        assertThat(ConnectCommands.shell(live).orElseThrow()).contains(" --profile acme-live ");
        assertThat(ConnectCommands.shown(DEV, live)).startsWith("On your machine, with the AWS profile of its account");
        Connection hostile = new Connection(
                "i-1", "us-east-1", "db", 1, Optional.empty(), Optional.empty(), Optional.of("x; rm -rf ~"));
        assertThat(ConnectCommands.connect(DEV, hostile)).contains("--profile 'x; rm -rf ~'");
    }

    @Test
    void aShellHasItsOwnDocument() {
        assertThat(ConnectCommands.shell(Samples.CONNECTION))
                .hasValue("aws ssm start-session --region eu-central-1 --target i-0123456789abcdef0"
                        + " --document-name orders-dev-shell");
    }

    @Test
    void tagsThatMakeTheCommandsTooLongLeaveTheFirstOne() {
        Connection hostile = new Connection(
                "i-1", "'".repeat(256), "db", 5432, Optional.of("'".repeat(256)), Optional.of("'".repeat(256)));
        assertThat(ConnectCommands.shown(DEV, hostile))
                .startsWith("On your machine, with your AWS profile (`--profile`):\n```bastion connect dev ")
                .endsWith("The bastion's tags are too long to show its other commands.")
                .doesNotContain("start-session")
                .hasSizeLessThan(3000);
    }

    @Test
    void aTagThatIsAShellCommandStaysOneWord() {
        Connection hostile = new Connection(
                "i-1", "eu-central-1", "db", 1, Optional.of("x'; rm -rf ~; '```<!channel>"), Optional.empty());
        assertThat(ConnectCommands.portForward(DEV, hostile))
                .contains("--document-name 'x'\\''; rm -rf ~; '\\''```<!channel>' --");
        assertThat(ConnectCommands.shown(DEV, hostile))
                .doesNotContain("<!channel>")
                .doesNotContain("~; '\\''```");
    }

    @Test
    void eachOfSeveralDatabasesHasItsCommand() {
        Connection several = Samples.CONNECTION.to(List.of(
                new Target("orders", "db.internal", 5432, Optional.of("port-orders"), Optional.empty()),
                new Target(
                        "reporting",
                        "reports.internal",
                        6000,
                        Optional.of("port-reporting"),
                        Optional.of(Engine.MYSQL))));
        String shown = ConnectCommands.shown(DEV, several);
        assertThat(shown)
                .startsWith("""
                        On your machine, with your AWS profile (`--profile`), to the database that you need:
                        ```bastion connect dev --target orders --region eu-central-1 --psql
                        bastion connect dev --target reporting --region eu-central-1 --mysql```""")
                .contains("--document-name port-orders --parameters localPortNumber=" + DEV.localPort("orders"))
                .contains("--document-name port-reporting --parameters localPortNumber=" + DEV.localPort("reporting"))
                .contains("mysql --protocol=TCP -h 127.0.0.1 -P " + DEV.localPort("reporting"));
    }

    @Test
    void oneDatabaseInAListIsShownAsOne() {
        Connection one = Samples.CONNECTION.to(
                List.of(new Target("orders", "db.internal", 5432, Optional.of("port-orders"), Optional.empty())));
        assertThat(ConnectCommands.shown(DEV, one)).isEqualTo(ConnectCommands.shown(DEV, Samples.CONNECTION));
    }
}
