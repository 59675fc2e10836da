import assert from "node:assert/strict";
import { api, account, deal, plain } from "./client.mjs";
import { refused, when } from "./cases.mjs";

async function deals(number) {
  for (let i = 1; i <= number; i++) {
    await deal({ name: `Deal ${i}`, estimatedvalue: i * 100, description: i % 2 ? "odd" : "even" });
  }
}

const names = (answer) => answer.value.map((row) => row.name);
const query = (more) => api.retrieveMultiple({ collection: "opportunities", select: ["name"], ...more });

when("retrieveMultiple filters, orders, takes the top and counts", async () => {
  await deals(6);
  assert.deepEqual(names(await query({ filter: "estimatedvalue ge 300 and not (description eq 'even')" })), ["Deal 3", "Deal 5"]);
  assert.deepEqual(names(await query({ filter: "contains(name,'deal 2') or endswith(name,'4')" })), ["Deal 2", "Deal 4"]);
  assert.deepEqual(names(await query({ orderBy: ["estimatedvalue desc"], top: 2 })), ["Deal 6", "Deal 5"]);
  const counted = await query({ count: true, filter: "description eq 'odd'", includeAnnotations: "*" });
  assert.equal(counted.oDataCount, 3);
  assert.equal(counted["@Microsoft.Dynamics.CRM.totalrecordcount"], 3);
  assert.equal(counted["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"], false);
});

when("retrieveMultiple compares look-ups, dates, nulls and columns of the parent", async () => {
  const customer = await account("O'Neill & Söhne");
  await deal({ name: "Theirs", "parentaccountid@odata.bind": `accounts(${customer})`, estimatedclosedate: "2026-09-30" });
  await deal({ name: "Nobody's" });
  assert.deepEqual(names(await query({ filter: `_parentaccountid_value eq ${customer}` })), ["Theirs"]);
  assert.deepEqual(names(await query({ filter: "parentaccountid/name eq 'O''Neill & Söhne'" })), ["Theirs"]);
  assert.deepEqual(names(await query({ filter: "estimatedclosedate le 2026-09-30 and createdon ge 2020-01-01T00:00:00Z" })), ["Theirs"]);
  assert.deepEqual(names(await query({ filter: "_parentaccountid_value eq null" })), ["Nobody's"]);
});

when("retrieveMultiple pages by next links only", async () => {
  await deals(7);
  const pages = [];
  let page = await query({ maxPageSize: 3, orderBy: ["estimatedvalue desc"] });
  for (;;) {
    pages.push(names(page));
    if (!page.oDataNextLink) {
      break;
    }
    page = await api.retrieveMultiple({ collection: "opportunities", maxPageSize: 3 }, page.oDataNextLink);
  }
  assert.deepEqual(pages, [["Deal 7", "Deal 6", "Deal 5"], ["Deal 4", "Deal 3", "Deal 2"], ["Deal 1"]]);
});

when("retrieveAll follows the links of unsorted pages", async () => {
  await deals(5);
  const first = await query({ maxPageSize: 2 });
  assert.equal(first.value.length, 2);
  const second = await api.retrieveMultiple({ collection: "opportunities", maxPageSize: 2 }, first.oDataNextLink);
  const third = await api.retrieveMultiple({ collection: "opportunities", maxPageSize: 2 }, second.oDataNextLink);
  assert.deepEqual([...names(first), ...names(second), ...names(third)], ["Deal 1", "Deal 2", "Deal 3", "Deal 4", "Deal 5"]);
  assert.equal(third.oDataNextLink, undefined);
  assert.equal((await api.retrieveAll({ collection: "opportunities", select: ["name"] })).value.length, 5);
});

when("a top makes the server ignore the page size", async () => {
  await deals(5);
  const answer = await query({ top: 4, maxPageSize: 2 });
  assert.equal(answer.value.length, 4);
  assert.equal(answer.oDataNextLink, undefined);
});

when("count and countAll count", async () => {
  await deals(3);
  assert.equal(await api.count({ collection: "opportunities" }), 3);
  assert.equal(await api.count({ collection: "opportunities", filter: "description eq 'odd'" }), 2);
  assert.equal(await api.countAll({ collection: "opportunities", filter: "description eq 'even'" }), 1);
});

when("a query that is too long for an address travels in a batch", async () => {
  await deals(3);
  const filter = Array.from({ length: 120 }, (ignored, i) => `name eq 'Deal ${i * 2 + 1}'`).join(" or ");
  assert.ok(filter.length > 2000);
  assert.deepEqual(names(await query({ filter })), ["Deal 1", "Deal 3"]);
});

when("expanded collections take options of their own", async () => {
  const customer = await account("Contoso");
  for (const name of ["A", "B", "C"]) {
    await deal({ name, "parentaccountid@odata.bind": `accounts(${customer})` });
  }
  const answer = await api.retrieveMultiple({
    collection: "accounts", select: ["name"],
    expand: [{ property: "opportunity_parent_account", select: ["name"], filter: "name ne 'A'", orderBy: ["name desc"], top: 1 }],
  });
  assert.deepEqual(answer.value[0].opportunity_parent_account.map((row) => row.name), ["C"]);
});

when("options that Dataverse does not support are refused", async () => {
  await refused(api.retrieveMultiple({ collection: "opportunities", queryParams: ["$skip=5"] }), 501, "0x80060888");
  await refused(query({ filter: "nmae eq 'x'" }), 400, "0x80060888");
  await refused(query({ select: ["nmae"] }), 400, "0x80060888");
  await refused(api.retrieveMultiple({ collection: "oportunities" }), 404, "0x8006088a");
  await refused(api.retrieveMultiple({ collection: "opportunities" }, `${new URL("opportunities", (await plain("")).url)}?$skiptoken=nonsense`), 400, "0x8004112A");
});

when("the service document lists the sets", async () => {
  const sets = (await (await plain("")).json()).value;
  assert.ok(sets.some((set) => set.name === "opportunities" && set.kind === "EntitySet" && set.url === "opportunities"));
});
