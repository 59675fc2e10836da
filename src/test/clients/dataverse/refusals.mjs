import assert from "node:assert/strict";
import { api, account, control, deal, plain, read, withToken } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const MISSING = "11111111-2222-4333-8444-555555555555";

when("a row that is not there is 0x80040217", async () => {
  const error = await refused(read(MISSING), 404, "0x80040217");
  assert.match(error.message, new RegExp(`opportunity With Id = ${MISSING} Does Not Exist`));
});

when("a look-up to a row that is not there is refused, and so is the wrong set", async () => {
  await refused(deal({ "parentaccountid@odata.bind": `/accounts(${MISSING})` }), 404, "0x80040217");
  const contact = await api.create({ collection: "contacts", data: { lastname: "Doe" } });
  await refused(deal({ "parentaccountid@odata.bind": `/contacts(${contact})` }), 400, "0x80048d19");
});

when("a second row with the same id or the same alternate key is refused", async () => {
  const id = await deal({ cosell_referralidentifier: "r-1" });
  await refused(deal({ opportunityid: id }), 412, "0x80040237");
  const error = await refused(deal({ cosell_referralidentifier: "R-1" }), 412, "0x80060892");
  assert.match(error.message, /Entity Key .* violated/);
  const other = await deal();
  assert.equal(await api.update({ collection: "opportunities", key: other, data: { cosell_referralidentifier: "r-1" } }), false, "the client's word for 412");
  assert.equal((await read(other, "cosell_referralidentifier")).cosell_referralidentifier, null);
});

when("names are held to their case and spelling", async () => {
  const customer = await account("Contoso");
  const undeclared = await refused(deal({ "ParentAccountId@odata.bind": `/accounts(${customer})` }), 400, "0x80048d19");
  assert.match(undeclared.message, /undeclared property 'ParentAccountId'/);
  await refused(deal({ nmae: "x" }), 400, "0x80048d19");
  await refused(deal({ _parentaccountid_value: customer }), 400, "0x80048d19");
});

when("values are held to type, length and range", async () => {
  await refused(deal({ name: "x".repeat(301) }), 400, "0x80044331");
  await refused(deal({ opportunityratingcode: 9 }), 400, "0x8004431a");
  await refused(deal({ closeprobability: 101 }), 400, "0x8004431a");
  await refused(deal({ estimatedvalue: "much" }), 400, "0x80048d19");
  await refused(deal({ estimatedclosedate: "soon" }), 400, "0x80048d19");
});

when("a new opportunity is open, whatever the body says", async () => {
  await refused(deal({ statecode: 1, statuscode: 3 }), 400, "0x80048408");
  assert.equal(await api.count({ collection: "opportunities" }), 0);
});

when("an unknown set is told by its name, with the headers of all answers, and only to those with a token", async () => {
  const answer = await plain("nopes(11111111-2222-4333-8444-555555555555)/name");
  assert.equal(answer.status, 404);
  assert.equal((await answer.json()).error.message, "Resource not found for the segment 'nopes'.");
  assert.equal(answer.headers.get("odata-version"), "4.0");
  assert.match(answer.headers.get("set-cookie"), /^ARRAffinity=/);
  assert.equal((await plain("nopes", { headers: { Authorization: "" } })).status, 401);
});

when("a body that is no JSON is refused", async () => {
  const answer = await plain("opportunities", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{" });
  assert.equal(answer.status, 400);
  assert.equal((await answer.json()).error.code, "0x80048d19");
});

when("a foreign token is 401 and names where to get one", async () => {
  await assert.rejects(withToken("nonsense").callFunction("WhoAmI"), { status: 401 });
  const answer = await plain("WhoAmI", { headers: { Authorization: "Bearer nonsense" } });
  assert.match(answer.headers.get("www-authenticate"), /^Bearer authorization_uri=.*, resource_id=/);
});

when("an application without a user in the environment is 403", async () => {
  await control("settings", { withoutApplicationUser: true });
  await refused(api.callFunction("WhoAmI"), 403, "0x80072560");
});

when("service protection answers 429 with the time to wait", async () => {
  await control("settings", { throttled: 1, retryAfter: 7 });
  const error = await refused(deal(), 429, "0x80072322");
  assert.equal(error.headers["retry-after"], "7");
  assert.match(error.message, /exceeded the limit of 6000 over time window of 300 seconds/);
  await deal();
});

when("requests are counted and refused above the limit, those in a batch too", async () => {
  await control("settings", { requestLimit: 5 });
  await deal();
  const told = await plain("WhoAmI");
  assert.equal(told.headers.get("x-ms-ratelimit-burst-remaining-xrm-requests"), "3");
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "A" } });
  api.create({ collection: "accounts", data: { name: "B" } });
  await api.executeBatch();
  const error = await refused(deal(), 429, "0x80072322");
  assert.ok(Number(error.headers["retry-after"]) > 200);
});

when("errors carry annotations when they are asked for", async () => {
  const ask = async (headers) => (await (await plain(`opportunities(${MISSING})`, { headers })).json()).error;
  assert.deepEqual(Object.keys(await ask({})), ["code", "message"]);
  const keys = Object.keys(await ask({ Prefer: "odata.include-annotations=\"*\"" }));
  assert.ok(keys.includes("@Microsoft.PowerApps.CDS.HelpLink") && keys.includes("@Microsoft.PowerApps.CDS.TraceText"));
});

when("a lost answer to an upsert is no harm", async () => {
  await control("faults", { method: "PATCH", drop: "after" });
  const upsert = () => api.upsert({ collection: "opportunities", key: "cosell_referralidentifier='r-1'", data: { name: "Once" } });
  await assert.rejects(upsert());
  await upsert();
  assert.equal(await api.count({ collection: "opportunities" }), 1);
});
