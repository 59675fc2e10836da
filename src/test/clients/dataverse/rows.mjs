import assert from "node:assert/strict";
import { api, account, deal, plain, read } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const USD = "5c1b0000-0000-4000-8000-000000000002";
const SELLER = "75c2dd85-0000-4000-8000-000000000002";

when("create answers the id of the new row", async () => {
  assert.match(await deal({ estimatedvalue: 1000.5 }), GUID);
});

when("create answers the row when its representation is wanted", async () => {
  const row = await api.create({
    collection: "opportunities", data: { name: "Deal", estimatedvalue: 10 }, returnRepresentation: true, select: ["name", "estimatedvalue"],
  });
  assert.equal(row.name, "Deal");
  assert.equal(row.estimatedvalue, 10);
  assert.match(row.opportunityid, GUID);
  assert.match(row["@odata.etag"], /^W\/"\d+"$/);
  assert.equal(row.description, undefined);
});

when("create binds look-ups, with and without a slash, and sets defaults", async () => {
  const customer = await account("Contoso");
  const id = await deal({
    "customerid_account@odata.bind": `accounts(${customer})`, "parentaccountid@odata.bind": `/accounts(${customer})`,
    "transactioncurrencyid@odata.bind": `transactioncurrencies(${USD})`, estimatedvalue: 1000,
  });
  const row = await read(id);
  assert.equal(row._customerid_value, customer);
  assert.equal(row._parentaccountid_value, customer);
  assert.equal(row._transactioncurrencyid_value, USD);
  assert.equal(row.estimatedvalue_base, 800);
  assert.deepEqual([row.statecode, row.statuscode, row.isrevenuesystemcalculated, row.description], [0, 1, false, null]);
});

when("create writes nested rows in the same transaction", async () => {
  const id = await deal({ cosell_opportunity_solutions: [{ cosell_name: "One" }, { cosell_name: "Two" }] });
  const row = await api.retrieve({
    collection: "opportunities", key: id, select: ["name"], expand: [{ property: "cosell_opportunity_solutions", select: ["cosell_name"], orderBy: ["cosell_name desc"] }],
  });
  assert.deepEqual(row.cosell_opportunity_solutions.map((each) => each.cosell_name), ["Two", "One"]);
});

when("retrieve selects, expands and annotates", async () => {
  const customer = await account("Contoso");
  const id = await deal({ estimatedvalue: 5, "customerid_account@odata.bind": `accounts(${customer})`, "parentaccountid@odata.bind": `accounts(${customer})` });
  const row = await api.retrieve({
    collection: "opportunities", key: id, select: ["estimatedvalue", "statecode", "_customerid_value"],
    expand: [{ property: "parentaccountid", select: ["name"] }], includeAnnotations: "*",
  });
  assert.equal(row.statecode_Formatted, "Open");
  assert.equal(row._customerid_value_Formatted, "Contoso");
  assert.equal(row._customerid_value_LogicalName, "account");
  assert.equal(row._customerid_value_NavigationProperty, "customerid_account");
  assert.equal(row.parentaccountid.name, "Contoso");
  assert.equal(row.opportunityid, id);
  assert.ok(row._transactioncurrencyid_value, "money brings its currency");
  const bare = await api.retrieve({ collection: "opportunities", key: id, select: ["statecode"] });
  assert.equal(bare.statecode_Formatted, undefined);
});

when("retrieve finds a row by its alternate key, also with a quote in it", async () => {
  const id = await deal({ cosell_referralidentifier: "o'neill-1" });
  const row = await read("cosell_referralidentifier='o''neill-1'", "name");
  assert.equal(row.opportunityid, id);
  await refused(read("cosell_referralidentifier='nobody'"), 404, "0x80060891");
  await refused(read("name='Deal'"), 400, "0x80041140");
});

when("retrieve of a known version is not modified", async () => {
  const id = await deal();
  const row = await read(id, "name");
  const same = await plain(`opportunities(${id})?$select=name`, { headers: { "If-None-Match": row["@odata.etag"] } });
  assert.equal(same.status, 304);
  const fresh = await api.retrieve({ collection: "opportunities", key: id, ifnonematch: "W/\"1\"" });
  assert.equal(fresh.name, "Deal");
});

