package dev.cosell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.olingo.client.api.EdmEnabledODataClient;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.ODataClientErrorException;
import org.apache.olingo.client.api.communication.request.ODataBasicRequest;
import org.apache.olingo.client.api.communication.request.cud.ODataEntityUpdateRequest;
import org.apache.olingo.client.api.communication.request.cud.UpdateType;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.domain.ClientDelta;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientObjectFactory;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.api.edm.xml.XMLMetadata;
import org.apache.olingo.client.api.uri.QueryOption;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmAction;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.format.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Apache Olingo's OData client takes the sandbox for a Dynamics 365 environment: its metadata, its queries, its writes.
 */
class OlingoTest {
    private static final String NAMESPACE = "Microsoft.Dynamics.CRM";
    private static RunningSandbox sandbox;
    private static String token;
    private static String root;
    private static Edm edm;
    private static EdmEnabledODataClient client;

    @BeforeAll
    static void readMetadata() throws Exception {
        sandbox = new RunningSandbox();
        root = sandbox.dynamics() + "/api/data/v9.2/";
        token = token();
        edm = allowed(ODataClientFactory.getClient().getRetrieveRequestFactory().getMetadataRequest(root)).execute()
                .getBody();
        client = ODataClientFactory.getEdmEnabledClient(root, edm, null, ContentType.JSON);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static String token() throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=sandbox&client_secret=sandbox&scope="
                + java.net.URLEncoder.encode(sandbox.dynamics() + "/.default", StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.tokenAddress()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        return (String) new ObjectMapper().readValue(answer, Map.class).get("access_token");
    }

    private static <R extends ODataBasicRequest<?>> R allowed(R request) {
        request.addCustomHeader("Authorization", "Bearer " + token);
        return request;
    }

    private static URIBuilder uri(String set) {
        return client.newURIBuilder(root).appendEntitySetSegment(set);
    }

    private static FullQualifiedName name(String type) {
        return new FullQualifiedName(NAMESPACE, type);
    }

    private static Object value(ClientEntity entity, String property) {
        return entity.getProperty(property).getPrimitiveValue().toValue();
    }

    private static UUID create(String set, String type, Map<String, Object> values, Map<String, URI> bindings) {
        ClientObjectFactory make = client.getObjectFactory();
        ClientEntity entity = make.newEntity(name(type));
        values.forEach((property, value) -> entity.getProperties().add(make.newPrimitiveProperty(property,
                value instanceof BigDecimal number ? make.newPrimitiveValueBuilder().buildDecimal(number)
                        : make.newPrimitiveValueBuilder().buildString(value.toString()))));
        bindings.forEach((navigation, target) -> entity.addLink(make.newEntityNavigationLink(navigation, target)));
        var request = allowed(client.getCUDRequestFactory().getEntityCreateRequest(uri(set).build(), entity));
        request.setPrefer("return=representation");
        var response = request.execute();
        assertThat(response.getStatusCode()).isEqualTo(201);
        return (UUID) value(response.getBody(), edm.getEntityType(name(type)).getKeyPredicateNames().get(0));
    }

    private static UUID deal(String name, int value) {
        return create("opportunities", "opportunity", Map.of("name", name, "estimatedvalue", BigDecimal.valueOf(value)),
                Map.of());
    }

    private static ClientEntity read(UUID id, String... select) {
        return allowed(client.getRetrieveRequestFactory()
                .getEntityRequest(uri("opportunities").appendKeySegment(id).select(select).build()))
                .execute().getBody();
    }

    @Test
    void theMetadataIsValid() throws Exception {
        ODataClient plain = ODataClientFactory.getClient();
        XMLMetadata xml = allowed(plain.getRetrieveRequestFactory().getXMLMetadataRequest(root)).execute().getBody();
        assertThat(plain.metadataValidation().isV4Metadata(xml)).isTrue();
        assertThat(plain.metadataValidation().isServiceDocument(xml)).isTrue();
        assertThat(xml.getReferences()).isEmpty();
        assertThat(xml.getSchemaByNsOrAlias().keySet()).contains(NAMESPACE, "mscrm");
    }

    /**
     * Olingo's validator wants a key of each base type. CSDL does not, and Dataverse's crmbaseentity has none: it stays
     * away here.
     */
    @Test
    void theMetadataPassesTheValidator() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + "$metadata"))
                .header("Authorization", "Bearer " + token).build();
        String text = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body()
                .replace(" BaseType=\"mscrm.crmbaseentity\"", "")
                .replace("<EntityType Name=\"crmbaseentity\" Abstract=\"true\"/>", "");
        ODataClient plain = ODataClientFactory.getClient();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        plain.metadataValidation().validateMetadata(
                plain.getDeserializer(ContentType.APPLICATION_XML).toMetadata(new ByteArrayInputStream(bytes)));
        plain.metadataValidation().validateMetadata(plain.getReader().readMetadata(new ByteArrayInputStream(bytes)));
    }

    @Test
    void everyTypeThatTheMetadataNamesIsThere() {
        List<EdmEntitySet> sets = edm.getEntityContainer().getEntitySets();
        assertThat(sets).extracting(EdmEntitySet::getName).contains("opportunities", "accounts", "contacts",
                "transactioncurrencies", "systemusers",
                "opportunitycloses", "organizations", "annotations", "cosell_partnercentersolutions",
                "EntityDefinitions");
        for (EdmEntitySet set : sets) {
            EdmEntityType type = set.getEntityType();
            assertThat(type.getKeyPredicateNames()).as(set.getName()).hasSize(1);
            for (String property : type.getPropertyNames()) {
                assertThat(type.getStructuralProperty(property).getType().getName()).as(set.getName() + "." + property)
                        .isNotNull();
            }
            for (String navigation : type.getNavigationPropertyNames()) {
                assertThat(type.getNavigationProperty(navigation).getType().getName())
                        .as(set.getName() + "." + navigation).isNotNull();
            }
            set.getNavigationPropertyBindings().forEach(binding ->
            assertThat(edm.getEntityContainer().getEntitySet(binding.getTarget())).as(binding.getTarget()).isNotNull());
        }
    }

    @Test
    void columnsLookupsAndActionsHaveTheirTypes() {
        EdmEntityType opportunity = edm.getEntityType(name("opportunity"));
        assertThat(Map.of("name", "String", "estimatedvalue", "Decimal", "estimatedclosedate", "Date", "modifiedon",
                "DateTimeOffset", "statecode", "Int32",
                "versionnumber", "Int64", "_customerid_value", "Guid", "cosell_syncwithpartnercenter", "Boolean"))
                .allSatisfy(
                        (property, type) -> assertThat(opportunity.getStructuralProperty(property).getType().getName())
                                .as(property).isEqualTo(type));
        assertThat(opportunity.getNavigationProperty("customerid_account").getReferencingPropertyName("accountid"))
                .isEqualTo("_customerid_value");
        assertThat(opportunity.getNavigationProperty("cosell_opportunity_solutions").isCollection()).isTrue();
        assertThat(opportunity.getNavigationProperty("cosell_opportunity_solutions").getPartner().getName())
                .isEqualTo("cosell_OpportunityId");
        assertThat(opportunity.getBaseType().isAbstract()).isTrue();
        EdmAction win = edm.getEntityContainer().getActionImport("WinOpportunity").getUnboundAction();
        assertThat(win.getParameterNames()).containsExactly("OpportunityClose", "Status");
        assertThat(win.getParameter("OpportunityClose").getType().getFullQualifiedName())
                .isEqualTo(name("opportunityclose"));
        assertThat(edm.getSchema(NAMESPACE).getActions())
                .filteredOn(action -> action.getName().equals("CreateMultiple"))
                .anySatisfy(action -> assertThat(action.getParameter("Targets").getType().getName())
                        .isEqualTo("opportunity"));
        assertThat(edm.getEnumType(name("AttributeTypeCode")).getMember("Picklist").getValue()).isEqualTo("11");
    }

    @Test
    void theServiceDocumentNamesTheSetsOfTheMetadata() {
        var document = allowed(client.getRetrieveRequestFactory().getServiceDocumentRequest(root)).execute().getBody();
        assertThat(document.getEntitySetNames()).contains("opportunities");
        assertThat(document.getEntitySetNames())
                .allSatisfy(set -> assertThat(edm.getEntityContainer().getEntitySet(set)).as(set).isNotNull());
    }

    @Test
    void queriesSelectFilterOrderAndExpand() {
        UUID account = create("accounts", "account", Map.of("name", "Olingo & O'Neill"), Map.of());
        URI bind = client.newURIBuilder("").appendEntitySetSegment("accounts").appendKeySegment(account).build();
        create("opportunities", "opportunity", Map.of("name", "Expanded", "estimatedvalue", new BigDecimal("12.50")),
                Map.of("parentaccountid", bind));
        URI query = uri("opportunities").select("name", "estimatedvalue", "estimatedclosedate")
                .filter("parentaccountid/name eq 'Olingo & O''Neill'")
                .expandWithOptions("parentaccountid", Map.of(QueryOption.SELECT, "name")).orderBy("name desc").top(5)
                .count(true).build();
        ClientEntitySet found = allowed(client.getRetrieveRequestFactory().getEntitySetRequest(query)).execute()
                .getBody();
        assertThat(found.getCount()).isEqualTo(1);
        ClientEntity row = found.getEntities().get(0);
        assertThat(row.getTypeName()).isEqualTo(name("opportunity"));
        assertThat(row.getETag()).startsWith("W/\"");
        assertThat(value(row, "estimatedvalue")).hasToString("12.5");
        ClientEntity parent = row.getNavigationLink("parentaccountid").asInlineEntity().getEntity();
        assertThat(value(parent, "name")).isEqualTo("Olingo & O'Neill");
    }

    @Test
    void pagesAreFollowedByTheirLinks() {
        for (int i = 1; i <= 5; i++) {
            deal("Paged " + i, i);
        }
        List<Object> names = new ArrayList<>();
        int pages = 0;
        for (URI next = uri("opportunities").select("name").filter("startswith(name,'Paged')")
                .build(); next != null; pages++) {
            ODataEntitySetRequest<ClientEntitySet> request = allowed(
                    client.getRetrieveRequestFactory().getEntitySetRequest(next));
            request.setPrefer("odata.maxpagesize=2");
            ClientEntitySet page = request.execute().getBody();
            page.getEntities().forEach(row -> names.add(value(row, "name")));
            next = page.getNext();
        }
        assertThat(names).containsExactly("Paged 1", "Paged 2", "Paged 3", "Paged 4", "Paged 5");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aRowIsReadWithTheTypesOfTheMetadata() {
        UUID id = deal("Typed", 7);
        ClientEntity row = read(id);
        assertThat(value(row, "opportunityid")).isEqualTo(id);
        assertThat(value(row, "statecode")).isEqualTo(0);
        assertThat(value(row, "modifiedon")).isInstanceOf(Timestamp.class);
        assertThat(row.getProperty("versionnumber").getPrimitiveValue().getTypeKind())
                .isEqualTo(EdmPrimitiveTypeKind.Int64);
        assertThat(row.getProperty("estimatedvalue").getPrimitiveValue().getTypeKind())
                .isEqualTo(EdmPrimitiveTypeKind.Decimal);
        assertThat(value(row, "_ownerid_value")).isInstanceOf(UUID.class);
        assertThat(value(row, "cosell_syncwithpartnercenter")).isEqualTo(false);
        assertThat(row.getProperty("description").hasNullValue()).isTrue();
    }

    @Test
    void aPatchChangesTheRow() {
        UUID id = deal("Before", 1);
        ClientObjectFactory make = client.getObjectFactory();
        ClientEntity change = make.newEntity(name("opportunity"));
        change.getProperties()
                .add(make.newPrimitiveProperty("name", make.newPrimitiveValueBuilder().buildString("After")));
        String etag = read(id, "name").getETag();
        assertThat(patch(id, etag, change).execute().getStatusCode()).isEqualTo(204);
        assertThat(value(read(id, "name"), "name")).isEqualTo("After");
        assertThatThrownBy(patch(id, etag, change)::execute).isInstanceOfSatisfying(ODataClientErrorException.class,
                refused -> assertThat(refused.getODataError().getCode()).isEqualTo("0x80060882"));
    }

    private static ODataEntityUpdateRequest<ClientEntity> patch(UUID id, String etag, ClientEntity change) {
        var request = allowed(client.getCUDRequestFactory().getEntityUpdateRequest(
                uri("opportunities").appendKeySegment(id).build(), UpdateType.PATCH,
                change));
        request.setIfMatch(etag);
        return request;
    }

    @Test
    void changesAreReadAsADelta() {
        UUID kept = deal("Kept", 1);
        UUID gone = deal("Gone", 1);
        ODataEntitySetRequest<ClientEntitySet> full = allowed(
                client.getRetrieveRequestFactory().getEntitySetRequest(uri("opportunities").select("name").build()));
        full.setPrefer("odata.track-changes");
        URI link = full.execute().getBody().getDeltaLink();
        allowed(client.getCUDRequestFactory().getDeleteRequest(uri("opportunities").appendKeySegment(gone).build()))
                .execute();
        UUID added = deal("Added", 1);
        ClientDelta delta = allowed(client.getRetrieveRequestFactory().getDeltaRequest(link)).execute().getBody();
        assertThat(delta.getEntities()).extracting(row -> value(row, "opportunityid")).contains(added)
                .doesNotContain(kept);
        assertThat(delta.getDeletedEntities()).singleElement().satisfies(each -> {
            assertThat(each.getId().toString()).endsWith(gone.toString());
            assertThat(each.getReason()).hasToString("deleted");
        });
        assertThat(delta.getDeltaLink()).isNotNull();
    }

    @Test
    void aFunctionIsInvokedAndAPropertyIsRead() {
        URI who = client.newURIBuilder(root).appendOperationCallSegment("WhoAmI").build();
        ClientProperty me = allowed(client.getRetrieveRequestFactory().getPropertyRequest(who)).execute().getBody();
        assertThat(me.getComplexValue().get("UserId").getPrimitiveValue()).isNotNull();
        UUID id = deal("One property", 3);
        ClientProperty property = allowed(client.getRetrieveRequestFactory().getPropertyRequest(
                uri("opportunities").appendKeySegment(id).appendPropertySegment("name").build())).execute().getBody();
        assertThat(property.getPrimitiveValue().toValue()).isEqualTo("One property");
    }

    @Test
    void choicesAreReadFromTheMetadataTypes() {
        URI status = URI
                .create(root + "EntityDefinitions(LogicalName='opportunity')/Attributes(LogicalName='statuscode')/"
                        + NAMESPACE + ".StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet");
        ClientEntity column = allowed(
                ODataClientFactory.getClient().getRetrieveRequestFactory().getEntityRequest(status)).execute()
                .getBody();
        assertThat(column.getProperty("OptionSet").getComplexValue().get("Options").getCollectionValue()).hasSize(5);
    }

    @Test
    void refusalsHaveACode() {
        var request = allowed(client.getRetrieveRequestFactory()
                .getEntityRequest(uri("opportunities").appendKeySegment(UUID.randomUUID()).build()));
        assertThatThrownBy(request::execute).isInstanceOfSatisfying(ODataClientErrorException.class, refused -> {
            assertThat(refused.getStatusLine().getStatusCode()).isEqualTo(404);
            assertThat(refused.getODataError().getCode()).isEqualTo("0x80040217");
        });
    }
}
