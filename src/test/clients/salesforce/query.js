'use strict';

const assert = require('node:assert/strict');
const { jsforce, connected, control, deal, unique } = require('./sandbox');

module.exports = (url) => {
  let prepared;

  /** Three opportunities of one account, made once. */
  async function sample() {
    prepared ||= (async () => {
      const connection = await connected(url);
      const prefix = unique('Sample');
      const account = await connection.sobject('Account').create({ Name: `${prefix} O'Hara`, BillingCountry: 'GB' });
      const contact = await connection.sobject('Contact').create({ FirstName: 'Ann', LastName: 'Sample', Email: 'ann@sample.example', AccountId: account.id });
      const rows = await connection.sobject('Opportunity').create([
        deal({ Name: `${prefix} 100% cotton`, Amount: 100, CloseDate: '2027-01-10', AccountId: account.id, ContactId: contact.id }),
        deal({ Name: `${prefix} silk`, Amount: 2500.5, CloseDate: '2027-02-10', AccountId: account.id, StageName: 'Closed Won' }),
        deal({ Name: `${prefix} wool`, CloseDate: '2027-03-10' }),
      ]);
      await connection.sobject('Microsoft_Solution__c').create([1, 2].map((n) => (
        { Name: `Solution ${n}`, Solution_Id__c: `SOL-${n}`, Opportunity__c: rows[0].id })));
      return { connection, prefix, account: account.id, contact: contact.id, ids: rows.map(({ id }) => id) };
    })();
    return prepared;
  }

  async function found(where) {
    const { connection, prefix } = await sample();
    const { records } = await connection.query(`SELECT Name FROM Opportunity WHERE Name LIKE '${prefix} %' AND ${where} ORDER BY Name`);
    return records.map(({ Name }) => Name.substring(prefix.length + 1).split(' ')[0]).join(' ');
  }

  async function manyAccounts(count) {
    const connection = await connected(url);
    const name = unique('Paged');
    await connection.sobject('Account').create(Array.from({ length: count }, (_, n) => ({ Name: name, AccountNumber: String(n) })), { allowRecursive: true });
    return { connection, soql: `SELECT Id, AccountNumber FROM Account WHERE Name = '${name}'` };
  }

  return {
    async 'a query with parents, children and nulls'() {
      const { connection, ids, account } = await sample();
      const result = await connection.query('SELECT Id, Amount, Account.Name, Account.Owner.Name, (SELECT Contact.Email, Role FROM OpportunityContactRoles),'
        + ` (SELECT Solution_Id__c FROM Microsoft_Solutions__r ORDER BY Solution_Id__c DESC) FROM Opportunity WHERE Id IN ('${ids[0]}','${ids[2]}') ORDER BY Name`);
      assert.deepEqual([result.totalSize, result.done], [2, true]);
      const [cotton, wool] = result.records;
      assert.deepEqual(Object.keys(cotton), ['attributes', 'Id', 'Amount', 'Account', 'OpportunityContactRoles', 'Microsoft_Solutions__r']);
      assert.equal(cotton.Account.attributes.url, `/services/data/v60.0/sobjects/Account/${account}`);
      assert.ok(cotton.Account.Name.endsWith("O'Hara"));
      assert.equal(cotton.Account.Owner.Name, 'Integration User');
      assert.equal(cotton.OpportunityContactRoles.records[0].Contact.Email, 'ann@sample.example');
      assert.deepEqual(cotton.Microsoft_Solutions__r.records.map((row) => row.Solution_Id__c), ['SOL-2', 'SOL-1']);
      assert.deepEqual([wool.Amount, wool.Account, wool.OpportunityContactRoles, wool.Microsoft_Solutions__r], [null, null, null, null]);
    },

    async 'comparisons'() {
      for (const [where, names] of Object.entries({
        'Amount > 100': 'silk',
        'Amount >= 100.0': '100% silk',
        'Amount = null': 'wool',
        'Amount != null': '100% silk',
        'Amount != 100': 'silk wool',
        'IsWon = true': 'silk',
        'NOT (IsWon = true)': '100% wool',
        "Name LIKE '%100\\%%'": '100%',
        "StageName IN ('Closed Won','Closed Lost')": 'silk',
        "StageName NOT IN ('Closed Won')": '100% wool',
        'CloseDate > 2027-01-10 AND CloseDate <= 2027-02-10': 'silk',
        "(Amount = 100 OR CloseDate = 2027-03-10)": '100% wool',
        "Account.BillingCountry = 'gb'": '100% silk',
        "Account.Name LIKE '%O\\'Hara'": '100% silk',
        'SystemModstamp = TODAY': '100% silk wool',
        'CreatedDate = LAST_N_DAYS:2': '100% silk wool',
        'SystemModstamp > 2020-01-01T00:00:00Z': '100% silk wool',
        'SystemModstamp < 2020-01-01T01:00:00+01:00': '',
      })) {
        assert.equal(await found(where), names, where);
      }
    },

    async 'sorting, nulls, limit and offset'() {
      const { connection, prefix } = await sample();
      const order = async (rest) => (await connection.query(`SELECT Amount FROM Opportunity WHERE Name LIKE '${prefix} %' ORDER BY ${rest}`))
        .records.map(({ Amount }) => Amount);
      assert.deepEqual(await order('Amount'), [null, 100, 2500.5]);
      assert.deepEqual(await order('Amount DESC NULLS LAST'), [2500.5, 100, null]);
      assert.deepEqual(await order('IsWon DESC, CloseDate DESC'), [2500.5, null, 100]);
      assert.deepEqual(await order('Amount ASC NULLS LAST LIMIT 1 OFFSET 1'), [2500.5]);
    },

    async 'COUNT() has a total and no rows'() {
      const { connection, prefix } = await sample();
      const counted = await connection.query(`SELECT COUNT() FROM Opportunity WHERE Name LIKE '${prefix} %'`);
      assert.deepEqual([counted.totalSize, counted.records], [3, []]);
      assert.equal(await connection.sobject('Opportunity').count({ Name: { $like: `${prefix} %` } }), 3);
    },

    async "the client's own query builder"() {
      const { connection, prefix, ids } = await sample();
      const rows = await connection.sobject('Opportunity')
        .find({ Name: { $like: `${prefix} %` }, Amount: { $exists: true }, $not: { StageName: 'Closed Lost' }, $or: [{ IsWon: true }, { Amount: { $lt: 200 } }] })
        .select('Id, Name, Account.Name')
        .include('OpportunityContactRoles', { IsPrimary: true }, 'ContactId').end()
        .sort({ CloseDate: -1 }).limit(5).execute();
      assert.deepEqual(rows.map(({ Id }) => Id), [ids[1], ids[0]]);
      assert.equal(rows[1].OpportunityContactRoles.totalSize, 1);
    },

    async 'all described fields can be selected, those of a parent too'() {
      const { connection, ids } = await sample();
      const row = await connection.sobject('Opportunity').findOne({ Id: ids[0] }, '*, Account.*');
      assert.equal(row.Amount, 100);
      assert.equal(row.Account.BillingCountry, 'GB');
      assert.ok('Audit__c' in row && 'Website' in row.Account);
    },

    async 'dates and date literals of the client'() {
      const { connection, prefix } = await sample();
      const count = (conditions) => connection.sobject('Opportunity').count({ Name: { $like: `${prefix} %` }, ...conditions });
      assert.equal(await count({ CreatedDate: { $gte: jsforce.SfDate.LAST_N_DAYS(1) } }), 3);
      assert.equal(await count({ CloseDate: { $gt: jsforce.SfDate.toDateLiteral('2027-02-01') } }), 2);
      assert.equal(await count({ SystemModstamp: { $lt: jsforce.SfDate.toDateTimeLiteral(new Date(2020, 1, 1)) } }), 0);
    },

    async 'special characters survive the way there and back'() {
      const connection = await connected(url);
      const name = `${unique('Müller & Söhne')} + "5%" 東京 <x> 'y'`;
      await connection.sobject('Account').create({ Name: name });
      const rows = await connection.sobject('Account').find({ Name: name }, 'Name');
      assert.deepEqual(rows.map(({ Name }) => Name), [name]);
    },

    async 'more than 2000 rows come in pages that the client follows by itself'() {
      const { connection, soql } = await manyAccounts(2105);
      const first = await connection.query(soql);
      assert.deepEqual([first.totalSize, first.done, first.records.length], [2105, false, 2000]);
      assert.match(first.nextRecordsUrl, /\/services\/data\/v60\.0\/query\/01g\w{15}-2000$/);
      const second = await connection.queryMore(first.nextRecordsUrl);
      assert.deepEqual([second.done, second.records.length, second.nextRecordsUrl], [true, 105, undefined]);

      const all = await connection.query(soql, { autoFetch: true });
      assert.equal(all.records.length, 2105);
      assert.equal(new Set(all.records.map(({ Id }) => Id)).size, 2105);
    },

    async 'rows changed while pages are read are neither lost nor doubled'() {
      const { connection, soql } = await manyAccounts(5);
      await control(url, 'POST', 'settings', { queryPage: 2 });
      try {
        const first = await connection.query(soql);
        await connection.sobject('Account').update({ Id: first.records[0].Id, Fax: '1' });
        const rest = await connection.queryMore(first.nextRecordsUrl, { autoFetch: true });
        assert.equal(new Set([...first.records, ...rest.records].map(({ Id }) => Id)).size, 5);
      } finally {
        await control(url, 'POST', 'settings', { queryPage: 2000 });
      }
    },

    async 'a stream of records'() {
      const { connection, soql } = await manyAccounts(30);
      await control(url, 'POST', 'settings', { queryPage: 7 });
      try {
        let rows = 0;
        await new Promise((resolve, reject) => {
          connection.query(soql).on('record', () => { rows += 1; }).on('end', resolve).on('error', reject).run({ autoFetch: true });
        });
        assert.equal(rows, 30);
      } finally {
        await control(url, 'POST', 'settings', { queryPage: 2000 });
      }
    },

    async 'a locator ends after two days'() {
      const { connection, soql } = await manyAccounts(3);
      await control(url, 'POST', 'settings', { queryPage: 2 });
      try {
        const { nextRecordsUrl } = await connection.query(soql);
        assert.equal((await connection.queryMore(nextRecordsUrl)).records.length, 1);
        await control(url, 'POST', 'clock', { advanceSeconds: 2 * 86400 + 1 });
        await assert.rejects((await connected(url)).queryMore(nextRecordsUrl), { errorCode: 'INVALID_QUERY_LOCATOR' });
      } finally {
        await control(url, 'POST', 'settings', { queryPage: 2000 });
      }
    },

    async 'queryAll shows deleted rows, query does not'() {
      const connection = await connected(url);
      const name = unique('Deleted');
      const made = await connection.sobject('Account').create([{ Name: name }, { Name: name }]);
      await connection.sobject('Account').destroy(made[0].id);
      const soql = `SELECT Id, IsDeleted FROM Account WHERE Name = '${name}' ORDER BY Id`;
      assert.deepEqual((await connection.query(soql)).records.map(({ Id }) => Id), [made[1].id]);
      const all = await connection.query(soql, { scanAll: true });
      assert.deepEqual(all.records.map(({ IsDeleted }) => IsDeleted), [true, false]);
      assert.equal((await connection.query(`SELECT Id FROM Account WHERE Name = '${name}' AND IsDeleted = true`, { scanAll: true })).totalSize, 1);
    },

    async 'a poll by SystemModstamp and Id reads each row once'() {
      const connection = await connected(url);
      const name = unique('Polled');
      await connection.sobject('Account').create(Array.from({ length: 7 }, () => ({ Name: name })));
      let after = { SystemModstamp: '2020-01-01T00:00:00.000+0000', Id: '001000000000000AAA' };
      const seen = [];
      for (;;) {
        const stamp = after.SystemModstamp.replace('.000+0000', 'Z');
        const { records } = await connection.query(`SELECT Id, SystemModstamp FROM Account WHERE Name = '${name}' AND (SystemModstamp > ${stamp}`
          + ` OR (SystemModstamp = ${stamp} AND Id > '${after.Id}')) ORDER BY SystemModstamp ASC, Id ASC LIMIT 3`, { scanAll: true });
        if (records.length === 0) {
          break;
        }
        seen.push(...records.map(({ Id }) => Id));
        after = records[records.length - 1];
      }
      assert.equal(seen.length, 7);
      assert.equal(new Set(seen).size, 7);
    },
  };
};
