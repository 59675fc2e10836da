import assert from "node:assert/strict";
import { api, deal, plain, read } from "./client.mjs";
import { refused, when } from "./cases.mjs";

/** A batch that stopped: the client throws its answers, the last of which is the failure. */
async function failed(batch, status, code) {
  const answers = await batch.then(() => assert.fail("the batch went through"), (thrown) => thrown);
  assert.ok(Array.isArray(answers), String(answers));
  const error = answers[answers.length - 1];
  assert.deepEqual([error.status, error.error.code], [status, code]);
}

when("executeBatch answers reads and writes in their order", async () => {
  const id = await deal({ name: "Old" });
  api.startBatch();
  api.retrieve({ collection: "opportunities", key: id, select: ["name"] });
  api.update({ collection: "opportunities", key: id, data: { name: "New" } });
  api.retrieveMultiple({ collection: "opportunities", select: ["name"], count: true });
  api.count({ collection: "opportunities" });
  api.create({ collection: "accounts", data: { name: "Contoso" } });
  const [before, ignored, after, number, account] = await api.executeBatch();
  assert.equal(before.name, "Old");
  assert.equal(after.value[0].name, "New");
  assert.equal(after.oDataCount, 1);
  assert.equal(number, 1);
  assert.match(account, /^[0-9a-f-]{36}$/);
});

when("a change set refers to rows that it has just created", async () => {
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "Contoso" }, contentId: "1", inChangeSet: true });
  api.create({ collection: "opportunities", data: { name: "Deal", "customerid_account@odata.bind": "$1", "parentaccountid@odata.bind": "$1" }, contentId: "2", inChangeSet: true });
  api.update({ collection: "$2", data: { description: "same change set" }, inChangeSet: true });
  const [customer, opportunity] = await api.executeBatch();
  const row = await read(opportunity, "_customerid_value", "_parentaccountid_value", "description");
  assert.equal(row._customerid_value, customer);
  assert.equal(row._parentaccountid_value, customer);
  assert.equal(row.description, "same change set");
});

when("a change set cannot refer to a row whose representation it asked for, because that answer has no address", async () => {
  api.startBatch();
  api.create({ collection: "accounts", data: { name: "Contoso" }, contentId: "1", inChangeSet: true, returnRepresentation: true });
  api.create({ collection: "opportunities", data: { name: "Deal", "parentaccountid@odata.bind": "$1" }, contentId: "2", inChangeSet: true });
  await failed(api.executeBatch(), 400, "0x80048d19");
  assert.equal(await api.count({ collection: "accounts" }), 0);
});

when("a change set that fails leaves nothing behind", async () => {
  const kept = await deal({ name: "Kept", cosell_referralidentifier: "r-1" });
  const { oDataDeltaLink } = await api.retrieveMultiple({ collection: "opportunities", select: ["name"], trackChanges: true });
  api.startBatch();
  api.create({ collection: "opportunities", data: { name: "A", cosell_referralidentifier: "r-2" }, inChangeSet: true });
  api.update({ collection: "opportunities", key: kept, data: { name: "Changed", cosell_referralidentifier: "r-9" }, inChangeSet: true });
  api.create({ collection: "opportunities", data: { name: "B", closeprobability: 101 }, inChangeSet: true });
  await failed(api.executeBatch(), 400, "0x8004431a");
  assert.equal((await read(kept, "name")).name, "Kept");
  assert.equal((await read("cosell_referralidentifier='r-1'")).opportunityid, kept);
  assert.equal(await api.count({ collection: "opportunities" }), 1);
  const delta = await api.retrieveMultiple({ collection: "opportunities" }, oDataDeltaLink);
  assert.deepEqual(delta.value, [], "change tracking does not tell of it either");
});

when("a deletion inside of a failed change set is undone, with the rows that went with it", async () => {
  const id = await deal({ cosell_opportunity_solutions: [{ cosell_name: "One" }] });
  api.startBatch();
  api.deleteRecord({ collection: "opportunities", key: id, inChangeSet: true });
  api.create({ collection: "opportunities", data: { nmae: "x" }, inChangeSet: true });
  await failed(api.executeBatch(), 400, "0x80048d19");
  const { value } = await api.retrieveMultiple({ collection: "cosell_partnercentersolutions", filter: `_cosell_opportunityid_value eq ${id}` });
  assert.equal(value.length, 1);
});

when("a batch stops at its first failure unless it shall go on", async () => {
  const missing = "11111111-2222-4333-8444-555555555555";
  const run = (options) => {
    api.startBatch();
    api.create({ collection: "opportunities", data: { name: "A" } });
    api.retrieve({ collection: "opportunities", key: missing });
    api.create({ collection: "opportunities", data: { name: "B" } });
    return api.executeBatch(options);
  };
  await failed(run(), 404, "0x80040217");
  assert.equal(await api.count({ collection: "opportunities" }), 1, "what came before is done");
  const answers = await run({ continueOnError: true });
  assert.equal(answers.length, 3);
  assert.equal(answers[1].status, 404);
  assert.equal(answers[1].error.code, "0x80040217");
  assert.equal(await api.count({ collection: "opportunities" }), 3);
});

const raw = (body, boundary = "b") => plain("$batch", { method: "POST", headers: { "Content-Type": `multipart/mixed; boundary="${boundary}"` }, body });

when("a batch with bare line feeds is refused, relative addresses are fine", async () => {
  const text = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET WhoAmI HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";
  const good = await raw(text);
  assert.equal(good.status, 200);
  assert.match(good.headers.get("content-type"), /^multipart\/mixed; boundary=batchresponse_/);
  assert.match(await good.text(), /HTTP\/1\.1 200 OK\r\n[^]*"UserId"/);
  assert.equal((await raw(text.replaceAll("\r\n", "\n"))).status, 400);
});

when("a reference to no Content-ID and a GET in a change set are refused", async () => {
  const set = (request) => `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\n${request}\r\n--c--\r\n--b--\r\n`;
  const dangling = await raw(set("POST opportunities HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"name\":\"x\",\"parentaccountid@odata.bind\":\"$7\"}"));
  assert.equal(dangling.status, 400);
  assert.match(await dangling.text(), /Content-ID Reference: '\$7' does not exist in the batch context\./);
  assert.equal((await raw(set("GET opportunities HTTP/1.1\r\n\r\n"))).status, 400);
});
