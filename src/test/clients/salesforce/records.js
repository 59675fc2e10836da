'use strict';

const assert = require('node:assert/strict');
const { connected, control, deal, unique } = require('./sandbox');

module.exports = (url) => {
  const key = 'Referral_Identifier__c';

  return {
    async 'create, read, update, delete'() {
      const connection = await connected(url);
      const deals = connection.sobject('Opportunity');
      const made = await deals.create(deal({ Amount: 120000.5 }));
      assert.deepEqual([made.success, made.errors], [true, []]);
      assert.match(made.id, /^006\w{15}$/);

      const read = await deals.retrieve(made.id);
      assert.equal(read.attributes.type, 'Opportunity');
      assert.equal(read.attributes.url, `/services/data/v60.0/sobjects/Opportunity/${made.id}`);
      assert.equal(read.Amount, 120000.5);
      assert.match(read.SystemModstamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
      assert.equal(read.OwnerId, connection.userInfo.id);

      assert.deepEqual(await deals.update({ Id: made.id, Amount: null, NextStep: 'Call' }), { id: made.id, success: true, errors: [] });
      const updated = await deals.retrieve(made.id, { fields: ['Amount', 'NextStep', 'Account.Name'] });
      assert.deepEqual([updated.Amount, updated.NextStep, updated.Account, updated.Name], [null, 'Call', null, undefined]);

      assert.equal((await deals.destroy(made.id)).success, true);
      await assert.rejects(deals.retrieve(made.id), { errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted' });
    },

    async 'a record reference does the same'() {
      const connection = await connected(url);
      const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
      const account = connection.sobject('Account').record(id);
      await account.update({ Website: 'https://contoso.example' });
      assert.equal((await account.retrieve()).Website, 'https://contoso.example');
      await account.destroy();
      await assert.rejects(account.update({ Fax: '1' }), { errorCode: 'ENTITY_IS_DELETED' });
    },

    async 'ids of 15 and 18 characters are the same'() {
      const connection = await connected(url);
      const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
      assert.equal((await connection.sobject('Account').retrieve(id.substring(0, 15))).Id, id);
      assert.equal((await connection.query(`SELECT Id FROM Account WHERE Id = '${id.substring(0, 15)}'`)).records[0].Id, id);
      const made = await connection.sobject('Opportunity').create(deal({ AccountId: id.substring(0, 15) }));
      assert.equal((await connection.sobject('Opportunity').retrieve(made.id)).AccountId, id);
    },

    async 'names are taken in any case and attributes are ignored'() {
      const connection = await connected(url);
      const { id } = await connection.requestPost('/sobjects/account/', { attributes: { type: 'Account' }, NAME: 'Any Case', billingcity: 'Bern' });
      assert.equal((await connection.sobject('ACCOUNT').retrieve(id)).BillingCity, 'Bern');
    },

    async 'the stage drives probability, forecast and closing'() {
      const connection = await connected(url);
      const deals = connection.sobject('Opportunity');
      const { id } = await deals.create(deal({ Amount: 1000, StageName: 'Negotiation/Review' }));
      let row = await deals.retrieve(id);
      assert.deepEqual([row.Probability, row.ExpectedRevenue, row.ForecastCategory, row.IsClosed], [90, 900, 'Pipeline', false]);
      await deals.update({ Id: id, StageName: 'Closed Won' });
      row = await deals.retrieve(id);
      assert.deepEqual([row.Probability, row.ForecastCategoryName, row.IsClosed, row.IsWon], [100, 'Closed', true, true]);
      await deals.update({ Id: id, StageName: 'Prospecting' });
      assert.equal((await deals.retrieve(id)).IsClosed, false);
    },

    async 'the amount of a deal with products is not written, and nobody says so'() {
      const connection = await connected(url);
      const { Id } = await control(url, 'POST', 'opportunities', { HasOpportunityLineItem: true, Amount: 500 });
      await connection.sobject('Opportunity').update({ Id, Amount: 1 });
      assert.equal((await connection.sobject('Opportunity').retrieve(Id)).Amount, 500);
    },

    async 'upsert by external id creates, then updates'() {
      const connection = await connected(url);
      const deals = connection.sobject('Opportunity');
      const value = unique('Ref / ä');
      const made = await deals.upsert(deal({ [key]: encodeURIComponent(value) }), key);
      assert.deepEqual([made.success, made.created], [true, true]);
      assert.equal((await deals.retrieve(made.id))[key], value);
      const again = await deals.upsert({ [key]: encodeURIComponent(value), Amount: 7 }, key);
      assert.deepEqual([again.id, again.created], [made.id, false]);
    },

    async 'before version 46.0 the update of an upsert has no body'() {
      const connection = await connected(url, { version: '45.0' });
      const value = unique('Ref');
      const made = await connection.sobject('Opportunity').upsert(deal({ [key]: value }), key);
      assert.equal(made.created, true);
      assert.deepEqual(await connection.sobject('Opportunity').upsert({ [key]: value, Amount: 7 }, key), { success: true, errors: [] });
    },

    async 'upsert with updateOnly creates nothing'() {
      const connection = await connected(url);
      await assert.rejects(connection.requestPatch(`/sobjects/Opportunity/${key}/${unique('Ref')}?updateOnly=true`, { Amount: 1 }), { errorCode: 'NOT_FOUND' });
    },

    async 'upsert answers with the choices when two rows match'() {
      const connection = await connected(url);
      const [first, second] = ['', ''].map(() => unique('Twin'));
      for (const name of [first, second]) {
        await control(url, 'POST', 'opportunities', { Name: name, [key]: unique('Twin') });
      }
      const value = unique('Twin');
      await control(url, 'POST', 'settings', { duplicates: true });
      try {
        const rows = await connection.sobject('Opportunity').find({ Name: { $in: [first, second] } }, 'Id');
        await connection.sobject('Opportunity').update(rows.map(({ Id }) => ({ Id, [key]: value })));
        await assert.rejects(connection.sobject('Opportunity').upsert({ [key]: value, Amount: 1 }, key), (error) => {
          assert.equal(error.errorCode, 'MULTIPLE_CHOICES');
          assert.deepEqual([...error.data].sort(), rows.map(({ Id }) => `/services/data/v60.0/sobjects/Opportunity/${Id}`).sort());
          return true;
        });
      } finally {
        await control(url, 'POST', 'settings', { duplicates: false });
      }
    },

    async 'read and delete by external id'() {
      const connection = await connected(url);
      const value = unique('Ref');
      const { id } = await connection.sobject('Opportunity').create(deal({ [key]: value }));
      assert.equal((await connection.request(`/sobjects/Opportunity/${key}/${value.toUpperCase()}`)).Id, id);
      await connection.requestDelete(`/sobjects/Opportunity/${key}/${value}`);
      await assert.rejects(connection.request(`/sobjects/Opportunity/${key}/${value}`), { errorCode: 'NOT_FOUND' });
    },

    async 'a parent is named by its external id'() {
      const connection = await connected(url);
      const value = unique('Ref');
      const { id } = await connection.sobject('Opportunity').create(deal({ [key]: value }));
      const solution = await connection.sobject('Microsoft_Solution__c').create({
        Name: 'One', Solution_Id__c: 'SOL-1', Opportunity__r: { [key]: value },
      });
      assert.equal((await connection.sobject('Microsoft_Solution__c').retrieve(solution.id)).Opportunity__c, id);
    },

    async 'an opportunity has one primary contact role'() {
      const connection = await connected(url);
      const contacts = await connection.sobject('Contact').create([{ LastName: 'First' }, { LastName: 'Second' }]);
      const { id } = await connection.sobject('Opportunity').create(deal({ ContactId: contacts[0].id }));
      await connection.sobject('OpportunityContactRole').create({ OpportunityId: id, ContactId: contacts[1].id, IsPrimary: true, Role: 'Evaluator' });
      const primary = await connection.sobject('OpportunityContactRole').find({ OpportunityId: id, IsPrimary: true }, 'ContactId');
      assert.deepEqual(primary.map(({ ContactId }) => ContactId), [contacts[1].id]);
      assert.equal((await connection.sobject('Opportunity').retrieve(id)).ContactId, contacts[1].id);
    },

    async 'recent items are those the user wrote last'() {
      const connection = await connected(url);
      const name = unique('Account');
      const { id } = await connection.sobject('Account').create({ Name: name });
      await control(url, 'POST', 'clock', { advanceSeconds: 1 });
      await connection.sobject('Account').update({ Id: id, Fax: '1' });
      const [first] = await connection.recent(5);
      assert.deepEqual([first.Id, first.Name, first.attributes.type], [id, name, 'Account']);
      assert.equal((await connection.recent('Account', 1))[0].Id, id);
    },
  };
};
