'use strict';

const assert = require('node:assert/strict');
const { jsforce, connected, control, deal, unique } = require('./sandbox');

module.exports = (url) => {
  const key = 'Referral_Identifier__c';

  async function refused(work, errorCode, message, fields) {
    await assert.rejects(work, (error) => {
      assert.equal(error.errorCode, errorCode);
      assert.match(error.message, message);
      assert.deepEqual(error.data.fields, fields);
      return true;
    });
  }

  return {
    async 'writes that break a rule'() {
      const connection = await connected(url);
      const deals = connection.sobject('Opportunity');
      await refused(deals.create({ Name: 'x' }), 'REQUIRED_FIELD_MISSING', /^Required fields are missing: \[StageName, CloseDate\]$/, ['StageName', 'CloseDate']);
      await refused(deals.create(deal({ Name: 'x'.repeat(121) })), 'STRING_TOO_LONG', /^Name: data value too large: x+ \(max length=120\)$/, ['Name']);
      await refused(deals.create(deal({ Color__c: 'x' })), 'INVALID_FIELD', /^No such column 'Color__c' on sobject of type Opportunity$/, ['Color__c']);
      await refused(deals.create(deal({ IsWon: true })), 'INVALID_FIELD_FOR_INSERT_UPDATE', /^Unable to create\/update fields: IsWon\. Please check/, ['IsWon']);
      await refused(deals.create(deal({ StageName: 'Nowhere' })), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        /bad value for restricted picklist field: Nowhere$/, ['StageName']);
      await refused(deals.create(deal({ Referral_Visibility__c: 'Nobody' })), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', /Nobody$/, ['Referral_Visibility__c']);
      await refused(deals.create(deal({ CloseDate: 'soon' })), 'JSON_PARSER_ERROR', /^Cannot deserialize instance of date/, ['CloseDate']);
      await refused(deals.create(deal({ AccountId: 'abc' })), 'MALFORMED_ID', /id value of incorrect type: abc$/, ['AccountId']);
      await refused(deals.create(deal({ AccountId: connection.userInfo.id })), 'FIELD_INTEGRITY_EXCEPTION', /id value of incorrect type/, ['AccountId']);
      await refused(deals.create(deal({ AccountId: '001000000000000AAA' })), 'INVALID_CROSS_REFERENCE_KEY', /^invalid cross reference id$/, ['AccountId']);
    },

    async 'a second row with the same unique value'() {
      const connection = await connected(url);
      const value = unique('Ref');
      const { id } = await connection.sobject('Opportunity').create(deal({ [key]: value }));
      await refused(connection.sobject('Opportunity').create(deal({ [key]: value.toUpperCase() })), 'DUPLICATE_VALUE',
        new RegExp(`^duplicate value found: ${key} duplicates value on record with id: ${id}$`), [key]);
    },

    async 'the id and the external id do not belong in the body'() {
      const connection = await connected(url);
      const { id } = await connection.sobject('Opportunity').create(deal());
      await refused(connection.requestPatch(`/sobjects/Opportunity/${id}`, { Id: id }), 'INVALID_FIELD', /should not be specified/, ['Id']);
      await refused(connection.requestPatch(`/sobjects/Opportunity/${key}/x`, deal({ [key]: 'x' })), 'INVALID_FIELD', /should not be specified/, [key]);
    },

    async 'rows and resources that are not there'() {
      const connection = await connected(url);
      const deals = connection.sobject('Opportunity');
      await refused(deals.retrieve('006000000000000AAA'), 'NOT_FOUND', /^The requested resource does not exist$/);
      await refused(deals.update({ Id: '006000000000000AAA', Amount: 1 }), 'NOT_FOUND', /./);
      await refused(connection.sobject('Nothing').create({ Name: 'x' }), 'NOT_FOUND', /./);
      await refused(connection.request('/nothing'), 'NOT_FOUND', /./);
      await refused(connection.request('/sobjects/Opportunity/Name/x'), 'NOT_FOUND', /^Provided external ID field does not exist or is not accessible: Name$/);
    },

    async 'a method that a resource does not know'() {
      const connection = await connected(url);
      await refused(connection.requestPut('/sobjects/Opportunity', {}), 'METHOD_NOT_ALLOWED', /^HTTP Method 'PUT' not allowed/);
    },

    async 'a body that is no JSON'() {
      const connection = await connected(url);
      await refused(connection.request({ method: 'POST', url: '/sobjects/Opportunity', body: '{"Name":', headers: { 'content-type': 'application/json' } }),
        'JSON_PARSER_ERROR', /./);
    },

    async 'queries that cannot be run'() {
      const connection = await connected(url);
      await refused(connection.query('SELECT Id FROM Opportunity WHERE'), 'MALFORMED_QUERY', /unexpected token: '<EOF>'/);
      await refused(connection.query("SELECT Id FROM Opportunity WHERE Name = 'open"), 'MALFORMED_QUERY', /mismatched character/);
      await refused(connection.query('SELECT Colour__c FROM Opportunity'), 'INVALID_FIELD', /No such column 'Colour__c' on entity 'Opportunity'/);
      await refused(connection.query('SELECT Id FROM Opportunities'), 'INVALID_TYPE', /sObject type 'Opportunities' is not supported/);
      await refused(connection.query("SELECT Id FROM Opportunity WHERE CloseDate = '2027-01-01'"), 'INVALID_FIELD', /should not be enclosed in quotes/);
      await refused(connection.query('SELECT Id FROM Opportunity OFFSET 2001'), 'NUMBER_OUTSIDE_VALID_RANGE', /2000/);
      await refused(connection.queryMore('01g000000000000AAA-2000'), 'INVALID_QUERY_LOCATOR', /invalid query locator/);
    },

    async 'an invalid session without a way to renew it'() {
      const connection = new jsforce.Connection({ instanceUrl: url, accessToken: 'never issued' });
      await refused(connection.query('SELECT Id FROM User'), 'INVALID_SESSION_ID', /^Session expired or invalid$/);
    },

    async 'a locked row, once'() {
      const connection = await connected(url);
      await control(url, 'POST', 'settings', { failWrites: { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record' } });
      await refused(connection.sobject('Opportunity').create(deal()), 'UNABLE_TO_LOCK_ROW', /exclusive access/);
      assert.equal((await connection.sobject('Opportunity').create(deal())).success, true);
      await control(url, 'POST', 'settings', { failWrites: { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'locked', times: 1 } });
      const [locked, written] = await connection.sobject('Opportunity').create([deal(), deal()]);
      assert.deepEqual([locked.errors[0].statusCode, written.success], ['UNABLE_TO_LOCK_ROW', true]);
    },

    async 'the daily limit of calls'() {
      const connection = await connected(url);
      await connection.limits();
      await control(url, 'POST', 'settings', { dailyCalls: connection.limitInfo.apiUsage.used + 1 });
      try {
        assert.equal((await connection.limits()).DailyApiRequests.Remaining, 0);
        await refused(connection.sobject('Opportunity').create(deal()), 'REQUEST_LIMIT_EXCEEDED', /^TotalRequests Limit exceeded\.$/);
      } finally {
        await control(url, 'POST', 'settings', { dailyCalls: 0 });
      }
    },

    async 'the client repeats a read after 503 and after a lost connection'() {
      const connection = await connected(url);
      await control(url, 'POST', 'faults', { path: '/limits', status: 503, body: [{ message: 'Server Unavailable', errorCode: 'SERVER_UNAVAILABLE' }] });
      assert.ok((await connection.limits()).DailyApiRequests);
      await control(url, 'POST', 'faults', { path: '/limits', drop: 'before' });
      assert.ok((await connection.limits()).DailyApiRequests);
    },

    async 'a write whose answer got lost was done'() {
      const connection = await connected(url);
      const name = unique('Lost');
      await control(url, 'POST', 'faults', { method: 'POST', path: '/sobjects/Account', drop: 'after' });
      await assert.rejects(connection.sobject('Account').create({ Name: name }));
      assert.equal(await connection.sobject('Account').count({ Name: name }), 1);
    },
  };
};
