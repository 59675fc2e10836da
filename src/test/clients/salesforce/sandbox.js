'use strict';

const http = require('node:http');
const jsforce = require('jsforce');

const WORD = 'sandbox';

/** Logged in by client credentials, as the application does. */
async function connected(url, options = {}) {
  const connection = new jsforce.Connection({
    version: '60.0',
    instanceUrl: url,
    oauth2: { loginUrl: url, clientId: WORD, clientSecret: WORD },
    ...options,
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  return connection;
}

/** A control of the sandbox, which is no part of the imitated system; answers the parsed body. */
function control(url, method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/sandbox/${path}`, { method, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => { text += part; });
      response.on('end', () => (response.statusCode < 300 ? resolve(text ? JSON.parse(text) : null)
        : reject(new Error(`${method} ${path} was answered ${response.statusCode} ${text}`))));
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

let number = 0;

/** A text that no other case uses. */
function unique(prefix) {
  number += 1;
  return `${prefix}-${number}`;
}

/** The least an opportunity needs. */
function deal(fields = {}) {
  return { Name: unique('Deal'), StageName: 'Prospecting', CloseDate: '2027-03-31', ...fields };
}

module.exports = { WORD, jsforce, connected, control, unique, deal };