when("retrieve follows a look-up as navigation property and as a reference", async () => {
  const customer = await account("Contoso");
  const id = await deal({ "parentaccountid@odata.bind": `accounts(${customer})` });
  const related = await api.retrieve({ collection: "opportunities", key: id, navigationProperty: "parentaccountid", select: ["name"] });
  assert.equal(related.name, "Contoso");
  const reference = await api.retrieve({ collection: "opportunities", key: id, navigationProperty: "parentaccountid", select: ["/$ref"] });
  assert.equal(reference.id, customer);
  assert.equal(reference.collection, "accounts");
});

when("money is shown in the currency of the organisation, too, and rows belong to a business unit", async () => {
  const id = await deal({ estimatedvalue: 100, actualvalue: 50, "transactioncurrencyid@odata.bind": `transactioncurrencies(${USD})` });
  const row = await read(id, "estimatedvalue_base", "actualvalue_base", "budgetamount_base", "_owningbusinessunit_value");
  assert.deepEqual([row.estimatedvalue_base, row.actualvalue_base, row.budgetamount_base], [80, 40, null]);
  assert.equal(row._owningbusinessunit_value, (await api.callFunction("WhoAmI")).BusinessUnitId);
});

when("update changes only what it names and every update makes a new version", async () => {
  const id = await deal({ description: "kept", estimatedvalue: 1 });
  const before = await read(id);
  await api.update({ collection: "opportunities", key: id, data: { estimatedvalue: 1 } });
  const after = await api.update({ collection: "opportunities", key: id, data: { estimatedvalue: 2 }, returnRepresentation: true, select: ["description", "estimatedvalue"] });
  assert.equal(after.description, "kept");
  assert.equal(after.estimatedvalue, 2);
  assert.ok(BigInt(after["@odata.etag"].match(/\d+/)[0]) >= BigInt(before.versionnumber) + 2n);
});

when("update with an old version is refused, with the current one it goes through", async () => {
  const id = await deal();
  const { "@odata.etag": etag } = await read(id, "name");
  assert.equal(await api.update({ collection: "opportunities", key: id, ifmatch: etag, data: { name: "Mine" } }), true);
  assert.equal(await api.update({ collection: "opportunities", key: id, ifmatch: etag, data: { name: "Lost" } }), false);
  assert.equal((await read(id, "name")).name, "Mine");
});

when("update never creates a row", async () => {
  const missing = "11111111-2222-4333-8444-555555555555";
  await refused(api.update({ collection: "opportunities", key: missing, data: { name: "x" } }), 404, "0x80040217");
});

when("upsert by alternate key creates, then updates", async () => {
  const request = (name, more) => api.upsert({
    collection: "opportunities", key: "cosell_referralidentifier='r-1'", data: { name, cosell_referralidentifier: "r-1" },
    returnRepresentation: true, select: ["name", "createdon"], ...more,
  });
  const created = await request("First");
  const updated = await request("Second");
  assert.equal(updated.opportunityid, created.opportunityid);
  assert.equal(updated.name, "Second");
  assert.equal(await api.upsert({ collection: "opportunities", key: "cosell_referralidentifier='r-1'", data: { name: "Third" } }), undefined,
    "the address of the answer repeats the alternate key");
});

when("upsert that may only create leaves the row that is there", async () => {
  const key = "cosell_referralidentifier='r-2'";
  const first = await api.upsert({ collection: "opportunities", key, ifnonematch: "*", data: { name: "New" }, returnRepresentation: true });
  assert.equal(first.name, "New");
  assert.equal(await api.upsert({ collection: "opportunities", key, ifnonematch: "*", data: { name: "Other" } }), null);
  assert.equal((await read(key, "name")).name, "New");
});

when("upsert that may only update creates nothing", async () => {
  const key = "cosell_referralidentifier='r-3'";
  assert.equal(await api.upsert({ collection: "opportunities", key, ifmatch: "*", data: { name: "x" } }), null);
  assert.equal(await api.count({ collection: "opportunities" }), 0);
});

when("upsert with an id of the client's choice creates that row", async () => {
  const key = "11111111-2222-4333-8444-555555555555";
  assert.equal(await api.upsert({ collection: "opportunities", key, data: { name: "Chosen" } }), key);
  assert.equal((await read(key, "name")).name, "Chosen");
});

