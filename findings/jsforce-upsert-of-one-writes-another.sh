#!/usr/bin/env bash
# jsforce 3.10.16: an upsert of one record puts its external id into the address as it is; an upsert of a list sends it in the body.
#   PO#4711   goes to …/PO_Number__c/PO: what stands behind "#" is no part of a request, so PO#4711 and PO#4712 both write to the record PO
#   A?1       goes to …/PO_Number__c/A, the rest is a query
#   A/1       goes to an address that is none
# All three are external ids that Salesforce stores and that the same call takes in a list. The answer of the first two is a success.
# What follows: records that differ behind such a sign overwrite each other, one after the other, and each call reports success; encode the id
# (encodeURIComponent) in the record for a single upsert, or upsert a list of one.
#
# Needs Node.js 18 or newer with npm. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . jsforce@3.10.16
cat > upsert.js <<'JS'
const http = require('node:http');
const { Connection } = require('jsforce');
const calls = [];
// Answers as Salesforce documents an upsert: by the external id in the address, or by that in each record of a collection.
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (text) => { body += text; });
  request.on('end', () => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const list = pathname.includes('/composite/sobjects/');
    calls.push(list ? `a list with ${JSON.parse(body).records.map((record) => record.PO_Number__c)}` : pathname.replace(/^.*\/sobjects\//, ''));
    const result = { id: '006000000000001AAA', success: true, errors: [], created: false };
    const found = list || pathname.split('/').length === 8;
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json;charset=UTF-8' });
    response.end(JSON.stringify(found ? (list ? [result] : result) : [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]));
  });
}).listen(0, '127.0.0.1', async () => {
  const connection = new Connection({ instanceUrl: `http://127.0.0.1:${server.address().port}`, accessToken: 'token', version: '62.0' });
  const orders = connection.sobject('Opportunity');
  for (const id of ['PO-4711', 'PO#4711', 'PO#4712', 'A?1', 'A/1']) {
    const said = await orders.upsert({ PO_Number__c: id, Name: 'Deal' }, 'PO_Number__c').then((one) => `success ${one.success}`, (failed) => failed.name);
    console.log(`${id.padEnd(9)} -> ${calls.pop()} (${said})`);
  }
  const [one] = await orders.upsert([{ PO_Number__c: 'PO#4711', Name: 'Deal' }], 'PO_Number__c');
  console.log(`[PO#4711] -> ${calls.pop()} (success ${one.success})`);
  server.close();
});
JS
echo "jsforce $(node -p "require('jsforce/package.json').version")"
node upsert.js | tee said
diff said - <<'SAID'
PO-4711   -> Opportunity/PO_Number__c/PO-4711 (success true)
PO#4711   -> Opportunity/PO_Number__c/PO (success true)
PO#4712   -> Opportunity/PO_Number__c/PO (success true)
A?1       -> Opportunity/PO_Number__c/A (success true)
A/1       -> Opportunity/PO_Number__c/A/1 (NOT_FOUND)
[PO#4711] -> a list with PO#4711 (success true)
SAID
