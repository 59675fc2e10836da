import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { api, deal, plain, read } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const TYPE = "Microsoft.Dynamics.CRM.";
const OPPORTUNITY = "LogicalName='opportunity'";
const label = (text, LanguageCode = 1033) => ({
  "@odata.type": `${TYPE}Label`, LocalizedLabels: [{ "@odata.type": `${TYPE}LocalizedLabel`, Label: text, LanguageCode }],
});
const column = (SchemaName, kind, more) => ({
  "@odata.type": `${TYPE}${kind}AttributeMetadata`, AttributeType: kind, AttributeTypeName: { Value: `${kind}Type` }, SchemaName,
  RequiredLevel: { Value: "None", CanBeChanged: true, ManagedPropertyLogicalName: "canmodifyrequirementlevelsettings" },
  DisplayName: label(SchemaName), Description: label("made by a test"), ...more,
});
const text = (name, MaxLength = 100) => column(name, "String", { MaxLength, FormatName: { Value: "Text" } });
const add = (data, entityKey = OPPORTUNITY) => api.createAttribute({ entityKey, data });
const attribute = (name, castType, more) => api.retrieveAttribute({ entityKey: OPPORTUNITY, attributeKey: `LogicalName='${name}'`, castType: castType && TYPE + castType, ...more });
const post = (path, body) => plain(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

when("a table is found by logical name and by metadata id", async () => {
  const table = await api.retrieveEntity({ key: OPPORTUNITY, select: ["LogicalName", "EntitySetName", "ChangeTrackingEnabled", "IsOptimisticConcurrencyEnabled"] });
  assert.deepEqual([table.EntitySetName, table.ChangeTrackingEnabled, table.IsOptimisticConcurrencyEnabled], ["opportunities", true, true]);
  assert.equal(table.SchemaName, undefined);
  const same = await api.retrieveEntity({ key: table.MetadataId, select: ["SchemaName"] });
  assert.equal(same.SchemaName, "Opportunity");
  await refused(api.retrieveEntity({ key: "LogicalName='nothing'" }), 404, "0x80060888");
});

when("tables are filtered and expanded with keys and columns", async () => {
  const tracked = await api.retrieveEntities({ select: ["LogicalName"], filter: "ChangeTrackingEnabled eq true" });
  const names = tracked.value.map((each) => each.LogicalName);
  assert.ok(names.includes("opportunity") && !names.includes("systemuser"));
  const table = await api.retrieveEntity({ key: OPPORTUNITY, select: ["SchemaName"], expand: [
    { property: "Keys", select: ["LogicalName", "KeyAttributes", "EntityKeyIndexStatus"] },
    { property: "Attributes", select: ["LogicalName", "AttributeType"], filter: "LogicalName eq 'name'" }] });
  assert.deepEqual(table.Keys.map((key) => [key.KeyAttributes[0], key.EntityKeyIndexStatus]), [["cosell_referralidentifier", "Active"]]);
  assert.deepEqual(table.Attributes.map((each) => [each.LogicalName, each.AttributeType]), [["name", "String"]]);
});

when("columns are listed, filtered and cast to their type", async () => {
  const all = await api.retrieveAttributes({ entityKey: OPPORTUNITY, select: ["LogicalName", "AttributeType", "RequiredLevel", "IsValidForCreate"] });
  const byName = Object.fromEntries(all.value.map((each) => [each.LogicalName, each]));
  assert.equal(byName.statecode.IsValidForCreate, false);
  assert.equal(byName.name.RequiredLevel.Value, "ApplicationRequired");
  assert.equal(byName.customerid.AttributeType, "Customer");
  assert.equal(byName.estimatedvalue["@odata.type"], `#${TYPE}MoneyAttributeMetadata`);
  const one = await api.retrieveAttributes({ entityKey: OPPORTUNITY, select: ["LogicalName"], filter: "LogicalName eq 'cosell_referralidentifier'" });
  assert.equal(one.value.length, 1);
  const picklists = await api.retrieveAttributes({ entityKey: OPPORTUNITY, castType: `${TYPE}PicklistAttributeMetadata`, select: ["LogicalName"],
    filter: `AttributeType eq ${TYPE}AttributeTypeCode'Picklist'` });
  assert.ok(picklists.value.some((each) => each.LogicalName === "cosell_howcanmicrosofthelp"));
  assert.ok(picklists.value.every((each) => byName[each.LogicalName].AttributeType === "Picklist"));
});

when("what only a type has is seen behind its cast only", async () => {
  const name = await attribute("name", "StringAttributeMetadata", { select: ["MaxLength", "FormatName"] });
  assert.deepEqual([name.MaxLength, name.FormatName.Value], [300, "Text"]);
  await refused(attribute("name", undefined, { select: ["MaxLength"] }), 400, "0x80060888");
  await refused(attribute("nothing"), 404, "0x80060888");
  await refused(attribute("name", "MoneyAttributeMetadata"), 404, "0x80060888");
});

when("choices, statuses and two-options show their values", async () => {
  const status = await attribute("statuscode", "StatusAttributeMetadata", { select: ["LogicalName"], expand: [{ property: "OptionSet", select: ["Options"] }] });
  assert.deepEqual(status.OptionSet.Options.map((each) => [each.Value, each.State, each.Label.UserLocalizedLabel.Label]),
    [[1, 0, "In Progress"], [2, 0, "On Hold"], [3, 1, "Won"], [4, 2, "Canceled"], [5, 2, "Out-Sold"]]);
  const help = await attribute("cosell_howcanmicrosofthelp", "PicklistAttributeMetadata", { expand: [{ property: "OptionSet", select: ["Options"] }, { property: "GlobalOptionSet", select: ["Options"] }] });
  assert.equal(help.OptionSet.Options[0].Value, 727000000);
  assert.equal(help.GlobalOptionSet, null);
  const flag = await attribute("cosell_syncwithpartnercenter", "BooleanAttributeMetadata", { expand: [{ property: "OptionSet" }] });
  assert.deepEqual([flag.OptionSet.FalseOption.Value, flag.OptionSet.TrueOption.Value], [0, 1]);
});

when("relationships tell columns and navigation properties", async () => {
  const all = await api.retrieveRelationships({ castType: `${TYPE}OneToManyRelationshipMetadata`,
    filter: "ReferencingEntity eq 'cosell_partnercentersolution' and ReferencedEntity eq 'opportunity'" });
  assert.equal(all.value.length, 1);
  const [relationship] = all.value;
  assert.equal(relationship.ReferencingEntityNavigationPropertyName, "cosell_OpportunityId");
  assert.equal(relationship.ReferencingAttribute, "cosell_opportunityid");
  assert.equal(relationship.ReferencedEntityNavigationPropertyName, "cosell_opportunity_solutions");
  const same = await api.retrieveRelationship({ key: relationship.MetadataId, castType: `${TYPE}OneToManyRelationshipMetadata` });
  assert.equal(same.SchemaName, relationship.SchemaName);
});

when("a new text column is there at once and not a second time", async () => {
  const id = await add(text("contoso_EngagementId", 36));
  const made = await attribute("contoso_engagementid", "StringAttributeMetadata");
  assert.deepEqual([made.MetadataId, made.SchemaName, made.MaxLength, made.IsCustomAttribute], [id, "contoso_EngagementId", 36, true]);
  assert.equal(made.Description.UserLocalizedLabel.Label, "made by a test");
  await refused(add(text("contoso_EngagementId")), 400, "0x80047013");
  await refused(add(text("EngagementId")), 400, "0x80040203");
  await refused(add({ ...text("contoso_Other"), DisplayName: label("Anders", 1031) }), 400, "0x80040203");
  const row = await read(await deal({ contoso_engagementid: "e-1" }), "contoso_engagementid");
  assert.equal(row.contoso_engagementid, "e-1");
  await refused(deal({ contoso_engagementid: "x".repeat(37) }), 400, "0x80044331");
  assert.equal((await post("PublishXml", { ParameterXml: "<importexportxml><entities><entity>opportunity</entity></entities></importexportxml>" })).status, 204);
  await api.callAction({ actionName: "PublishAllXml" });
});

when("columns of every kind can be made and hold values", async () => {
  await add(column("contoso_Notes", "Memo", { MaxLength: 4000, Format: "TextArea" }));
  await add(column("contoso_Count", "Integer", { MinValue: 0, MaxValue: 9, Format: "None" }));
  await add(column("contoso_Big", "BigInt"));
  await add(column("contoso_Ratio", "Decimal", { MinValue: 0, MaxValue: 1, Precision: 4 }));
  await add(column("contoso_Budget", "Money", { PrecisionSource: 2 }));
  await add(column("contoso_SyncedOn", "DateTime", { Format: "DateAndTime", DateTimeBehavior: { Value: "UserLocal" } }));
  await add(column("contoso_Day", "DateTime", { Format: "DateOnly", DateTimeBehavior: { Value: "DateOnly" } }));
  await add(column("contoso_Flag", "Boolean", { DefaultValue: true, OptionSet: { OptionSetType: "Boolean", TrueOption: { Value: 1, Label: label("On") }, FalseOption: { Value: 0, Label: label("Off") } } }));
  await add(column("contoso_Kind", "Picklist", { OptionSet: { "@odata.type": `${TYPE}OptionSetMetadata`, IsGlobal: false, OptionSetType: "Picklist",
    Options: [{ Value: 727000000, Label: label("First") }, { Value: 727000001, Label: label("Second") }] } }));
  const values = { contoso_notes: "n", contoso_count: 9, contoso_big: 12345678901, contoso_ratio: 0.25, contoso_budget: 7, contoso_kind: 727000001 };
  const id = await deal({ ...values, contoso_syncedon: "2026-04-07T21:59:01Z", contoso_day: "2026-09-30" });
  const row = await api.retrieve({ collection: "opportunities", key: id, includeAnnotations: "*" });
  for (const [name, value] of Object.entries(values)) {
    assert.equal(row[name], value, name);
  }
  assert.equal(row.contoso_flag, true);
  assert.equal(row.contoso_kind_Formatted, "Second");
  await refused(deal({ contoso_count: 10 }), 400, "0x8004431a");
  await refused(deal({ contoso_kind: 1 }), 400, "0x8004431a");
});

when("a choice gets one more value", async () => {
  const answer = await api.callAction({ actionName: "InsertOptionValue", action: { EntityLogicalName: "opportunity", AttributeLogicalName: "cosell_howcanmicrosofthelp", Value: 727000077, Label: label("Something new") } });
  assert.equal(answer.NewOptionValue, 727000077);
  const id = await deal({ cosell_howcanmicrosofthelp: 727000077 });
  const row = await api.retrieve({ collection: "opportunities", key: id, select: ["cosell_howcanmicrosofthelp"], includeAnnotations: "*" });
  assert.equal(row.cosell_howcanmicrosofthelp_Formatted, "Something new");
});

when("a column's definition is changed by writing it anew", async () => {
  await add(text("contoso_Short", 10));
  const definition = await attribute("contoso_short", "StringAttributeMetadata");
  await api.updateAttribute({ entityKey: OPPORTUNITY, castType: `${TYPE}StringAttributeMetadata`, data: { ...definition, MaxLength: 20 }, mergeLabels: true });
  await deal({ contoso_short: "x".repeat(20) });
});

const key = (SchemaName, ...KeyAttributes) => ({ SchemaName, DisplayName: label(SchemaName), KeyAttributes });
const status = async (name) => (await (await plain(`EntityDefinitions(${OPPORTUNITY})/Keys?$select=EntityKeyIndexStatus&$filter=LogicalName eq '${name}'`)).json()).value[0].EntityKeyIndexStatus;

async function statusOtherThanPending(name) {
  for (let i = 0; i < 100; i++) {
    const now = await status(name);
    if (now !== "Pending") {
      return now;
    }
    await pause(50);
  }
  return "Pending";
}

when("an alternate key is built after a while and then holds", async () => {
  await add(text("contoso_Code"));
  const answer = await post(`EntityDefinitions(${OPPORTUNITY})/Keys`, key("contoso_CodeKey", "contoso_code"));
  assert.equal(answer.status, 204);
  assert.match(answer.headers.get("odata-entityid"), /EntityDefinitions\(LogicalName='opportunity'\)\/Keys\([0-9a-f-]{36}\)$/);
  assert.equal(await status("contoso_codekey"), "Pending");
  assert.equal(await statusOtherThanPending("contoso_codekey"), "Active");
  const id = await deal({ contoso_code: "c-1" });
  assert.equal((await read("contoso_code='c-1'")).opportunityid, id);
  await refused(deal({ contoso_code: "C-1" }), 412, "0x80060892");
});

when("a key over duplicates fails, and can be tried again without them", async () => {
  await add(text("contoso_Code"));
  const [first] = [await deal({ contoso_code: "same" }), await deal({ contoso_code: "same" })];
  await post(`EntityDefinitions(${OPPORTUNITY})/Keys`, key("contoso_CodeKey", "contoso_code"));
  assert.equal(await statusOtherThanPending("contoso_codekey"), "Failed");
  await refused(read("contoso_code='same'"), 400, "0x80041140");
  await api.deleteRecord({ collection: "opportunities", key: first });
  await api.callAction({ actionName: "ReactivateEntityKey", action: { EntityLogicalName: "opportunity", EntityKeyLogicalName: "contoso_codekey" } });
  assert.equal(await statusOtherThanPending("contoso_codekey"), "Active");
});

const table = (more) => ({
  "@odata.type": `${TYPE}EntityMetadata`, SchemaName: "contoso_Part", DisplayName: label("Part"), DisplayCollectionName: label("Parts"),
  OwnershipType: "UserOwned", HasActivities: false, HasNotes: false, IsActivity: false,
  Attributes: [{ ...text("contoso_Name"), IsPrimaryName: true }], ...more,
});

when("a new table with a look-up holds rows, and change tracking is turned on", async () => {
  const id = await api.createEntity({ data: table() });
  const definition = await api.retrieveEntity({ key: id });
  assert.deepEqual([definition.LogicalName, definition.EntitySetName, definition.PrimaryIdAttribute, definition.PrimaryNameAttribute, definition.ChangeTrackingEnabled],
    ["contoso_part", "contoso_parts", "contoso_partid", "contoso_name", false]);
  await api.createRelationship({ data: {
    "@odata.type": `${TYPE}OneToManyRelationshipMetadata`, SchemaName: "contoso_opportunity_parts", ReferencedEntity: "opportunity", ReferencedAttribute: "opportunityid",
    ReferencingEntity: "contoso_part", CascadeConfiguration: { Assign: "NoCascade", Delete: "Cascade", Merge: "NoCascade", Reparent: "NoCascade", Share: "NoCascade", Unshare: "NoCascade" },
    Lookup: { ...column("contoso_OpportunityId", "Lookup") } } });
  const owner = await deal();
  await api.create({ collection: "contoso_parts", data: { contoso_name: "P", "contoso_OpportunityId@odata.bind": `opportunities(${owner})` } });
  await refused(api.create({ collection: "contoso_parts", data: { "contoso_opportunityid@odata.bind": `opportunities(${owner})` } }), 400, "0x80048d19");
  const row = await api.retrieve({ collection: "opportunities", key: owner, expand: [{ property: "contoso_opportunity_parts", select: ["contoso_name"] }] });
  assert.deepEqual(row.contoso_opportunity_parts.map((each) => each.contoso_name), ["P"]);
  await refused(api.retrieveMultiple({ collection: "contoso_parts", trackChanges: true }), 400, "0x80040203");
  await api.updateEntity({ data: { ...definition, ChangeTrackingEnabled: true }, mergeLabels: true });
  assert.ok((await api.retrieveMultiple({ collection: "contoso_parts", trackChanges: true })).oDataDeltaLink);
  await api.deleteRecord({ collection: "opportunities", key: owner });
  assert.equal(await api.count({ collection: "contoso_parts" }), 0);
});

when("an environment can be stripped of its custom columns and tables", async () => {
  const gone = (path) => plain(path, { method: "DELETE" });
  assert.equal((await gone(`EntityDefinitions(${OPPORTUNITY})/Attributes(LogicalName='cosell_referralidentifier')`)).status, 400, "a key needs it");
  assert.equal((await gone(`EntityDefinitions(${OPPORTUNITY})/Keys(LogicalName='cosell_referralkey')`)).status, 204);
  assert.equal((await gone(`EntityDefinitions(${OPPORTUNITY})/Attributes(LogicalName='cosell_referralidentifier')`)).status, 204);
  assert.equal((await gone("EntityDefinitions(LogicalName='cosell_partnercentersolution')")).status, 204);
  assert.equal((await gone(`EntityDefinitions(${OPPORTUNITY})/Attributes(LogicalName='name')`)).status, 400, "a column of the system stays");
  await refused(attribute("cosell_referralidentifier"), 404, "0x80060888");
  await refused(deal({ cosell_referralidentifier: "r-1" }), 400, "0x80048d19");
  await refused(api.retrieveMultiple({ collection: "cosell_partnercentersolutions" }), 404, "0x8006088a");
  await deal();
});

when("the service metadata is XML that names what there is now", async () => {
  await add(text("contoso_Late"));
  const xml = await api.retrieveCsdlMetadata();
  assert.match(xml, /<EntityType Name="opportunity" BaseType="mscrm.crmbaseentity">/);
  assert.match(xml, /<Property Name="contoso_late" Type="Edm.String"\/>/);
  assert.match(xml, /<Action Name="WinOpportunity">/);
  assert.doesNotMatch(xml, /edmx:Reference/);
  assert.doesNotMatch(xml, /Capabilities/);
  assert.match(await api.retrieveCsdlMetadata({ addAnnotations: true }), /Org.OData.Capabilities.V1.ChangeTracking/);
});