when("deleteRecord deletes once, and an old version not at all", async () => {
  const id = await deal();
  const { "@odata.etag": etag } = await read(id, "name");
  await api.update({ collection: "opportunities", key: id, data: { name: "Newer" } });
  assert.equal(await api.deleteRecord({ collection: "opportunities", key: id, ifmatch: etag }), false);
  await api.deleteRecord({ collection: "opportunities", key: id });
  await refused(api.deleteRecord({ collection: "opportunities", key: id }), 404, "0x80040217");
});

when("deleteRecord of one property clears it", async () => {
  const id = await deal({ description: "text" });
  await api.deleteRecord({ collection: "opportunities", key: id, property: "description" });
  assert.equal((await read(id, "description")).description, null);
});

when("updateSingleProperty writes one column", async () => {
  const id = await deal();
  await api.updateSingleProperty({ collection: "opportunities", key: id, fieldValuePair: { name: "Renamed" } });
  assert.equal((await read(id, "name")).name, "Renamed");
  const one = await (await plain(`opportunities(${id})/name`)).json();
  assert.equal(one.value, "Renamed");
  assert.equal(await (await plain(`opportunities(${id})/name/$value`)).text(), "Renamed");
  assert.equal((await plain(`opportunities(${id})/description`)).status, 204);
});

when("a single-valued look-up is associated and disassociated", async () => {
  const contact = await api.create({ collection: "contacts", data: { lastname: "Doe" } });
  const id = await deal();
  const tie = { collection: "opportunities", primaryKey: id, navigationProperty: "parentcontactid" };
  await api.associateSingleValued({ ...tie, relatedCollection: "contacts", relatedKey: contact });
  assert.equal((await read(id, "_parentcontactid_value"))._parentcontactid_value, contact);
  await api.disassociateSingleValued(tie);
  assert.equal((await read(id, "_parentcontactid_value"))._parentcontactid_value, null);
});

when("a row is associated to a collection and disassociated from it", async () => {
  const customer = await account("Contoso");
  const contact = await api.create({ collection: "contacts", data: { lastname: "Doe" } });
  const tie = { collection: "accounts", primaryKey: customer, relationshipName: "contact_customer_accounts" };
  await api.associate({ ...tie, relatedCollection: "contacts", relatedKey: contact });
  const people = async () => (await api.retrieve({ collection: "accounts", key: customer, navigationProperty: "contact_customer_accounts", select: ["lastname"] })).value;
  assert.deepEqual((await people()).map((each) => each.lastname), ["Doe"]);
  await api.disassociate({ ...tie, relatedKey: contact });
  assert.equal((await people()).length, 0);
});

when("a look-up is cleared by binding null", async () => {
  const customer = await account("Contoso");
  const id = await deal({ "parentaccountid@odata.bind": `accounts(${customer})` });
  await api.update({ collection: "opportunities", key: id, data: { "parentaccountid@odata.bind": null } });
  assert.equal((await read(id, "_parentaccountid_value"))._parentaccountid_value, null);
});

when("an impersonated user is the one who modified", async () => {
  const { UserId } = await api.callFunction("WhoAmI");
  const id = await api.create({ collection: "opportunities", data: { name: "Hers" }, impersonate: SELLER });
  const row = await read(id, "_modifiedby_value", "_modifiedonbehalfby_value");
  assert.equal(row._modifiedby_value, SELLER);
  assert.equal(row._modifiedonbehalfby_value, UserId);
  const user = await api.retrieve({ collection: "systemusers", key: SELLER, select: ["azureactivedirectoryobjectid"] });
  await api.update({ collection: "opportunities", key: id, data: { name: "His" }, impersonateAAD: user.azureactivedirectoryobjectid });
  await api.update({ collection: "opportunities", key: id, data: { name: "Ours" } });
  assert.equal((await read(id, "_modifiedonbehalfby_value"))._modifiedonbehalfby_value, null);
  await refused(api.update({ collection: "opportunities", key: id, data: { name: "x" }, impersonate: id }), 403, "0x80072560");
});

when("duplicate detection is off until a call asks for it", async () => {
  await account("Contoso");
  await account("Contoso");
  await refused(api.create({ collection: "accounts", data: { name: "Contoso" }, duplicateDetection: true }), 412, "0x80040333");
});
