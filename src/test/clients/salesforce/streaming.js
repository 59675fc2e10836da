'use strict';

const assert = require('node:assert/strict');
const { StreamingExtension } = require('jsforce/lib/api/streaming');
const { connected, control, deal, unique } = require('./sandbox');

const PATIENCE = 10000;

/** Waits until the check holds. */
async function until(check, what) {
  const end = Date.now() + PATIENCE;
  while (!check()) {
    assert.ok(Date.now() < end, `${what} did not happen`);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
}

/** Subscribes and gives the messages that come, once the server has confirmed the subscription. */
async function listening(connection, channel, replay, extensions = []) {
  const client = connection.streaming.createClient([new StreamingExtension.Replay(channel, replay), ...extensions]);
  const messages = [];
  const subscription = client.subscribe(channel, (message) => messages.push(message));
  await subscription;
  return {
    messages,
    headers: () => messages.map(({ payload }) => payload.ChangeEventHeader),
    arrived: (count) => until(() => messages.length >= count, `event ${count} on ${channel}`),
    async stop() {
      subscription.cancel();
      await client.disconnect();
    },
  };
}

module.exports = (url) => {
  const OPPORTUNITIES = '/data/OpportunityChangeEvent';
  const select = (...names) => control(url, 'POST', 'settings', { changeDataCapture: names, pollSeconds: 2 });

  return {
    async 'own and foreign changes arrive and can be told apart'() {
      await select('Opportunity');
      const connection = await connected(url, { callOptions: { client: 'CoSellSync' } });
      const listener = await listening(connection, OPPORTUNITIES, -1);
      const { id } = await connection.sobject('Opportunity').create(deal({ Amount: 10 }));
      await listener.arrived(1);
      await control(url, 'PATCH', `opportunities/${id}`, { Amount: 20, NextStep: 'Call' });
      await listener.arrived(2);
      await connection.sobject('Opportunity').update({ Id: id, NextStep: null });
      await listener.arrived(3);
      await connection.sobject('Opportunity').destroy(id);
      await listener.arrived(4);
      await listener.stop();

      const headers = listener.headers();
      assert.deepEqual(headers.map(({ changeType }) => changeType), ['CREATE', 'UPDATE', 'UPDATE', 'DELETE']);
      assert.ok(headers.every(({ entityName, recordIds }) => entityName === 'Opportunity' && recordIds[0] === id));
      assert.deepEqual(headers.map(({ changeOrigin }) => changeOrigin), ['com/salesforce/api/rest/60.0;client=CoSellSync', '',
        'com/salesforce/api/rest/60.0;client=CoSellSync', 'com/salesforce/api/rest/60.0;client=CoSellSync']);
      assert.equal(headers[0].commitUser, connection.userInfo.id);
      assert.notEqual(headers[1].commitUser, connection.userInfo.id);
      assert.deepEqual([...headers[1].changedFields].sort(), ['Amount', 'ExpectedRevenue', 'LastModifiedById', 'LastModifiedDate', 'NextStep']);
      const [made, edited, cleared, deleted] = listener.messages.map(({ payload }) => payload);
      assert.equal(made.Amount, 10);
      assert.ok(!('SystemModstamp' in made) && !('IsDeleted' in made));
      assert.equal(edited.Amount, 20);
      assert.match(edited.LastModifiedDate, /Z$/);
      assert.equal(cleared.NextStep, null);
      assert.deepEqual(Object.keys(deleted), ['ChangeEventHeader']);
    },

    async 'a position of the past brings what came since'() {
      await select('Opportunity');
      const connection = await connected(url);
      const first = await listening(connection, OPPORTUNITIES, -1);
      const names = ['', '', ''].map(() => unique('Replayed'));
      for (const Name of names) {
        await connection.sobject('Opportunity').create(deal({ Name }));
      }
      await first.arrived(3);
      await first.stop();
      const again = await listening(await connected(url), OPPORTUNITIES, first.messages[0].event.replayId);
      await again.arrived(2);
      assert.deepEqual(again.messages.map(({ payload }) => payload.Name), names.slice(1));
      await again.stop();
      const all = await listening(await connected(url), '/data/ChangeEvents', -2);
      await until(() => all.messages.some(({ payload }) => payload.Name === names[2]), 'the last event');
      assert.ok(all.messages.length > 3);
      await all.stop();
    },

    async 'events end after three days, and a position before them is refused'() {
      await select('Opportunity');
      const connection = await connected(url);
      const listener = await listening(connection, OPPORTUNITIES, -1);
      await connection.sobject('Opportunity').create(deal());
      await connection.sobject('Opportunity').create(deal());
      await listener.arrived(2);
      await listener.stop();
      const { replayId } = listener.messages[0].event;
      await control(url, 'POST', 'clock', { advanceSeconds: 72 * 3600 + 1 });
      await assert.rejects(listening(await connected(url), OPPORTUNITIES, replayId), { message: /^400::The replayId \{\d+\} you provided was invalid\. Please provide a valid ID/ });
    },

    async 'only selected objects have events, and their channel has only them'() {
      await select('Account', 'Opportunity');
      const connection = await connected(url);
      const some = await listening(connection, '/data/AccountChangeEvent', -1);
      const all = await listening(await connected(url), '/data/ChangeEvents', -1);
      await connection.sobject('Contact').create({ LastName: 'Unseen' });
      await connection.sobject('Opportunity').create(deal());
      await connection.sobject('Account').create({ Name: unique('Account') });
      await all.arrived(2);
      await some.arrived(1);
      assert.deepEqual(all.headers().map(({ entityName }) => entityName), ['Opportunity', 'Account']);
      assert.deepEqual(some.headers().map(({ entityName }) => entityName), ['Account']);
      await some.stop();
      await all.stop();
    },

    async 'rows that change alike in one call share an event, and no change has none'() {
      await select('Account');
      const connection = await connected(url);
      const ids = (await connection.sobject('Account').create(['', '', ''].map(() => ({ Name: unique('Account') })))).map(({ id }) => id);
      const listener = await listening(connection, '/data/AccountChangeEvent', -1);
      await connection.sobject('Account').update(ids.map((Id) => ({ Id, Fax: '1' })));
      await connection.sobject('Account').update({ Id: ids[0], Fax: '1' });
      await connection.sobject('Account').update({ Id: ids[0], Fax: '2' });
      await listener.arrived(2);
      assert.deepEqual(listener.headers().map(({ recordIds }) => recordIds), [ids, [ids[0]]]);
      await listener.stop();
    },

    async 'what was rolled back is never told'() {
      await select('Account', 'Opportunity');
      const connection = await connected(url);
      const listener = await listening(connection, '/data/ChangeEvents', -1);
      await connection.sobject('Opportunity').create([deal(), { Name: 'incomplete' }], { allOrNone: true });
      const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
      await listener.arrived(1);
      assert.deepEqual(listener.headers()[0].recordIds, [id]);
      await listener.stop();
    },

    async 'a gap event has a header only'() {
      await select('Opportunity');
      const listener = await listening(await connected(url), OPPORTUNITIES, -1);
      await control(url, 'POST', 'streaming/gap', { entity: 'Opportunity', changeType: 'GAP_UPDATE', recordIds: ['006000000000000AAA'] });
      await listener.arrived(1);
      assert.deepEqual(Object.keys(listener.messages[0].payload), ['ChangeEventHeader']);
      assert.equal(listener.headers()[0].changeType, 'GAP_UPDATE');
      await listener.stop();
    },

    async 'a server that has forgotten the client is met again'() {
      await select('Opportunity');
      const connection = await connected(url);
      const listener = await listening(connection, OPPORTUNITIES, -1);
      await connection.sobject('Opportunity').create(deal());
      await listener.arrived(1);
      await control(url, 'POST', 'streaming/forget');
      await connection.sobject('Opportunity').create(deal());
      await listener.arrived(2);
      await listener.stop();
    },

    async 'an expired session is told while the client waits for events'() {
      await select('Opportunity');
      const connection = await connected(url);
      const failures = [];
      await listening(connection, OPPORTUNITIES, -1, [new StreamingExtension.AuthFailure((message) => failures.push(message))]);
      await control(url, 'POST', 'sessions/expire');
      await until(() => failures.length > 0, 'the failure');
      assert.deepEqual([failures[0].channel, failures[0].error], ['/meta/connect', '401::Authentication invalid']);
    },

    async 'a handshake without a session is denied with its reason'() {
      const connection = await connected(url);
      connection.accessToken = 'never issued';
      const failures = [];
      const client = connection.streaming.createClient([new StreamingExtension.AuthFailure((message) => failures.push(message))]);
      client.subscribe(OPPORTUNITIES, () => {});
      await until(() => failures.length > 0, 'the failure');
      assert.equal(failures[0].error, '403::Handshake denied');
      assert.equal(failures[0].ext.sfdc.failureReason, '401::Authentication invalid');
    },

    async 'a channel that does not exist'() {
      await assert.rejects(listening(await connected(url), '/data/NothingChangeEvent', -1),
        { message: '400::The channel you requested to subscribe to does not exist {/data/NothingChangeEvent}' });
    },

    async 'the schema of an event'() {
      await select('Opportunity');
      const connection = await connected(url);
      const listener = await listening(connection, OPPORTUNITIES, -1);
      await connection.sobject('Opportunity').create(deal());
      await listener.arrived(1);
      const schema = await connection.request(`/event/eventSchema/${listener.messages[0].schema}?payloadFormat=COMPACT`);
      assert.equal(schema.name, 'OpportunityChangeEvent');
      assert.ok(schema.fields.some(({ name }) => name === 'Referral_Identifier__c'));
      await listener.stop();
      await select();
    },
  };
};
