package dev.cosell.sandbox.dataverse;

import dev.cosell.sandbox.Answer;
import dev.cosell.sandbox.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The service's description of itself, {@code $metadata}: CSDL of all tables as they are now. It refers to no other
 * document.
 */
final class ServiceMetadata {
    private static final String EDMX = "http://docs.oasis-open.org/odata/ns/edmx";
    private static final String EDM = "http://docs.oasis-open.org/odata/ns/edm";
    private static final String TYPE = "mscrm.";
    private static final String TRACKING = "Org.OData.Capabilities.V1.ChangeTracking";
    private static final String KEYS = "OData.Community.Keys.V1.";

    private final Schema schema;
    private final String fixedTypes = resource("metadata-types.xml");
    private final String fixedImports = resource("metadata-imports.xml");

    ServiceMetadata(Schema schema) {
        this.schema = schema;
    }

    private static String resource(String name) {
        try (InputStream in = ServiceMetadata.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer document(Call call) {
        boolean annotations = "true".equals(call.query("annotations")) || Preferences.of(call).wants(TRACKING);
        StringWriter text = new StringWriter();
        text.append("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\" xmlns:edmx=\"" + EDMX
                + "\"><edmx:DataServices>"
                + "<Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\" xmlns=\"" + EDM + "\">");
        text.append("<EntityType Name=\"crmbaseentity\" Abstract=\"true\"/>");
        schema.tables().forEach(table -> text.append(xml(xml -> entityType(xml, table))));
        text.append(fixedTypes);
        schema.tables().forEach(table -> text.append(xml(xml -> bound(xml, table, "CreateMultiple")))
                .append(xml(xml -> bound(xml, table, "UpdateMultiple"))));
        text.append("<EntityContainer Name=\"System\">");
        schema.tables().forEach(table -> text.append(xml(xml -> entitySet(xml, table, annotations))));
        text.append(fixedImports).append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>");
        return Answer.text(200, "application/xml", text.toString());
    }

    private interface Part {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String xml(Part part) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            part.write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void entityType(XMLStreamWriter xml, Table table) throws XMLStreamException {
        start(xml, "EntityType", "Name", table.name(), "BaseType", TYPE + "crmbaseentity");
        xml.writeStartElement("Key");
        empty(xml, "PropertyRef", "Name", table.id());
        xml.writeEndElement();
        for (Column column : table.columns().values()) {
            property(xml, column);
        }
        for (Column lookup : table.columns().values()) {
            for (Map.Entry<String, String> target : lookup.targets().entrySet()) {
                single(xml, table, lookup, target.getKey(), schema.named(target.getValue()));
            }
        }
        for (Map.Entry<String, Table.Children> children : table.collections().entrySet()) {
            many(xml, table, children.getKey(), children.getValue());
        }
        if (!table.keys().isEmpty()) {
            alternateKeys(xml, table);
        }
        xml.writeEndElement();
    }

    private static void alternateKeys(XMLStreamWriter xml, Table table) throws XMLStreamException {
        start(xml, "Annotation", "Term", KEYS + "AlternateKeys");
        xml.writeStartElement("Collection");
        for (Table.Key key : table.keys()) {
            start(xml, "Record", "Type", KEYS + "AlternateKey");
            start(xml, "PropertyValue", "Property", "Key");
            xml.writeStartElement("Collection");
            for (String name : key.columns()) {
                String property = table.column(name).property();
                start(xml, "Record", "Type", KEYS + "PropertyRef");
                empty(xml, "PropertyValue", "Property", "Alias", "String", property);
                empty(xml, "PropertyValue", "Property", "Name", "PropertyPath", property);
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void bound(XMLStreamWriter xml, Table table, String action) throws XMLStreamException {
        start(xml, "Action", "Name", action, "IsBound", "true");
        for (String parameter : List.of("entityset", "Targets")) {
            empty(xml, "Parameter", "Name", parameter, "Type", "Collection(" + TYPE + table.name() + ")", "Nullable",
                    "false");
        }
        if (action.startsWith("Create")) {
            empty(xml, "ReturnType", "Type", TYPE + "CreateMultipleResponse", "Nullable", "false");
        }
        xml.writeEndElement();
    }

    private static void property(XMLStreamWriter xml, Column column) throws XMLStreamException {
        xml.writeEmptyElement("Property");
        attributes(xml, "Name", column.property(), "Type", edm(column.type()));
        if (column.type() == Column.Type.Money || column.type() == Column.Type.Decimal) {
            attributes(xml, "Scale", "Variable");
        }
    }

    private static String edm(Column.Type type) {
        return "Edm." + switch (type) {
            case Uniqueidentifier, Lookup, Customer, Owner -> "Guid";
            case String, Memo -> "String";
            case Integer, Picklist, State, Status -> "Int32";
            case BigInt -> "Int64";
            case Decimal, Money -> "Decimal";
            case Boolean -> "Boolean";
            case DateTime -> "DateTimeOffset";
            case DateOnly -> "Date";
        };
    }

    private static void single(XMLStreamWriter xml, Table table, Column lookup, String navigation, Table target)
            throws XMLStreamException {
        start(xml, "NavigationProperty", "Name", navigation, "Type", TYPE + target.name(), "Nullable", "false");
        String partner = Definitions.collection(table, lookup, target);
        if (partner != null) {
            attributes(xml, "Partner", partner);
        }
        empty(xml, "ReferentialConstraint", "Property", lookup.property(), "ReferencedProperty", target.id());
        xml.writeEndElement();
    }

    private void many(XMLStreamWriter xml, Table table, String navigation, Table.Children children)
            throws XMLStreamException {
        String partner = schema.named(children.table()).column(children.column()).targets().entrySet().stream()
                .filter(each -> each.getValue().equals(table.name())).findFirst().map(Map.Entry::getKey).orElseThrow();
        empty(xml, "NavigationProperty", "Name", navigation, "Type", "Collection(" + TYPE + children.table() + ")",
                "Partner", partner);
    }

    private void entitySet(XMLStreamWriter xml, Table table, boolean annotations) throws XMLStreamException {
        start(xml, "EntitySet", "Name", table.set(), "EntityType", "Microsoft.Dynamics.CRM." + table.name());
        for (Column lookup : table.columns().values()) {
            for (Map.Entry<String, String> target : lookup.targets().entrySet()) {
                empty(xml, "NavigationPropertyBinding", "Path", target.getKey(), "Target",
                        schema.named(target.getValue()).set());
            }
        }
        for (Map.Entry<String, Table.Children> children : table.collections().entrySet()) {
            empty(xml, "NavigationPropertyBinding", "Path", children.getKey(), "Target",
                    schema.named(children.getValue().table()).set());
        }
        if (annotations) {
            tracking(xml, table);
        }
        xml.writeEndElement();
    }

    private static void tracking(XMLStreamWriter xml, Table table) throws XMLStreamException {
        start(xml, "Annotation", "Term", TRACKING);
        xml.writeStartElement("Record");
        empty(xml, "PropertyValue", "Property", "Supported", "Bool", String.valueOf(table.changeTracking()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void start(XMLStreamWriter xml, String element, String... pairs) throws XMLStreamException {
        xml.writeStartElement(element);
        attributes(xml, pairs);
    }

    private static void empty(XMLStreamWriter xml, String element, String... pairs) throws XMLStreamException {
        xml.writeEmptyElement(element);
        attributes(xml, pairs);
    }

    private static void attributes(XMLStreamWriter xml, String... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            xml.writeAttribute(pairs[i], pairs[i + 1]);
        }
    }
}
