package dev.cosell.sandbox.salesforce;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The two SOAP calls that open and end a session, login and logout, as clients without an OAuth app use them. */
final class SoapLogin {
    private static final String CREDENTIAL = "sandbox";

    private final Sessions sessions;
    private final Org org;
    private final XMLInputFactory readers = XMLInputFactory.newInstance();

    SoapLogin(Sessions sessions, Org org) {
        this.sessions = sessions;
        this.org = org;
        readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        readers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    Answer handle(Call call) {
        try {
            Map<String, String> texts = texts(call.bytes());
            if (texts.containsKey("login")) {
                return login(call, texts);
            }
            return texts.containsKey("logout") ? logout(texts)
                    : fault("UNKNOWN_EXCEPTION", "only login and logout are known here");
        } catch (XMLStreamException e) {
            return fault("UNKNOWN_EXCEPTION", "the request is not well-formed XML");
        }
    }

    /** The text of each element by its local name; elements that hold only others have an empty one. */
    private Map<String, String> texts(byte[] body) throws XMLStreamException {
        Map<String, String> texts = new LinkedHashMap<>();
        XMLStreamReader reader = readers.createXMLStreamReader(new ByteArrayInputStream(body));
        String open = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                open = reader.getLocalName();
                texts.put(open, "");
            } else if (event == XMLStreamReader.END_ELEMENT) {
                open = "";
            } else if (event == XMLStreamReader.CHARACTERS && !open.isEmpty()) {
                texts.merge(open, reader.getText(), String::concat);
            }
        }
        return texts;
    }

    private Answer login(Call call, Map<String, String> texts) {
        if (!CREDENTIAL.equals(texts.get("username")) || !CREDENTIAL.equals(texts.get("password"))) {
            return fault("INVALID_LOGIN", "Invalid username, password, security token; or user locked out.");
        }
        Row user = org.integrationUser();
        String server = "http://" + call.host() + call.path() + "/" + Org.ID.substring(0, 15);
        return envelope(200, "<loginResponse><result><metadataServerUrl>" + server.replace("/Soap/u/", "/Soap/m/")
                + "</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>true</sandbox><serverUrl>"
                + server
                + "</serverUrl><sessionId>" + sessions.open() + "</sessionId><userId>" + user.id()
                + "</userId><userInfo><organizationId>"
                + Org.ID + "</organizationId><userEmail>" + user.get("Email") + "</userEmail><userId>" + user.id()
                + "</userId><userName>"
                + user.get("Username") + "</userName></userInfo></result></loginResponse>");
    }

    private Answer logout(Map<String, String> texts) {
        return sessions.end(texts.get("sessionId")) ? envelope(200, "<logoutResponse/>")
                : fault("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session");
    }

    private static Answer fault(String code, String message) {
        return envelope(500,
                "<soapenv:Fault><faultcode>sf:" + code + "</faultcode><faultstring>" + code + ": " + message
                        + "</faultstring></soapenv:Fault>");
    }

    private static Answer envelope(int status, String body) {
        return Answer.text(status, "text/xml;charset=UTF-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                + "xmlns=\"urn:partner.soap.sforce.com\""
                + " xmlns:sf=\"urn:fault.partner.soap.sforce.com\"><soapenv:Body>" + body
                + "</soapenv:Body></soapenv:Envelope>");
    }
}
