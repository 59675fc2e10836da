'use strict';

const assert = require('node:assert/strict');
const { connected, control, deal, unique } = require('./sandbox');

/** A call with the connection's session whose status and headers can be looked at. */
function plain(connection, path, init = {}) {
  return fetch(`${connection.instanceUrl}/services/data/v60.0/${path}`, {
    ...init, headers: { Authorization: `Bearer ${connection.accessToken}`, ...init.headers },
  });
}

const json = { 'Content-Type': 'application/json' };
const HOUR = 3600 * 1000;
const utc = (time) => new Date(time).toUTCString();

module.exports = (url) => ({
  async 'tasks and push topics are rows like others'() {
    const connection = await connected(url);
    const { id: WhatId } = await connection.sobject('Opportunity').create(deal());
    const { id } = await connection.sobject('Task').create({ Subject: 'Call', WhatId, ActivityDate: '2027-01-31' });
    const made = await connection.sobject('Task').retrieve(id);
    assert.match(id, /^00T/);
    assert.deepEqual([made.Status, made.Priority, made.IsClosed, made.OwnerId], ['Not Started', 'Normal', false, connection.userInfo.id]);
    await connection.sobject('Task').update({ Id: id, Status: 'Completed' });
    const { records } = await connection.query(`SELECT Id, (SELECT Subject, IsClosed, What.Name FROM Tasks) FROM Opportunity WHERE Id = '${WhatId}'`);
    assert.deepEqual(records[0].Tasks.records.map((task) => [task.Subject, task.IsClosed]), [['Call', true]]);
    await connection.sobject('Opportunity').destroy(WhatId);
    await assert.rejects(connection.sobject('Task').retrieve(id), { errorCode: 'ENTITY_IS_DELETED' });

    const topic = { Name: unique('Topic'), Query: 'SELECT Id, Name FROM Opportunity', ApiVersion: 60.0 };
    const { id: topicId } = await connection.sobject('PushTopic').create(topic);
    const read = await connection.sobject('PushTopic').retrieve(topicId);
    assert.deepEqual([read.ApiVersion, read.NotifyForFields, read.NotifyForOperationCreate, read.IsActive], [60, 'Referenced', true, true]);
    await assert.rejects(connection.sobject('PushTopic').create(topic), { errorCode: 'DUPLICATE_VALUE' });
  },

  async 'a body that is no JSON by its own word is not read'() {
    const connection = await connected(url);
    const answer = await plain(connection, 'sobjects/Account', { method: 'POST', headers: { 'Content-Type': 'application/xml' }, body: '<Account/>' });
    assert.equal(answer.status, 415);
    assert.equal((await answer.json())[0].errorCode, 'UNSUPPORTED_MEDIA_TYPE');
  },

  async 'an address above 16 384 bytes is too long, one below is not'() {
    const connection = await connected(url);
    const query = (length) => `query?q=${encodeURIComponent(`SELECT Id FROM Account WHERE Name = '${'x'.repeat(length)}'`)}`;
    assert.equal((await plain(connection, query(16_000))).status, 200);
    assert.equal((await plain(connection, query(16_400))).status, 414);
  },

  async 'a description that has not changed is not sent again'() {
    const connection = await connected(url);
    const first = await plain(connection, 'sobjects/Account/describe');
    const since = first.headers.get('last-modified');
    assert.equal((await plain(connection, 'sobjects/Account/describe', { headers: { 'If-Modified-Since': since } })).status, 304);
    assert.equal((await plain(connection, 'sobjects/Account/describe', { headers: { 'If-Modified-Since': utc(new Date(since) - HOUR) } })).status, 200);
    try {
      await control(url, 'POST', 'clock', { advanceSeconds: 60 });
      await control(url, 'POST', 'settings', { hiddenFields: ['Account.Fax'] });
      assert.equal((await plain(connection, 'sobjects/Account/describe', { headers: { 'If-Modified-Since': since } })).status, 200);
    } finally {
      await control(url, 'POST', 'settings', { hiddenFields: [] });
    }
  },

  async 'a row is read if it changed and written if it did not'() {
    const connection = await connected(url);
    const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
    const changed = new Date((await connection.sobject('Account').retrieve(id)).LastModifiedDate).getTime();
    const path = `sobjects/Account/${id}`;
    assert.equal((await plain(connection, path, { headers: { 'If-Modified-Since': utc(changed) } })).status, 304);
    assert.equal((await plain(connection, path, { headers: { 'If-Modified-Since': utc(changed - HOUR) } })).status, 200);
    const write = (time) => plain(connection, path, { method: 'PATCH', headers: { ...json, 'If-Unmodified-Since': utc(time) }, body: '{"Fax":"1"}' });
    const refused = await write(changed - HOUR);
    assert.equal(refused.status, 412);
    assert.equal((await refused.json())[0].errorCode, 'PRECONDITION_FAILED');
    assert.equal((await connection.sobject('Account').retrieve(id)).Fax, null);
    assert.equal((await write(changed)).status, 204);
  },

  async 'a client may wish for smaller pages'() {
    const connection = await connected(url);
    const prefix = unique('Batch');
    const rows = Array.from({ length: 200 }, (ignored, i) => ({ Name: `${prefix} ${i}` }));
    await connection.sobject('Account').create(rows);
    await connection.sobject('Account').create({ Name: `${prefix} last` });
    const soql = `SELECT Id FROM Account WHERE Name LIKE '${prefix}%'`;
    const page = await connection.query(soql, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    assert.deepEqual([page.totalSize, page.done, page.records.length], [201, false, 200]);
    assert.equal((await connection.queryMore(page.nextRecordsUrl)).records.length, 1);
    assert.equal((await connection.query(soql)).done, true);
  },

  async 'FIELDS() stands for all fields of a kind'() {
    const connection = await connected(url);
    const { id } = await connection.sobject('Opportunity').create(deal({ Loss_Reason__c: 'Price' }));
    const read = async (kind, rest = 'LIMIT 200') => (await connection.query(`SELECT FIELDS(${kind}) FROM Opportunity WHERE Id = '${id}' ${rest}`)).records[0];
    const [all, standard, custom] = [await read('ALL'), await read('STANDARD', ''), await read('CUSTOM')];
    assert.deepEqual([all.StageName, all.Loss_Reason__c], ['Prospecting', 'Price']);
    assert.deepEqual([standard.StageName, standard.Loss_Reason__c], ['Prospecting', undefined]);
    assert.deepEqual([custom.StageName, custom.Loss_Reason__c], [undefined, 'Price']);
    await assert.rejects(read('ALL', ''), { errorCode: 'MALFORMED_QUERY' });
    await assert.rejects(read('SOME'), { errorCode: 'MALFORMED_QUERY' });
  },

  async 'answers are compressed for clients that ask for it'() {
    const connection = await connected(url);
    const answer = await plain(connection, 'sobjects/Opportunity/describe', { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.equal((await answer.json()).name, 'Opportunity');
  },

  async 'an org that sets ids creates rows by an address of their own'() {
    const connection = await connected(url);
    const answer = await plain(connection, 'sobjects/Account/Id', { method: 'POST', headers: json, body: JSON.stringify({ Name: unique('Account') }) });
    assert.equal(answer.status, 201);
  },

  async 'people edit any row through the same API without the name of the integration user on it'() {
    const connection = await connected(url);
    const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
    await control(url, 'PATCH', `seller/sobjects/Account/${id}`, { Website: 'https://theirs.example' });
    const { records } = await connection.query(`SELECT Website, CreatedBy.Name, LastModifiedBy.Name FROM Account WHERE Id = '${id}'`);
    assert.deepEqual([records[0].Website, records[0].CreatedBy.Name, records[0].LastModifiedBy.Name], ['https://theirs.example', 'Integration User', 'Sam Seller']);
    const made = await control(url, 'POST', 'seller/sobjects/Contact', { LastName: 'Theirs', AccountId: id });
    assert.equal((await control(url, 'GET', `seller/query?q=${encodeURIComponent(`SELECT Id FROM Contact WHERE AccountId = '${id}'`)}`)).records[0].Id, made.id);
    await control(url, 'DELETE', `seller/sobjects/Contact/${made.id}`);
    await assert.rejects(control(url, 'POST', 'seller/sobjects/Contact', { FirstName: 'Nobody' }), /REQUIRED_FIELD_MISSING/);
  },
});
