import assert from "node:assert/strict";
import { api, asSeller, control, deal, plain, read, shown } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const HOUR = 3600;

when("people edit any row through the Web API without the sync's name on it", async () => {
  const id = await deal({ name: "Ours" });
  assert.equal((await asSeller("PATCH", `opportunities(${id})`, { name: "Theirs" }, { "If-Match": "*" })).status, 204);
  const edited = await read(id, "name", "_modifiedby_value", "_modifiedonbehalfby_value");
  const { value } = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], filter: `systemuserid eq ${edited._modifiedby_value}` });
  assert.deepEqual([edited.name, value[0].fullname, edited._modifiedonbehalfby_value], ["Theirs", "Sam Seller", null]);
  const made = await asSeller("POST", "accounts?$select=name", { name: "Contoso" }, { Prefer: "return=representation" });
  assert.equal(made.status, 201);
  const { accountid } = await made.json();
  assert.equal((await (await asSeller("GET", `accounts(${accountid})?$select=name`)).json()).name, "Contoso");
  assert.equal((await asSeller("DELETE", `accounts(${accountid})`)).status, 204);
  const unknown = await asSeller("PATCH", `accounts(${accountid})`, { nmae: "x" });
  assert.equal((await unknown.json()).error.code, "0x80048d19", "the rules hold for people too");
});

when("a disabled user cannot be impersonated", async () => {
  const { value } = await api.retrieveMultiple({ collection: "systemusers", select: ["fullname"], filter: "fullname eq 'Sam Seller'" });
  await api.update({ collection: "systemusers", key: value[0].systemuserid, data: { isdisabled: true } });
  await refused(api.create({ collection: "opportunities", data: { name: "x" }, impersonate: value[0].systemuserid }), 403, "0x80040225");
});

when("the clock goes ahead, and what is stamped and what expires with it", async () => {
  const { oDataDeltaLink } = await api.retrieveMultiple({ collection: "opportunities", select: ["name"], trackChanges: true });
  const before = new Date((await shown("clock")).now);
  await control("clock", { advanceSeconds: 24 * HOUR });
  const row = await api.create({ collection: "opportunities", data: { name: "Tomorrow's" }, returnRepresentation: true });
  assert.ok(new Date(row.createdon) - before >= 24 * HOUR * 1000 - 1000, String(row.createdon));
  assert.ok(new Date((await plain("WhoAmI")).headers.get("date")) - before >= 24 * HOUR * 1000 - 1000);
  assert.equal((await api.retrieveMultiple({ collection: "opportunities" }, oDataDeltaLink)).value.length, 1);
  await control("clock", { advanceSeconds: 7 * 24 * HOUR });
  await refused(api.retrieveMultiple({ collection: "opportunities" }, oDataDeltaLink), 400, "0x80044352");
  await control("reset");
  assert.ok(new Date((await shown("clock")).now) - before < HOUR * 1000);
});
