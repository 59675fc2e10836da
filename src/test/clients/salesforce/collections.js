'use strict';

const assert = require('node:assert/strict');
const { connected, deal, unique } = require('./sandbox');

module.exports = (url) => {
  const key = 'Referral_Identifier__c';
  const accounts = (count) => Array.from({ length: count }, () => ({ Name: unique('Account') }));

  return {
    async 'create, read, update and delete 200 rows in four calls'() {
      const connection = await connected(url);
      await connection.limits();
      const { used } = connection.limitInfo.apiUsage;
      const made = await connection.sobject('Account').create(accounts(200));
      assert.ok(made.length === 200 && made.every(({ success, id }) => success && id.startsWith('001')));
      const ids = made.map(({ id }) => id);
      const rows = await connection.sobject('Account').retrieve(ids, { fields: ['Id', 'Name'] });
      assert.deepEqual(rows.map(({ Id }) => Id), ids);
      const updated = await connection.sobject('Account').update(rows.map(({ Id }) => ({ Id, Fax: '7' })));
      assert.ok(updated.every(({ success }) => success));
      const deleted = await connection.sobject('Account').destroy(ids);
      assert.deepEqual(deleted.map(({ id }) => id), ids);
      assert.equal(connection.limitInfo.apiUsage.used - used, 4);
    },

    async 'retrieve without fields describes first, and gives null for what is missing'() {
      const connection = await connected(url);
      const [{ id }] = await connection.sobject('Account').create(accounts(1));
      const rows = await connection.sobject('Account').retrieve([id, '001000000000000AAA']);
      assert.equal(rows[0].Id, id);
      assert.equal(rows[1], null);
    },

    async 'more than 200 rows are refused, and divided when the client is told to'() {
      const connection = await connected(url);
      const rows = accounts(201);
      await assert.rejects(connection.sobject('Account').create(rows), { errorCode: 'EXCEEDED_ID_LIMIT' });
      assert.equal((await connection.sobject('Account').create(rows, { allowRecursive: true })).length, 201);
    },

    async 'one bad row does not hinder the others'() {
      const connection = await connected(url);
      const results = await connection.sobject('Opportunity').create([deal(), { Name: 'No stage' }, deal({ StageName: 'Nowhere' }), deal({ Nome: 'x' })]);
      assert.deepEqual(results.map(({ success }) => success), [true, false, false, false]);
      assert.deepEqual(results[1].errors, [{
        statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [StageName, CloseDate]', fields: ['StageName', 'CloseDate'],
      }]);
      assert.equal(results[2].errors[0].statusCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
      assert.equal(results[3].errors[0].statusCode, 'INVALID_FIELD');
    },

    async 'all or none rolls the good rows back'() {
      const connection = await connected(url);
      const name = unique('Rolled back');
      const results = await connection.sobject('Opportunity').create([deal({ Name: name }), { Name: name }], { allOrNone: true });
      assert.equal(results[0].errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
      assert.equal(results[1].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
      assert.equal(await connection.sobject('Opportunity').count({ Name: name }), 0);
    },

    async 'upsert of many by external id says which rows are new'() {
      const connection = await connected(url);
      const values = ['', '', ''].map(() => unique('Many'));
      await connection.sobject('Opportunity').create(deal({ [key]: values[1] }));
      const results = await connection.sobject('Opportunity').upsert(values.map((value) => deal({ [key]: value })), key);
      assert.deepEqual(results.map(({ success, created }) => [success, created]), [[true, true], [true, false], [true, true]]);
      assert.equal(await connection.sobject('Opportunity').count({ [key]: { $in: values } }), 3);
    },

    async 'rows of several objects in one call'() {
      const connection = await connected(url);
      const results = await connection.create(null, [
        { attributes: { type: 'Account' }, Name: unique('Account') }, { attributes: { type: 'Contact' }, LastName: 'Mixed' }]);
      assert.deepEqual(results.map(({ id }) => id.substring(0, 3)), ['001', '003']);
    },

    async 'rows that are gone have their own codes'() {
      const connection = await connected(url);
      const [{ id }] = await connection.sobject('Account').create(accounts(1));
      await connection.sobject('Account').destroy(id);
      const codes = (results) => results.map(({ errors }) => errors[0].statusCode);
      assert.deepEqual(codes(await connection.sobject('Account').update([{ Id: id, Fax: '1' }, { Id: '001000000000000AAA', Fax: '1' }])),
        ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY']);
      assert.deepEqual(codes(await connection.sobject('Account').destroy([id, 'nonsense'])), ['ENTITY_IS_DELETED', 'MALFORMED_ID']);
    },
  };
};
