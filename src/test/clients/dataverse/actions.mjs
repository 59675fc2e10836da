import assert from "node:assert/strict";
import { api, deal, plain, read } from "./client.mjs";
import { refused, when } from "./cases.mjs";

const closing = (id, Status, more) => ({
  Status,
  OpportunityClose: {
    "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose", subject: "Done", actualrevenue: 5000, actualend: "2026-09-15T00:00:00Z",
    "opportunityid@odata.bind": `opportunities(${id})`, ...more,
  },
});
const win = (id, status = 3) => api.callAction({ actionName: "WinOpportunity", action: closing(id, status) });
const lose = (id, status = 4) => api.callAction({ actionName: "LoseOpportunity", action: closing(id, status) });

when("WinOpportunity wins with its closing activity", async () => {
  const id = await deal({ estimatedvalue: 4000 });
  await win(id);
  const row = await read(id, "statecode", "statuscode", "actualvalue", "actualclosedate");
  assert.deepEqual([row.statecode, row.statuscode, row.actualvalue], [1, 3, 5000]);
  assert.equal(JSON.stringify(row.actualclosedate).slice(1, 11), "2026-09-15");
  const { value } = await api.retrieveMultiple({ collection: "opportunitycloses", filter: `_opportunityid_value eq ${id}`, select: ["subject", "actualrevenue"] });
  assert.deepEqual(value.map((each) => [each.subject, each.actualrevenue]), [["Done", 5000]]);
  assert.ok(value[0].activityid);
});

when("LoseOpportunity takes the statuses of Lost and -1 for the usual one", async () => {
  const id = await deal();
  await refused(lose(id, 3), 400, "0x80048408");
  await lose(id, 5);
  assert.equal((await read(id, "statuscode")).statuscode, 5);
  const other = await deal();
  await lose(other, -1);
  assert.equal((await read(other, "statuscode")).statuscode, 4);
});

when("a closed opportunity is closed once, takes no edits and is reopened by an update", async () => {
  const id = await deal();
  await refused(api.update({ collection: "opportunities", key: id, data: { statecode: 1, statuscode: 3 } }), 400, "0x80100005");
  await win(id);
  await refused(lose(id), 400, "0x80040515");
  await refused(api.update({ collection: "opportunities", key: id, data: { name: "x" } }), 400, "0x80040203");
  await api.update({ collection: "opportunities", key: id, data: { statecode: 0, statuscode: 1 } });
  await api.update({ collection: "opportunities", key: id, data: { statuscode: 2 } });
  await lose(id);
  assert.equal((await read(id, "statecode")).statecode, 2);
});

when("an action refuses a missing opportunity and parameters it does not know", async () => {
  const bare = closing("", 3);
  delete bare.OpportunityClose["opportunityid@odata.bind"];
  await refused(api.callAction({ actionName: "WinOpportunity", action: bare }), 400, "0x80040203");
  await refused(api.callAction({ actionName: "WinOpportunity", action: { ...closing(await deal(), 3), Extra: 1 } }), 400, "0x80048d19");
  await refused(api.callAction({ actionName: "WinOpportunity", action: closing(await deal(), 3, { sbject: "x" }) }), 400, "0x80048d19");
  await refused(win("11111111-2222-4333-8444-555555555555"), 404, "0x80040217");
});

when("bound actions create and update many rows, all or none", async () => {
  const type = { "@odata.type": "Microsoft.Dynamics.CRM.opportunity" };
  const many = (actionName, Targets) => api.callAction({ collection: "opportunities", actionName: `Microsoft.Dynamics.CRM.${actionName}`, action: { Targets } });
  const { Ids } = await many("CreateMultiple", [{ ...type, name: "A" }, { ...type, name: "B" }]);
  assert.equal(Ids.length, 2);
  await many("UpdateMultiple", Ids.map((opportunityid) => ({ ...type, opportunityid, description: "both" })));
  assert.equal((await read(Ids[1], "description")).description, "both");
  await refused(many("UpdateMultiple", [{ ...type, opportunityid: Ids[0], name: "changed" }, { ...type, opportunityid: Ids[1], closeprobability: 101 }]), 400, "0x8004431a");
  assert.equal((await read(Ids[0], "name")).name, "A");
});

when("functions tell who we are and which version this is", async () => {
  const me = await api.callFunction("WhoAmI");
  assert.ok(me.UserId && me.BusinessUnitId && me.OrganizationId);
  assert.match((await api.callFunction("RetrieveVersion")).Version, /^9\.2\./);
  assert.equal((await (await plain("WhoAmI")).json()).UserId, me.UserId);
});
