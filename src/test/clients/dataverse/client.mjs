// The client under test and the controls of the sandbox. Arguments: address of the environment, token address.
import { DynamicsWebApi } from "dynamics-web-api";

const [server, tokenAddress] = process.argv.slice(2);

async function token() {
  const answer = await fetch(tokenAddress, {
    method: "POST",
    body: new URLSearchParams({
      client_id: "sandbox", client_secret: "sandbox", grant_type: "client_credentials", scope: `${server}/.default`,
    }),
  });
  return (await answer.json()).access_token;
}

const bearer = await token();

export const root = `${server}/api/data/v9.2/`;
export const api = new DynamicsWebApi({ serverUrl: server, dataApi: { version: "9.2" }, onTokenRefresh: async () => bearer });

/** An HTTP call without the client, for what the client does not let us see. */
export function plain(path, init = {}) {
  const type = init.body ? { "Content-Type": "application/json" } : {};
  return fetch(path.startsWith("http") ? path : root + path, { ...init, headers: { Authorization: `Bearer ${bearer}`, ...type, ...init.headers } });
}

export function control(path, body = {}) {
  return fetch(`${server}/sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });
}

/** The body of a control that only shows something. */
export async function shown(path) {
  return (await fetch(`${server}/sandbox/${path}`)).json();
}

/** What the seller does in the app: the Web API without a token. */
export function asSeller(method, path, body, headers = {}) {
  return fetch(`${server}/sandbox/seller/${path}`, { method, headers, body: body && JSON.stringify(body) });
}

export function withToken(value) {
  return new DynamicsWebApi({ serverUrl: server, dataApi: { version: "9.2" }, onTokenRefresh: async () => value });
}

export const account = (name) => api.create({ collection: "accounts", data: { name } });
export const deal = (data = {}) => api.create({ collection: "opportunities", data: { name: "Deal", ...data } });
export const read = (key, ...select) => api.retrieve({ collection: "opportunities", key, select });
