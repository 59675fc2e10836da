package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The one call of the Metadata API that has no like in the Tooling API: createMetadata of a custom object. */
final class SoapMetadata {
    private static final String ANY = "*";

    private final Sessions sessions;
    private final Switches switches;
    private final Customizing customizing;

    SoapMetadata(Sessions sessions, Switches switches, Customizing customizing) {
        this.sessions = sessions;
        this.switches = switches;
        this.customizing = customizing;
    }

    Answer handle(Call call) {
        try {
            Document request = parsed(call.bytes());
            if (!sessions.live(text(request.getDocumentElement(), "sessionId"))) {
                return fault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session");
            }
            NodeList creates = request.getElementsByTagNameNS(ANY, "createMetadata");
            if (creates.getLength() != 1) {
                return fault("UNKNOWN_EXCEPTION", "only createMetadata is known here");
            }
            Element metadata = (Element) ((Element) creates.item(0)).getElementsByTagNameNS(ANY, "metadata").item(0);
            return switches.customizeApplication ? created(metadata) : result(text(metadata, "fullName"),
                    Refusal.bad("INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id"));
        } catch (ParserConfigurationException | SAXException | IOException | NullPointerException e) {
            return fault("UNKNOWN_EXCEPTION", "the request is not what was expected: " + e.getMessage());
        }
    }

    private static Document parsed(byte[] body) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
    }

    /** The text of the first element of this name that is a child, or else below; null when there is none. */
    private static String text(Element in, String name) {
        for (Node child = in.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (name.equals(child.getLocalName())) {
                return child.getTextContent().strip();
            }
        }
        NodeList below = in.getElementsByTagNameNS(ANY, name);
        return below.getLength() == 0 ? null : below.item(0).getTextContent().strip();
    }

    private Answer created(Element metadata) {
        String fullName = text(metadata, "fullName");
        try {
            for (String needed : new String[] {"label", "pluralLabel", "nameField", "deploymentStatus",
                    "sharingModel"}) {
                if (text(metadata, needed) == null) {
                    throw Refusal.bad("REQUIRED_FIELD_MISSING", "Required field is missing: " + needed);
                }
            }
            customizing.createObject(fullName);
            return result(fullName, null);
        } catch (Refusal refusal) {
            return result(fullName, refusal);
        }
    }

    private static Answer result(String fullName, Refusal refusal) {
        String errors = refusal == null ? ""
                : "<errors><message>" + escaped(refusal.getMessage()) + "</message><statusCode>" + refusal.code
                        + "</statusCode></errors>";
        return envelope(200,
                "<createMetadataResponse><result>" + errors + "<fullName>" + escaped(fullName) + "</fullName><success>"
                        + (refusal == null) + "</success></result></createMetadataResponse>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Answer fault(String code, String message) {
        return envelope(500,
                "<soapenv:Fault><faultcode>sf:" + code + "</faultcode><faultstring>" + code + ": " + escaped(message)
                        + "</faultstring></soapenv:Fault>");
    }

    private static Answer envelope(int status, String body) {
        return Answer.text(status, "text/xml;charset=UTF-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "xmlns:sf=\"http://soap.sforce.com/2006/04/metadata\""
                + " xmlns=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Body>" + body
                + "</soapenv:Body></soapenv:Envelope>");
    }
}
