#!/usr/bin/env bash
# dynamics-web-api 2.5.0 (npm): whatever looks like a time in an answer of Dataverse becomes a Date, in columns of text as well, and of an offset only the
# look is heeded: 2026-11-30T08:00:00+02:00 becomes 08:00 UTC, two hours off. With a fraction of a second it stays text.
#   A row that is read, changed in one column and written back has another text in such a column: 2026-11-30T08:00:00Z is 2026-11-30T08:00:00.000Z then.
# What follows: a text column that keeps another system's time or version, such as the stamp of a referral, differs after each such write, and whoever
# compares it or asks for the old text by $filter finds nothing. Write back changed columns alone, and keep such a text in a form that is no time.
#
# Needs Node.js 18 or newer with npm. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . dynamics-web-api@2.5.0
cat > texts.mjs <<'JS'
import http from 'node:http';
import { DynamicsWebApi } from 'dynamics-web-api';

const ID = '11111111-2222-4333-8444-555555555555';
const row = {
  opportunityid: ID, new_stamp: '2026-11-30T08:00:00Z', new_offset: '2026-11-30T08:00:00+02:00', new_fraction: '2026-11-30T08:00:00.1230000Z', name: 'Deal',
};
// One row, whose columns new_* are texts; a write answers as Dataverse does.
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (text) => { body += text; });
  request.on('end', () => {
    if (request.method === 'PATCH') {
      Object.assign(row, JSON.parse(body));
      response.writeHead(204, { 'OData-Version': '4.0' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json; odata.metadata=minimal', 'OData-Version': '4.0' });
    response.end(JSON.stringify({ '@odata.etag': 'W/"1"', ...row }));
  });
});
server.listen(0, '127.0.0.1', async () => {
  const api = new DynamicsWebApi({ serverUrl: `http://127.0.0.1:${server.address().port}`, onTokenRefresh: async () => 'token' });
  const texts = ['new_stamp', 'new_offset', 'new_fraction'];
  const before = { ...row };
  const read = await api.retrieve({ collection: 'opportunities', key: ID, select: ['name', ...texts] });
  const told = (value) => (value instanceof Date ? `a Date, ${value.toISOString()}` : `a ${typeof value}, ${value}`);
  const { opportunityid, '@odata.etag': etag, ...columns } = read;
  await api.update({ collection: 'opportunities', key: ID, data: { ...columns, name: 'Deal 2' } });
  for (const column of texts) {
    console.log(`${column.padEnd(12)} ${before[column].padEnd(28)} read as ${told(read[column])}; stored then: ${row[column]}`);
  }
  server.close();
  process.exit(0);
});
JS
echo "dynamics-web-api $(node -p "JSON.parse(require('fs').readFileSync('node_modules/dynamics-web-api/package.json')).version")"
node texts.mjs | tee said
diff said - <<'SAID'
new_stamp    2026-11-30T08:00:00Z         read as a Date, 2026-11-30T08:00:00.000Z; stored then: 2026-11-30T08:00:00.000Z
new_offset   2026-11-30T08:00:00+02:00    read as a Date, 2026-11-30T08:00:00.000Z; stored then: 2026-11-30T08:00:00.000Z
new_fraction 2026-11-30T08:00:00.1230000Z read as a string, 2026-11-30T08:00:00.1230000Z; stored then: 2026-11-30T08:00:00.1230000Z
SAID
