import assert from "node:assert/strict";
import { createServer } from "node:http";
import { api, asSeller, control, deal, plain, shown } from "./client.mjs";
import { when } from "./cases.mjs";

const MESSAGES = ["Create", "Update", "Delete", "Win", "Lose", "Assign"];

/** A receiver that answers with these statuses in turn and 200 after them. */
async function receiver(...statuses) {
  const got = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => { text += part; });
    request.on("end", () => {
      got.push({ url: request.url, headers: request.headers, body: JSON.parse(text) });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { got, url: `http://127.0.0.1:${server.address().port}/hook`, close: () => server.closeAllConnections() ?? server.close() };
}

async function until(condition, what) {
  for (let i = 0; i < 200; i++) {
    if (await condition()) {
      return;
    }
    await new Promise((done) => { setTimeout(done, 20); });
  }
  assert.fail(`did not come: ${what}`);
}

async function register(url, messages, { endpoint = {}, step = {}, table = "opportunity" } = {}) {
  const { serviceendpointid } = await api.create({ collection: "serviceendpoints", data: { name: "cosell", url, contract: 8, authtype: 0, ...endpoint }, returnRepresentation: true });
  const steps = {};
  for (const message of messages) {
    const { value } = await api.retrieveMultiple({ collection: "sdkmessagefilters", select: ["_sdkmessageid_value"], filter: `primaryobjecttypecode eq '${table}' and sdkmessageid/name eq '${message}'` });
    steps[message] = await api.create({
      collection: "sdkmessageprocessingsteps",
      data: {
        name: `${message} of ${table}`, mode: 1, stage: 40, rank: 1, supporteddeployment: 0, asyncautodelete: true,
        "sdkmessageid@odata.bind": `sdkmessages(${value[0]._sdkmessageid_value})`,
        "sdkmessagefilterid@odata.bind": `sdkmessagefilters(${value[0].sdkmessagefilterid})`,
        "eventhandler_serviceendpoint@odata.bind": `serviceendpoints(${serviceendpointid})`, ...step,
      },
    });
  }
  return { serviceendpointid, steps };
}

/** Runs a case against a receiver, and waits at its end until nothing is pending any more. */
function told(name, run, ...statuses) {
  when(`webhooks: ${name}`, async () => {
    const hook = await receiver(...statuses);
    try {
      await run(hook);
    } finally {
      hook.close();
    }
  });
}

const settled = () => until(async () => (await shown("deliveries")).every((each) => each.state !== "pending"), "the end of all deliveries");
const names = (hook) => hook.got.map((each) => each.headers["x-ms-dynamics-request-name"]).sort();
const attributes = (body) => Object.fromEntries(body.InputParameters[0].value.Attributes.map((each) => [each.key, each.value]));

told("a create is posted with its headers and body", async (hook) => {
  await register(hook.url, ["Create"], { endpoint: { authtype: 5, authvalue: "<settings><setting name=\"x-hook-key\" value=\"se&quot;cret\" /></settings>" } });
  const customer = await api.create({ collection: "accounts", data: { name: "Contoso" } });
  const id = await deal({ estimatedvalue: 130000, statuscode: 2, estimatedclosedate: "2026-09-30", "customerid_account@odata.bind": `accounts(${customer})` });
  await until(() => hook.got.length === 1, "the delivery");
  const [{ url, headers, body }] = hook.got;
  assert.equal(url, "/hook");
  assert.equal(headers["content-type"], "application/json");
  assert.match(headers["x-ms-dynamics-organization"], /^localhost/);
  assert.equal(headers["x-ms-dynamics-entity-name"], "opportunity");
  assert.equal(headers["x-ms-dynamics-request-name"], "Create");
  assert.equal(headers["x-ms-correlation-request-id"], body.CorrelationId);
  assert.equal(headers["x-hook-key"], "se\"cret");
  assert.equal(headers["x-ms-dynamics-msg-size-exceeded"], undefined);
  const me = await api.callFunction("WhoAmI");
  assert.deepEqual([body.MessageName, body.Mode, body.Stage, body.Depth, body.PrimaryEntityName, body.PrimaryEntityId], ["Create", 1, 40, 1, "opportunity", id]);
  assert.deepEqual([body.UserId, body.InitiatingUserId, body.BusinessUnitId, body.OrganizationId], [me.UserId, me.UserId, me.BusinessUnitId, me.OrganizationId]);
  assert.deepEqual([body.OutputParameters, body.SharedVariables, body.PostEntityImages], [[{ key: "id", value: id }], [], []]);
  const target = body.InputParameters[0].value;
  assert.equal(target.__type, "Entity:http://schemas.microsoft.com/xrm/2011/Contracts");
  assert.deepEqual(target.FormattedValues, [{ key: "statuscode", value: "On Hold" }]);
  const sent = attributes(body);
  assert.deepEqual(sent.estimatedvalue, { __type: "Money:http://schemas.microsoft.com/xrm/2011/Contracts", Value: 130000 });
  assert.deepEqual(sent.statuscode, { __type: "OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts", Value: 2 });
  assert.deepEqual([sent.customerid.Id, sent.customerid.LogicalName], [customer, "account"]);
  assert.equal(sent.estimatedclosedate, `/Date(${Date.UTC(2026, 8, 30)})/`);
  assert.equal(sent.opportunityid, id);
});

told("each message has its own step, and nobody hears of what was not asked for", async (hook) => {
  await register(hook.url, MESSAGES);
  const [won, lost] = [await deal(), await deal()];
  const closing = (id) => ({ subject: "Done", "opportunityid@odata.bind": `opportunities(${id})` });
  await api.callAction({ actionName: "WinOpportunity", action: { Status: 3, OpportunityClose: closing(won) } });
  await api.callAction({ actionName: "LoseOpportunity", action: { Status: 4, OpportunityClose: closing(lost) } });
  await api.create({ collection: "accounts", data: { name: "Contoso" } });
  await api.deleteRecord({ collection: "opportunities", key: lost });
  const me = await api.callFunction("WhoAmI");
  await api.update({ collection: "opportunities", key: won, data: { statecode: 0, "ownerid@odata.bind": `systemusers(${me.UserId})` } });
  await settled();
  assert.deepEqual(names(hook), ["Assign", "Create", "Create", "Delete", "Lose", "Update", "Win"]);
  const win = hook.got.find((each) => each.body.MessageName === "Win").body;
  assert.equal(win.PrimaryEntityId, won);
  assert.deepEqual(win.InputParameters.map((each) => each.key), ["OpportunityClose", "Status"]);
  const gone = hook.got.find((each) => each.body.MessageName === "Delete").body.InputParameters[0];
  assert.deepEqual([gone.value.Id, gone.value.LogicalName, gone.value.Attributes], [lost, "opportunity", undefined]);
});

told("a close is an update too when the environment is said to be like that", async (hook) => {
  await register(hook.url, ["Update"], { step: { filteringattributes: "statecode" } });
  await control("settings", { closingUpdates: true });
  const id = await deal();
  await api.callAction({ actionName: "WinOpportunity", action: { Status: 3, OpportunityClose: { subject: "Done", "opportunityid@odata.bind": `opportunities(${id})` } } });
  await settled();
  assert.equal(attributes(hook.got[0].body).statecode.Value, 1);
});

told("an update is told when it writes a column of the filter, also with the same value", async (hook) => {
  await register(hook.url, ["Update"], { step: { filteringattributes: "estimatedvalue, name" } });
  const id = await deal({ name: "Same" });
  await api.update({ collection: "opportunities", key: id, data: { description: "x" } });
  await api.update({ collection: "opportunities", key: id, data: { name: "Same" } });
  await settled();
  assert.deepEqual(names(hook), ["Update"]);
  assert.equal(attributes(hook.got[0].body).name, "Same");
});

told("a tag marks the writes of its call", async (hook) => {
  await register(hook.url, ["Create"]);
  await plain("opportunities?tag=cosell-sync", { method: "POST", body: JSON.stringify({ name: "Ours" }) });
  await until(() => hook.got.length === 1, "the delivery");
  assert.deepEqual(hook.got[0].body.SharedVariables, [{ key: "tag", value: "cosell-sync" }]);
});

told("headers leave steps out, by their mode or one by one", async (hook) => {
  const { steps } = await register(hook.url, ["Create"]);
  const post = (headers) => plain("opportunities", { method: "POST", headers, body: JSON.stringify({ name: "Quiet" }) });
  for (const headers of [{ "MSCRM.BypassBusinessLogicExecution": "CustomAsync" }, { "MSCRM.BypassBusinessLogicExecution": "CustomSync,CustomAsync" },
    { "MSCRM.BypassBusinessLogicExecutionStepIds": steps.Create }]) {
    assert.equal((await post(headers)).status, 204);
  }
  await settled();
  assert.deepEqual(names(hook), []);
  await post({ "MSCRM.BypassBusinessLogicExecution": "CustomSync" });
  await post({ "MSCRM.BypassCustomPluginExecution": "true" });
  await until(() => hook.got.length === 2, "those that leave out synchronous logic only");
});

told("what is undone with its change set is never told, what is kept is", async (hook) => {
  await register(hook.url, ["Create"]);
  api.startBatch();
  api.create({ collection: "opportunities", data: { name: "Undone" }, inChangeSet: true });
  api.create({ collection: "opportunities", data: { nmae: "x" }, inChangeSet: true });
  await assert.rejects(async () => { throw await api.executeBatch().catch((answers) => new Error(String(answers))); });
  api.startBatch();
  api.create({ collection: "opportunities", data: { name: "Kept" }, inChangeSet: true });
  await api.executeBatch();
  await settled();
  assert.deepEqual(hook.got.map((each) => attributes(each.body).name), ["Kept"]);
});

told("503 is repeated once", async (hook) => {
  await control("settings", { webhookRetryMillis: 1 });
  await register(hook.url, ["Create"]);
  await deal();
  await settled();
  const [entry] = await shown("deliveries");
  assert.deepEqual([entry.state, entry.attempts, entry.status], ["delivered", 2, 200]);
  assert.equal(hook.got.length, 2);
}, 503);

told("502 twice is a failed job, and 500 is not repeated at all", async (hook) => {
  await control("settings", { webhookRetryMillis: 1 });
  await register(hook.url, ["Create"]);
  await deal();
  await settled();
  await deal();
  await settled();
  assert.deepEqual((await shown("deliveries")).map((each) => [each.state, each.attempts, each.status]), [["failed", 2, 504], ["failed", 1, 500]]);
  assert.equal(hook.got.length, 3);
}, 502, 504, 500);

told("keys travel in the address when the registration wants that, and are never shown", async (hook) => {
  const { serviceendpointid } = await register(hook.url, ["Create"], { endpoint: { authtype: 4, authvalue: "a b&c" } });
  await register(`${hook.url}?x=1`, ["Create"], { endpoint: { authtype: 6, authvalue: "<settings><setting name=\"k\" value=\"v\"/></settings>" } });
  await deal();
  await until(() => hook.got.length === 2, "both deliveries");
  assert.deepEqual(hook.got.map((each) => each.url).sort(), ["/hook?code=a+b%26c", "/hook?x=1&k=v"]);
  const row = await api.retrieve({ collection: "serviceendpoints", key: serviceendpointid });
  assert.deepEqual([row.authvalue, row.contract], [null, 8]);
});

told("a body above 256 KB loses its parameters", async (hook) => {
  await register(hook.url, ["Create"]);
  await deal({ cosell_audit: "ж".repeat(100_000), cosell_microsoftsellers: "ж".repeat(32_000) });
  await until(() => hook.got.length === 1, "the delivery");
  assert.ok(hook.got[0].headers["x-ms-dynamics-msg-size-exceeded"]);
  assert.deepEqual(["InputParameters", "ParentContext", "PreEntityImages", "PostEntityImages"].filter((key) => key in hook.got[0].body), []);
  assert.ok(hook.got[0].body.PrimaryEntityId);
});

told("a step that is disabled or deleted, and one without its endpoint, are silent", async (hook) => {
  const first = await register(hook.url, ["Create"]);
  await api.update({ collection: "sdkmessageprocessingsteps", key: first.steps.Create, data: { statecode: 1 } });
  const second = await register(hook.url, ["Create"]);
  await api.deleteRecord({ collection: "serviceendpoints", key: second.serviceendpointid });
  await deal();
  assert.deepEqual(await shown("deliveries"), []);
  assert.equal((await api.retrieveMultiple({ collection: "sdkmessageprocessingsteps", select: ["name"] })).value.length, 1, "steps go with their endpoint");
});

told("who impersonates is told apart from who is impersonated, and a seller from both", async (hook) => {
  await register(hook.url, ["Create"]);
  const { value } = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], filter: "fullname eq 'Sam Seller'" });
  await api.create({ collection: "opportunities", data: { name: "For Sam" }, impersonate: value[0].systemuserid });
  await asSeller("POST", "opportunities", { name: "By Sam" });
  await until(() => hook.got.length === 2, "both deliveries");
  const me = await api.callFunction("WhoAmI");
  const users = Object.fromEntries(hook.got.map(({ body }) => [attributes(body).name, [body.UserId, body.InitiatingUserId]]));
  assert.deepEqual(users, { "For Sam": [value[0].systemuserid, me.UserId], "By Sam": [value[0].systemuserid, value[0].systemuserid] });
});

when("webhooks: nothing leaves this machine", async () => {
  await register("http://192.0.2.1/hook", ["Create"]);
  await register("not an address", ["Create"]);
  await deal();
  const log = await shown("deliveries");
  assert.deepEqual(log.map((each) => [each.state, each.attempts]), [["failed", 0], ["failed", 0]]);
  assert.match(log[0].error, /loopback/);
});
