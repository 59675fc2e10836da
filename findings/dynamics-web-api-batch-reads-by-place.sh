#!/usr/bin/env bash
# dynamics-web-api 2.5.0 (npm), executeBatch against Dataverse: two ways in which a right answer is read wrongly, without an error.
#   two counts     the second count() loses digits or is undefined: the library looks for the number with a pattern that remembers where the last one
#                  ended, in this batch or in an earlier one of the process
#   a change set   counts as one place however many operations it has, so what comes behind it is read as if it were another operation: behind three
#                  updates and a read a create gives true in place of the new id; behind a create, an update and a read a delete gives undefined, not true
# A write in a batch is in a change set unless it is told otherwise, so any batch with two writes and a read between them has one.
# What follows: counts outside of batches, and change sets at the end of one; or what a batch has made and counted is read again.
#
# Needs Node.js 18 or newer with npm. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . dynamics-web-api@2.5.0
cat > batch.mjs <<'JS'
import http from 'node:http';
import { DynamicsWebApi } from 'dynamics-web-api';

const NEW = '11111111-2222-4333-8444-555555555555';
const counts = [];
// Answers a batch as Microsoft documents it: a part for each operation, those of a change set in a multipart of their own.
const operation = (line, base) => {
  if (line.includes('/$count')) return `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nOData-Version: 4.0\r\n\r\n${counts.shift()}`;
  if (line.startsWith('GET')) return 'HTTP/1.1 200 OK\r\nContent-Type: application/json; odata.metadata=minimal\r\nOData-Version: 4.0\r\n\r\n{"value":[]}';
  const made = line.startsWith('POST') ? `Location: ${base}accounts(${NEW})\r\nOData-EntityId: ${base}accounts(${NEW})\r\n` : '';
  return `HTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n${made}\r\n`;
};
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (text) => { body += text; });
  request.on('end', () => {
    const base = `http://${request.headers.host}/api/data/v9.2/`;
    const boundary = 'batchresponse_0a';
    let [answer, set, id] = ['', false, 0];
    const part = (delimiter, text, more = '') => {
      answer += `--${delimiter}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${more}\r\n${text}\r\n`;
    };
    for (const line of body.split('\r\n')) {
      if (/^Content-Type: multipart\/mixed/.test(line)) {
        set = true;
        answer += `--${boundary}\r\nContent-Type: multipart/mixed; boundary=changesetresponse_0b\r\n\r\n`;
      } else if (/^--changeset_.*--$/.test(line)) {
        set = false;
        answer += '--changesetresponse_0b--\r\n';
      } else if (/^(GET|POST|PATCH|DELETE) /.test(line)) {
        part(set ? 'changesetresponse_0b' : boundary, operation(line, base), set ? `Content-ID: ${++id}\r\n` : '');
      }
    }
    response.writeHead(200, { 'Content-Type': `multipart/mixed; boundary=${boundary}`, 'OData-Version': '4.0' });
    response.end(`${answer}--${boundary}--\r\n`);
  });
});
server.listen(0, '127.0.0.1', async () => {
  const api = new DynamicsWebApi({ serverUrl: `http://127.0.0.1:${server.address().port}`, onTokenRefresh: async () => 'token' });
  const batch = async (operations) => {
    api.startBatch();
    operations();
    return (await api.executeBatch()).map((one) => (typeof one === 'object' ? 'rows' : String(one))).join(', ');
  };
  const count = () => api.count({ collection: 'accounts' });
  const update = () => api.update({ collection: 'accounts', key: NEW, data: { name: 'A' } });
  const read = () => api.retrieveMultiple({ collection: 'accounts', select: ['name'] });
  const create = (more) => api.create({ collection: 'accounts', data: { name: 'B' }, ...more });
  const remove = (more) => api.deleteRecord({ collection: 'accounts', key: NEW, ...more });

  counts.push(5, 1234);
  console.log(`counts 5 and 1234:                     ${await batch(() => { count(); count(); })}`);
  await batch(() => { read(); });
  counts.push(7, 8, 9);
  console.log(`counts 7, 8 and 9:                     ${await batch(() => { count(); count(); count(); })}`);
  console.log(`three updates, a read, a create:       ${await batch(() => { update(); update(); update(); read(); create(); })}`);
  console.log(`a create, an update, a read, a delete: ${await batch(() => { create(); update(); read(); remove(); })}`);
  console.log(`a read, a create, a read, a delete:    ${await batch(() => { read(); create(); read(); remove(); })}`);
  server.close();
  process.exit(0);
});
JS
echo "dynamics-web-api $(node -p "JSON.parse(require('fs').readFileSync('node_modules/dynamics-web-api/package.json')).version")"
node batch.mjs | tee said
diff said - <<'SAID'
counts 5 and 1234:                     5, 234
counts 7, 8 and 9:                     undefined, 8, undefined
three updates, a read, a create:       true, true, true, rows, true
a create, an update, a read, a delete: 11111111-2222-4333-8444-555555555555, true, rows, undefined
a read, a create, a read, a delete:    rows, 11111111-2222-4333-8444-555555555555, rows, true
SAID
