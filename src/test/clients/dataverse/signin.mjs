import assert from "node:assert/strict";
import { plain, root, withToken } from "./client.mjs";
import { when } from "./cases.mjs";

const [server, tokenAddress] = process.argv.slice(2);
const usual = { client_id: "sandbox", client_secret: "sandbox", grant_type: "client_credentials", scope: `${server}/.default` };

async function asked(fields, headers = {}) {
  const form = Object.entries({ ...usual, ...fields }).filter(([, value]) => value !== null);
  const answer = await fetch(tokenAddress, { method: "POST", headers, body: new URLSearchParams(form) });
  return { status: answer.status, ...(await answer.json()) };
}

when("a token is given for a secret in the body or in the header", async () => {
  const told = await asked({});
  assert.deepEqual([told.status, told.token_type, told.refresh_token], [200, "Bearer", undefined]);
  assert.ok(told.expires_in > 3000);
  const basic = await asked({ client_id: null, client_secret: null }, { Authorization: `Basic ${btoa("sandbox:sandbox")}` });
  assert.equal((await withToken(basic.access_token).callFunction("WhoAmI")).UserId.length, 36);
});

when("a sign-in that is wrong is refused with its code", async () => {
  for (const [fields, status, error, code] of [
    [{ client_secret: "wrong" }, 401, "invalid_client", 7000215], [{ client_id: "other" }, 400, "unauthorized_client", 700016],
    [{ scope: server }, 400, "invalid_scope", 70011], [{ scope: null }, 400, "invalid_scope", 70011], [{ grant_type: "magic" }, 400, "unsupported_grant_type", 70003],
    [{ grant_type: null }, 400, "invalid_request", 900144], [{ client_id: null }, 400, "invalid_request", 900144]]) {
    const told = await asked(fields);
    assert.deepEqual([told.status, told.error, told.error_codes], [status, error, [code]], JSON.stringify(fields));
    assert.match(told.error_description, new RegExp(`^AADSTS${code}: .*Trace ID: `));
    assert.ok(told.timestamp && told.trace_id && told.correlation_id);
  }
});

when("a token is good for one environment and for its time", async () => {
  const elsewhere = await asked({ scope: "https://fabrikam.crm.dynamics.com/.default" });
  assert.equal((await plain("WhoAmI", { headers: { Authorization: `Bearer ${elsewhere.access_token}` } })).status, 401);
  const entra = new URL(tokenAddress).origin;
  await fetch(`${entra}/sandbox/settings`, { method: "POST", body: JSON.stringify({ tokenLifeSeconds: 1 }) });
  try {
    const short = await asked({});
    assert.equal(short.expires_in, 1);
    const who = () => fetch(`${root}WhoAmI`, { headers: { Authorization: `Bearer ${short.access_token}` } });
    assert.equal((await who()).status, 200);
    for (let i = 0; i < 100 && (await who()).status === 200; i++) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
    assert.equal((await who()).status, 401);
  } finally {
    await fetch(`${entra}/sandbox/settings`, { method: "POST", body: JSON.stringify({ tokenLifeSeconds: 3599 }) });
  }
});
