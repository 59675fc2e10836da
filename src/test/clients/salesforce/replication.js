'use strict';

const assert = require('node:assert/strict');
const { connected, control, unique } = require('./sandbox');

module.exports = (url) => {
  const MINUTE = 60000;
  const now = async () => new Date((await control(url, 'GET', 'clock')).now);
  const later = (time, minutes) => new Date(time.getTime() + minutes * MINUTE);

  return {
    async 'changed and deleted rows of a span of time'() {
      const start = await now();
      const connection = await connected(url);
      const made = await connection.sobject('Account').create(['', '', ''].map(() => ({ Name: unique('Account') })));
      await connection.sobject('Account').destroy(made[1].id);
      await control(url, 'POST', 'clock', { advanceSeconds: 120 });
      const end = later(await now(), -1);

      const updated = await connection.sobject('Account').updated(start, end);
      const ids = made.map(({ id }) => id);
      assert.deepEqual(updated.ids.filter((id) => ids.includes(id)), [ids[0], ids[2]]);
      assert.match(updated.latestDateCovered, /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000\+0000$/);

      const deleted = await connection.sobject('Account').deleted(start, end);
      const [row] = deleted.deletedRecords.filter(({ id }) => id === ids[1]);
      assert.ok(new Date(row.deletedDate) >= later(start, -1) && new Date(row.deletedDate) <= end);
      assert.ok(new Date(deleted.earliestDateAvailable) < start);
    },

    async 'the next span begins where the last one was covered, and nothing is missed'() {
      let from = await now();
      const connection = await connected(url);
      const seen = [];
      const made = [];
      for (let round = 0; round < 3; round += 1) {
        made.push((await connection.sobject('Account').create({ Name: unique('Account') })).id);
        await control(url, 'POST', 'clock', { advanceSeconds: 90 });
        const { ids, latestDateCovered } = await connection.sobject('Account').updated(from, later(await now(), 5));
        seen.push(...ids);
        from = new Date(latestDateCovered);
      }
      await control(url, 'POST', 'clock', { advanceSeconds: 90 });
      seen.push(...(await connection.sobject('Account').updated(from, await now())).ids);
      assert.ok(made.every((id) => seen.includes(id)));
    },

    async 'a row that changes again moves to the later span'() {
      const start = await now();
      const connection = await connected(url);
      const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
      await control(url, 'POST', 'clock', { advanceSeconds: 120 });
      const middle = await now();
      await connection.sobject('Account').update({ Id: id, Fax: '1' });
      await control(url, 'POST', 'clock', { advanceSeconds: 120 });
      assert.ok(!(await connection.sobject('Account').updated(start, middle)).ids.includes(id));
      assert.ok((await connection.sobject('Account').updated(middle, await now())).ids.includes(id));
    },

    async 'spans that are too short or too long ago'() {
      const connection = await connected(url);
      const end = await now();
      const ago = (days) => new Date(end.getTime() - days * 24 * 60 * MINUTE);
      await assert.rejects(connection.sobject('Account').updated(end, end), { errorCode: 'INVALID_REPLICATION_DATE' });
      await assert.rejects(connection.sobject('Account').updated(ago(31), end), { errorCode: 'INVALID_REPLICATION_DATE' });
      await assert.rejects(connection.sobject('Account').deleted(ago(16), end), { errorCode: 'INVALID_REPLICATION_DATE' });
      assert.ok((await connection.sobject('Account').updated(ago(29), end)).ids.length > 0);
    },
  };
};
