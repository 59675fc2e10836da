'use strict';

const assert = require('node:assert/strict');
const { connected, deal } = require('./sandbox');

module.exports = (url) => ({
  async 'words are found in all objects, and told apart'() {
    const connection = await connected(url);
    const account = await connection.sobject('Account').create({ Name: 'Zephyrine Holding' });
    const made = await connection.sobject('Opportunity').create(deal({ Name: 'Zephyrine rollout' }));
    const { searchRecords } = await connection.search('FIND {zephyrin*}');
    assert.deepEqual(searchRecords.map(({ Id }) => Id), [account.id, made.id]);
    assert.equal(searchRecords[0].attributes.type, 'Account');
    assert.deepEqual((await connection.search('FIND {zephyrin}')).searchRecords, []);
    assert.equal((await connection.search('FIND {zephyrine rollout}')).searchRecords[0].Id, made.id);
  },

  async 'fields, conditions, scope and limit'() {
    const connection = await connected(url);
    await connection.sobject('Contact').create([1, 2, 3].map((n) => ({ LastName: `Quillfeather ${n}`, Email: `q${n}@quill.example`, Title: 'Buyer' })));
    const { searchRecords } = await connection.search(
      "FIND {quillfeather} IN NAME FIELDS RETURNING Contact(Id, Email WHERE Title = 'Buyer' ORDER BY Email DESC LIMIT 2), Account(Name)");
    assert.deepEqual(searchRecords.map(({ Email }) => Email), ['q3@quill.example', 'q2@quill.example']);
    assert.equal((await connection.search('FIND {quill.example} IN EMAIL FIELDS RETURNING Contact LIMIT 1')).searchRecords.length, 1);
  },

  async 'a search that is not understood'() {
    const connection = await connected(url);
    await assert.rejects(connection.search('FIND zephyrine'), { errorCode: 'MALFORMED_SEARCH' });
  },
});
