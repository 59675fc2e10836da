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

when("filters look into collections", async () => {
  const solution = (cosell_solutionid, cosell_name) => ({ cosell_solutionid, cosell_name });
  const one = await deal({ name: "One", cosell_opportunity_solutions: [solution("SOL-1", "O'Neill (x)"), solution("SOL-2", "Two")] });
  const two = await deal({ name: "Two", cosell_opportunity_solutions: [solution("SOL-2", "Two")] });
  const none = await deal({ name: "None" });
  const found = async (filter) => (await api.retrieveMultiple({ collection: "opportunities", select: ["name"], filter })).value.map((row) => row.opportunityid);
  assert.deepEqual(await found("cosell_opportunity_solutions/any(s:s/cosell_solutionid eq 'SOL-2' and s/cosell_name eq 'Two')"), [one, two]);
  assert.deepEqual(await found("cosell_opportunity_solutions/any(s:s/cosell_name eq 'O''Neill (x)') and name eq 'One'"), [one]);
  assert.deepEqual(await found("cosell_opportunity_solutions/all(s:s/cosell_solutionid eq 'SOL-2')"), [two, none]);
  assert.deepEqual(await found("not cosell_opportunity_solutions/any()"), [none]);
  await refused(found("cosell_opportunity_solutions/any(s:s/nope eq 1)"), 400, "0x80060888");
});

when("the functions of Dataverse go with filters", async () => {
  const now = Date.now();
  const day = (back) => new Date(now - back * 86400000).toISOString();
  for (const [name, closeprobability, back] of [["A", 10, 0], ["B", 20, 3], ["C", 30, 30]]) {
    await deal({ name, closeprobability, overriddencreatedon: day(back), estimatedclosedate: day(back).slice(0, 10) });
  }
  const found = async (filter) => (await api.retrieveMultiple({ collection: "opportunities", select: ["name"], filter })).value.map((row) => row.name).join("");
  const fn = (name, property, values) => `Microsoft.Dynamics.CRM.${name}(PropertyName='${property}'${values === undefined ? "" : `,PropertyValue${Array.isArray(values) ? `s=[${values}]` : `=${values}`}`})`;
  assert.equal(await found(fn("In", "name", ["'A'", "'C'"])), "AC");
  assert.equal(await found(`not ${fn("In", "closeprobability", [10, 30])}`), "B");
  assert.equal(await found(fn("Between", "closeprobability", [15, 30])), "BC");
  assert.equal(await found(fn("LastXDays", "createdon", 7)), "AB");
  assert.equal(await found(`${fn("OnOrAfter", "createdon", `'${day(3).slice(0, 10)}'`)} and name ne 'A'`), "B");
  assert.equal(await found(fn("OnOrBefore", "estimatedclosedate", `'${day(3).slice(0, 10)}'`)), "BC");
  assert.equal(await found(fn("Today", "estimatedclosedate")), "A");
  await refused(found(fn("NextXFiscalYears", "createdon", 2)), 501, "0x80060888");
  await refused(found(fn("In", "nope", ["'A'"])), 400, "0x80060888");
});

when("the languages of stored views and of FetchXML are refused, not ignored", async () => {
  for (const option of ["fetchXml=%3Cfetch%2F%3E", "savedQuery=11111111-2222-4333-8444-555555555555", "userQuery=x"]) {
    assert.equal((await plain(`opportunities?${option}`)).status, 501);
  }
});

when("options that Dataverse does not support are refused", async () => {
  await refused(api.retrieveMultiple({ collection: "opportunities", queryParams: ["$skip=5"] }), 501, "0x80060888");
  await refused(query({ filter: "nmae eq 'x'" }), 400, "0x80060888");
  await refused(query({ select: ["nmae"] }), 400, "0x80060888");
  await refused(api.retrieveMultiple({ collection: "oportunities" }), 404, "0x8006088a");
  await refused(api.retrieveMultiple({ collection: "opportunities" }, `${new URL("opportunities", (await plain("")).url)}?$skiptoken=nonsense`), 400, "0x8004112a");
});

when("the service document lists the sets", async () => {
  const sets = (await (await plain("")).json()).value;
  assert.ok(sets.some((set) => set.name === "opportunities" && set.kind === "EntitySet" && set.url === "opportunities"));
});
