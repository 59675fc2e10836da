package dev.cosell.sandbox.dataverse;

import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a receiver recognises the environment by: there is no signature.
 *
 * @param headers request headers
 * @param query   query parameters of the address
 */
record WebhookSecret(Map<String, String> headers, Map<String, String> query) {
    private static final int WEBHOOK_KEY = 4;
    private static final int HTTP_HEADER = 5;
    private static final int HTTP_QUERY_STRING = 6;

    static WebhookSecret of(Row endpoint) {
        String value = endpoint.get(Column.SECRET) == null ? "" : (String) endpoint.get(Column.SECRET);
        return switch ((Integer) endpoint.get("authtype")) {
            case WEBHOOK_KEY -> new WebhookSecret(Map.of(), Map.of("code", value));
            case HTTP_HEADER -> new WebhookSecret(settings(value), Map.of());
            case HTTP_QUERY_STRING -> new WebhookSecret(Map.of(), settings(value));
            default -> new WebhookSecret(Map.of(), Map.of());
        };
    }

    String addressed(String url) {
        StringBuilder address = new StringBuilder(url);
        query.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&').append(encoded(name))
                .append('=').append(encoded(value)));
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Reads {@code <settings><setting name="…" value="…"/></settings>}; what is no such text holds no settings. */
    private static Map<String, String> settings(String xml) {
        Map<String, String> settings = new LinkedHashMap<>();
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("setting")) {
                    settings.put(reader.getAttributeValue(null, "name"), reader.getAttributeValue(null, "value"));
                }
            }
        } catch (XMLStreamException malformed) {
            return Map.of();
        }
        return settings;
    }
}
