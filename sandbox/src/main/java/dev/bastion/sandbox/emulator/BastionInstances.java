package dev.bastion.sandbox.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.page.InstanceView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The bastion instances: read from EC2 by tag, with the state of their agents from SSM. */
final class BastionInstances {
    private static final String BASTIONS =
            "Action=DescribeInstances&Filter.1.Name=tag:ManagedBy&Filter.1.Value.1=bastion";

    private BastionInstances() {}

    /** Runs an instance with the image and the subnet of another one; answers its id. */
    static String run(AwsClient aws, String like, Map<String, String> tags) {
        Document other = parse(aws.ec2("Action=DescribeInstances&InstanceId.1=" + like));
        StringBuilder form = new StringBuilder("Action=RunInstances&MinCount=1&MaxCount=1&InstanceType=t4g.nano")
                .append("&ImageId=")
                .append(first(other, "imageId"))
                .append("&SubnetId=")
                .append(first(other, "subnetId"))
                .append("&TagSpecification.1.ResourceType=instance");
        int number = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            String name = "&TagSpecification.1.Tag." + ++number;
            form.append(name).append(".Key=").append(URLEncoder.encode(tag.getKey(), UTF_8));
            form.append(name).append(".Value=").append(URLEncoder.encode(tag.getValue(), UTF_8));
        }
        return first(parse(aws.ec2(form.toString())), "instanceId");
    }

    private static String first(Document answer, String name) {
        NodeList found = answer.getElementsByTagName(name);
        if (found.getLength() == 0) {
            throw new IllegalStateException("EC2's answer has no " + name);
        }
        return found.item(0).getTextContent();
    }

    static List<InstanceView> read(AwsClient aws) {
        Map<String, String> pings = pings(aws.json("ssm", "AmazonSSM.DescribeInstanceInformation", "{}"));
        NodeList sets = parse(aws.ec2(BASTIONS)).getElementsByTagName("instancesSet");
        List<InstanceView> found = new ArrayList<>();
        for (int i = 0; i < sets.getLength(); i++) {
            children(sets.item(i), "item").forEach(item -> found.add(view(item, pings)));
        }
        found.sort(Comparator.comparing((InstanceView view) -> view.state().equals("terminated"))
                .thenComparing(
                        view -> view.launched() == null ? Instant.MIN : view.launched(), Comparator.reverseOrder()));
        return List.copyOf(found);
    }

    private static InstanceView view(Element item, Map<String, String> pings) {
        Map<String, String> tags = tags(item);
        String id = text(item, "instanceId");
        String state = children(item, "instanceState").stream()
                .map(element -> text(element, "name"))
                .findFirst()
                .orElse("");
        return new InstanceView(
                id,
                tags.getOrDefault("Environment", ""),
                state,
                pings.getOrDefault(id, ""),
                moment(text(item, "launchTime")),
                moment(tags.getOrDefault("ExpiresAt", "")),
                tags);
    }

    private static Map<String, String> tags(Element item) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Element set : children(item, "tagSet")) {
            children(set, "item").forEach(tag -> tags.put(text(tag, "key"), text(tag, "value")));
        }
        return tags;
    }

    private static Map<String, String> pings(String json) {
        try {
            Map<String, String> pings = new LinkedHashMap<>();
            for (JsonNode agent : new ObjectMapper().readTree(json).path("InstanceInformationList")) {
                pings.put(
                        agent.path("InstanceId").asText(),
                        agent.path("PingStatus").asText());
            }
            return pings;
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("SSM's answer is not JSON: " + json, unreadable);
        }
    }

    private static @Nullable Instant moment(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException notAMoment) {
            return null;
        }
    }

    private static Document parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new IllegalStateException("EC2's answer is not XML: " + xml, unreadable);
        }
    }

    private static List<Element> children(Node parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
