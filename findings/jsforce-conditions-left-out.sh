#!/usr/bin/env bash
# jsforce 3.10.16, conditions as an object (find, findOne, count, and update or destroy behind find): what does not go into SOQL is left out, and nothing
# says so.
#   an empty list              { Id: [] } or { Id: { $in: [] } } is no condition at all: every record is found, not none
#   two operators of a field   { CloseDate: { $gte: …, $lt: … } } keeps the first of them: a range without an end, or without a beginning when the end is
#                              written first
# What follows: a job that collects ids and then updates or deletes the records with them takes all there are when it has collected none. Ask for an empty
# list before, and write a range as $and of two objects.
#
# Needs Node.js 18 or newer with npm; calls no server. Exits with 1 when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --ignore-scripts --no-audit --no-fund --prefix . jsforce@3.10.16
cat > conditions.js <<'JS'
const { Connection, SfDate } = require('jsforce');
const { version } = require('jsforce/package.json');
const connection = new Connection({ instanceUrl: 'http://localhost', accessToken: 'none' });
const soql = (conditions) => connection.sobject('Opportunity').find(conditions, ['Id']).toSOQL();
const [from, to] = ['2026-01-01', '2026-07-01'].map((day) => SfDate.toDateLiteral(day));
(async () => {
  console.log(`jsforce ${version}`);
  console.log(`two ids:           ${await soql({ Id: ['006000000000001AAA', '006000000000002AAA'] })}`);
  console.log(`no id:             ${await soql({ Id: [] })}`);
  console.log(`no id, by $in:     ${await soql({ Id: { $in: [] }, IsClosed: false })}`);
  console.log(`a range:           ${await soql({ CloseDate: { $gte: from, $lt: to } })}`);
  console.log(`the end first:     ${await soql({ CloseDate: { $lt: to, $gte: from } })}`);
  console.log(`a range with $and: ${await soql({ $and: [{ CloseDate: { $gte: from } }, { CloseDate: { $lt: to } }] })}`);
})();
JS
node conditions.js | tee said
diff said - <<'SAID'
jsforce 3.10.16
two ids:           SELECT Id FROM Opportunity WHERE Id IN ('006000000000001AAA', '006000000000002AAA')
no id:             SELECT Id FROM Opportunity
no id, by $in:     SELECT Id FROM Opportunity WHERE IsClosed = false
a range:           SELECT Id FROM Opportunity WHERE CloseDate >= 2026-01-01
the end first:     SELECT Id FROM Opportunity WHERE CloseDate < 2026-07-01
a range with $and: SELECT Id FROM Opportunity WHERE CloseDate >= 2026-01-01 AND CloseDate < 2026-07-01
SAID
