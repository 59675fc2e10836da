import assert from "node:assert/strict";
import { api, control, deal, plain } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const tracked = (more) => api.retrieveMultiple({ collection: "opportunities", select: ["name"], trackChanges: true, ...more });
const follow = (link, more) => api.retrieveMultiple({ collection: "opportunities", ...more }, link);

when("trackChanges gives all rows and a delta link on the last page only", async () => {
  for (const name of ["A", "B", "C"]) {
    await deal({ name });
  }
  const first = await tracked({ maxPageSize: 2 });
  assert.equal(first.oDataDeltaLink, undefined);
  const last = await follow(first.oDataNextLink, { trackChanges: true, maxPageSize: 2 });
  assert.equal(last.oDataNextLink, undefined);
  assert.ok(last.oDataDeltaLink);
  assert.equal(first.value.length + last.value.length, 3);
});

when("the delta link gives new and changed rows once, deleted ones after them, and a new link", async () => {
  const kept = await deal({ name: "kept" });
  const gone = await deal({ name: "gone" });
  const { oDataDeltaLink } = await tracked();
  assert.deepEqual((await follow(oDataDeltaLink)).value, []);
  await api.deleteRecord({ collection: "opportunities", key: gone });
  await api.update({ collection: "opportunities", key: kept, data: { name: "kept 2" } });
  await api.update({ collection: "opportunities", key: kept, data: { name: "kept 3" } });
  await deal({ name: "new" });
  const count = await plain(oDataDeltaLink.replace("/opportunities?", "/opportunities/$count?"));
  assert.equal(await count.text(), "3");
  const delta = await follow(oDataDeltaLink);
  assert.deepEqual(delta.value.map((row) => row.name ?? `${row.reason} ${row.id}`), ["kept 3", "new", `deleted ${gone}`]);
  assert.ok(delta.value[0]["@odata.etag"]);
  assert.match(delta.value[2]["@odata.context"], /#opportunities\/\$deletedEntity$/);
  assert.deepEqual((await follow(delta.oDataDeltaLink)).value, []);
});

when("a delta of many changes is paged", async () => {
  const { oDataDeltaLink } = await tracked();
  for (let i = 0; i < 5; i++) {
    await deal({ name: `Deal ${i}` });
  }
  let page = await follow(oDataDeltaLink, { maxPageSize: 2 });
  let rows = page.value.length;
  while (page.oDataNextLink) {
    assert.equal(page.oDataDeltaLink, undefined);
    page = await follow(page.oDataNextLink, { maxPageSize: 2 });
    rows += page.value.length;
  }
  assert.equal(rows, 5);
  assert.deepEqual((await follow(page.oDataDeltaLink)).value, []);
});

when("a row created and deleted between two reads comes as deleted only", async () => {
  const { oDataDeltaLink } = await tracked();
  await api.deleteRecord({ collection: "opportunities", key: await deal() });
  const { value } = await follow(oDataDeltaLink);
  assert.deepEqual(value.map((row) => row.reason), ["deleted"]);
});

for (const status of [400, 410]) {
  when(`an expired token is refused with ${status} and a new full read starts over`, async () => {
    await deal();
    const { oDataDeltaLink } = await tracked();
    await control("settings", { deltaExpired: true, expiredDeltaStatus: status });
    await refused(follow(oDataDeltaLink), status, "0x80044352");
    assert.equal((await tracked()).value.length, 1);
  });
}

when("a filter, an order, an expansion or a top does not go with change tracking", async () => {
  for (const more of [{ filter: "name eq 'x'" }, { orderBy: ["name"] }, { expand: [{ property: "parentaccountid" }] }, { top: 1 }]) {
    const error = await refused(tracked(more), 400, "0x80060888");
    assert.match(error.message, /isn't supported when Change Tracking is enabled/);
  }
});

when("a table without change tracking refuses to be tracked", async () => {
  await refused(api.retrieveMultiple({ collection: "systemusers", trackChanges: true }), 400, "0x80040203");
});
