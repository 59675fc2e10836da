'use strict';

const assert = require('node:assert/strict');
const { connected, control } = require('./sandbox');

module.exports = (url) => {
  const field = (described, name) => described.fields.find((each) => each.name === name);

  return {
    async 'versions are listed without a session'() {
      const connection = new (require('jsforce').Connection)({ instanceUrl: url });
      const versions = await connection.request('/services/data/');
      const newest = versions[versions.length - 1];
      assert.equal(newest.url, `/services/data/v${newest.version}`);
      assert.ok(versions.some(({ version, label }) => version === '60.0' && label === "Spring '24"));
      assert.ok(versions.some(({ version, label }) => version === '56.0' && label === "Winter '23"));
    },

    async 'resources of a version'() {
      const connection = await connected(url);
      const resources = await connection.request('/');
      assert.equal(resources.sobjects, '/services/data/v60.0/sobjects');
      assert.equal(resources.identity, connection.userInfo.url);
    },

    async 'old and new versions are served, others are not'() {
      for (const version of ['37.0', '50.0', '66.0']) {
        assert.ok((await (await connected(url, { version })).describeGlobal()).sobjects.length > 0);
      }
      await assert.rejects((await connected(url, { version: '36.0' })).describeGlobal(), { errorCode: 'NOT_FOUND' });
    },

    async 'describeGlobal lists the objects'() {
      const connection = await connected(url);
      const { sobjects, maxBatchSize, encoding } = await connection.describeGlobal();
      assert.equal(maxBatchSize, 200);
      assert.equal(encoding, 'UTF-8');
      const names = sobjects.map(({ name }) => name);
      for (const name of ['Opportunity', 'Account', 'Contact', 'OpportunityContactRole', 'OpportunityStage', 'User', 'Microsoft_Solution__c']) {
        assert.ok(names.includes(name), name);
      }
      const opportunity = sobjects.find(({ name }) => name === 'Opportunity');
      assert.equal(opportunity.keyPrefix, '006');
      assert.equal(opportunity.urls.rowTemplate, '/services/data/v60.0/sobjects/Opportunity/{ID}');
    },

    async 'describe Opportunity'() {
      const described = await (await connected(url)).describe('Opportunity');
      assert.deepEqual([field(described, 'Name').nillable, field(described, 'Name').length, field(described, 'Name').nameField], [false, 120, true]);
      assert.equal(field(described, 'Amount').type, 'currency');
      assert.equal(field(described, 'Amount').soapType, 'xsd:double');
      assert.equal(field(described, 'IsWon').updateable, false);
      assert.ok(field(described, 'StageName').picklistValues.some(({ value, active }) => value === 'Closed Won' && active));
      assert.deepEqual(field(described, 'AccountId').referenceTo, ['Account']);
      assert.equal(field(described, 'AccountId').relationshipName, 'Account');
      const key = field(described, 'Referral_Identifier__c');
      assert.deepEqual([key.custom, key.externalId, key.unique, key.idLookup, key.length], [true, true, true, true, 100]);
      assert.ok(described.childRelationships.some(({ relationshipName }) => relationshipName === 'OpportunityContactRoles'));
      for (const each of described.fields) {
        for (const property of ['label', 'soapType', 'byteLength', 'digits', 'precision', 'scale', 'createable', 'updateable', 'nillable',
          'defaultedOnCreate', 'filterable', 'sortable', 'groupable', 'restrictedPicklist', 'picklistValues', 'referenceTo',
          'deprecatedAndHidden', 'encrypted', 'htmlFormatted', 'permissionable']) {
          assert.notEqual(each[property], undefined, `${each.name}.${property}`);
        }
      }
    },

    async 'describe Account, Contact, User and the custom object'() {
      const connection = await connected(url);
      assert.equal(field(await connection.sobject('Account').describe(), 'Name').nillable, false);
      assert.equal(field(await connection.sobject('Contact').describe(), 'Email').type, 'email');
      assert.equal(field(await connection.sobject('User').describe(), 'IsActive').type, 'boolean');
      const solution = await connection.sobject('Microsoft_Solution__c').describe();
      assert.equal(solution.custom, true);
      assert.equal(field(solution, 'Opportunity__c').relationshipName, 'Opportunity__r');
    },

    async 'describe takes any case and refuses unknown objects'() {
      const connection = await connected(url);
      assert.equal((await connection.describe('oPPORTUNITY')).name, 'Opportunity');
      await assert.rejects(connection.describe('Opportunities'), { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' });
    },

    async 'a field hidden by field-level security is not there'() {
      const connection = await connected(url);
      await control(url, 'POST', 'settings', { hiddenFields: ['Opportunity.NextStep'] });
      try {
        assert.equal(field(await connection.describe('Opportunity'), 'NextStep'), undefined);
        await assert.rejects(connection.query('SELECT NextStep FROM Opportunity'), { errorCode: 'INVALID_FIELD' });
      } finally {
        await control(url, 'POST', 'settings', { hiddenFields: [] });
      }
    },

    async 'an administrator makes fields and an object'() {
      const connection = await connected(url);
      const made = await connection.tooling.sobject('CustomField').create({
        FullName: 'Account.Tier__c',
        Metadata: { type: 'Text', label: 'Tier', length: 40, externalId: true, unique: true, caseSensitive: false },
      });
      assert.equal(made.success, true);
      assert.equal(field(await connection.describe('Account'), 'Tier__c'), undefined);
      const { records } = await connection.tooling.query("SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'");
      assert.deepEqual(records.map(({ Id, DeveloperName }) => [Id, DeveloperName]), [[made.id, 'Tier']]);
      const read = await connection.tooling.sobject('CustomField').retrieve(made.id);
      assert.equal(read.FullName, 'Account.Tier__c');
      assert.equal(read.Metadata.length, 40);
      const changed = await connection.tooling.sobject('CustomField').update({ Id: made.id, Metadata: { ...read.Metadata, length: 80 } });
      assert.equal(changed.success, true);

      const set = await connection.sobject('PermissionSet').create({ Name: 'Tiers', Label: 'Tiers' });
      await connection.sobject('FieldPermissions').create({ ParentId: set.id, SobjectType: 'Account', Field: 'Account.Tier__c',
        PermissionsRead: true, PermissionsEdit: true });
      await connection.sobject('PermissionSetAssignment').create({ PermissionSetId: set.id, AssigneeId: connection.userInfo.id });
      assert.equal(field(await connection.describe('Account'), 'Tier__c').length, 80);

      const object = { fullName: 'Tier_Step__c', label: 'Step', pluralLabel: 'Steps', nameField: { type: 'Text', label: 'Step' },
        deploymentStatus: 'Deployed', sharingModel: 'ReadWrite' };
      assert.equal((await connection.metadata.create('CustomObject', object)).success, true);
      assert.equal((await connection.describe('Tier_Step__c')).custom, true);
      const twice = await connection.metadata.create('CustomObject', object);
      assert.equal(twice.success, false);
      assert.equal(twice.errors[0].statusCode, 'DUPLICATE_DEVELOPER_NAME');
    },

    async 'describe is cached and forgotten by the client'() {
      const connection = await connected(url);
      const first = await connection.describe$('Account');
      assert.equal(await connection.describe$('Account'), first);
    },

    async 'limits count down and every answer says how many calls were made'() {
      const connection = await connected(url);
      const before = await connection.limits();
      const used = connection.limitInfo.apiUsage.used;
      const after = await connection.limits();
      assert.equal(before.DailyApiRequests.Remaining - after.DailyApiRequests.Remaining, 1);
      assert.deepEqual(connection.limitInfo.apiUsage, { used: used + 1, limit: after.DailyApiRequests.Max });
    },
  };
};
