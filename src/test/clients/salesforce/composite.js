'use strict';

const assert = require('node:assert/strict');
const { connected, deal, unique } = require('./sandbox');

module.exports = (url) => {
  const key = 'Referral_Identifier__c';
  const at = (path) => `/services/data/v60.0${path}`;

  return {
    async 'later requests use answers of earlier ones'() {
      const connection = await connected(url);
      const name = unique('Composite');
      const { compositeResponse } = await connection.requestPost('/composite', {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url: at('/sobjects/Account/'), referenceId: 'account', body: { Name: name } },
          { method: 'PATCH', url: at(`/sobjects/Opportunity/${key}/${name}`), referenceId: 'deal', body: deal({ AccountId: '@{account.id}' }) },
          { method: 'GET', url: at("/query/?q=SELECT Id, AccountId FROM Opportunity WHERE Id = '@{deal.id}'"), referenceId: 'read' },
          { method: 'GET', url: at('/sobjects/Account/@{read.records[0].AccountId}?fields=Name'), referenceId: 'parent' },
        ],
      });
      assert.deepEqual(compositeResponse.map(({ httpStatusCode }) => httpStatusCode), [201, 201, 200, 200]);
      assert.equal(compositeResponse[0].httpHeaders.Location, at(`/sobjects/Account/${compositeResponse[0].body.id}`));
      assert.equal(compositeResponse[3].body.Name, name);
    },

    async 'all or none halts and rolls back'() {
      const connection = await connected(url);
      const name = unique('Halted');
      const { compositeResponse } = await connection.requestPost('/composite', {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url: at('/sobjects/Account'), referenceId: 'account', body: { Name: name } },
          { method: 'POST', url: at('/sobjects/Opportunity'), referenceId: 'deal', body: { AccountId: '@{account.id}' } },
        ],
      });
      assert.deepEqual(compositeResponse.map(({ httpStatusCode, body }) => [httpStatusCode, body[0].errorCode]),
        [[400, 'PROCESSING_HALTED'], [400, 'REQUIRED_FIELD_MISSING']]);
      assert.equal(await connection.sobject('Account').count({ Name: name }), 0);
    },

    async 'without all or none the rest is done'() {
      const connection = await connected(url);
      const { compositeResponse } = await connection.requestPost('/composite', {
        compositeRequest: [
          { method: 'GET', url: at('/sobjects/Account/001000000000000AAA'), referenceId: 'missing' },
          { method: 'PATCH', url: at('/sobjects/Account/@{missing.Id}'), referenceId: 'dependent', body: { Fax: '1' } },
          { method: 'POST', url: at('/sobjects/Account'), referenceId: 'independent', body: { Name: unique('Account') } },
        ],
      });
      assert.deepEqual(compositeResponse.map(({ httpStatusCode }) => httpStatusCode), [404, 400, 201]);
      assert.match(compositeResponse[1].body[0].message, /^Invalid reference specified/);
    },

    async 'collections within a composite'() {
      const connection = await connected(url);
      const name = unique('Within');
      const row = () => ({ attributes: { type: 'Account' }, Name: name });
      const { compositeResponse } = await connection.requestPost('/composite', {
        compositeRequest: [
          { method: 'POST', url: at('/composite/sobjects'), referenceId: 'rows', body: { records: [row(), row()] } },
          { method: 'GET', url: at('/sobjects/Account/@{rows[1].id}'), referenceId: 'second' },
        ],
      });
      assert.equal(compositeResponse[1].body.Id, compositeResponse[0].body[1].id);
    },

    async 'an envelope that is not understood or too large is refused whole'() {
      const connection = await connected(url);
      const request = (n) => ({ method: 'GET', url: at('/limits'), referenceId: `r${n}` });
      const send = (compositeRequest) => connection.requestPost('/composite', { compositeRequest });
      await assert.rejects(send([{ method: 'GET', url: at('/limits') }]), { errorCode: 'JSON_PARSER_ERROR' });
      await assert.rejects(send([request(1), request(1)]), { errorCode: 'JSON_PARSER_ERROR' });
      await assert.rejects(send(Array.from({ length: 26 }, (_, n) => request(n))), { errorCode: 'LIMIT_EXCEEDED' });
    },

    async 'a composite is one call'() {
      const connection = await connected(url);
      await connection.limits();
      const { used } = connection.limitInfo.apiUsage;
      await connection.requestPost('/composite', { compositeRequest: [1, 2, 3].map((n) => ({ method: 'GET', url: at('/limits'), referenceId: `r${n}` })) });
      assert.equal(connection.limitInfo.apiUsage.used, used + 1);
    },

    async 'graphs stand or fall each by itself'() {
      const connection = await connected(url);
      const name = unique('Graph');
      const graph = (graphId, fields) => ({
        graphId,
        compositeRequest: [
          { method: 'POST', url: at('/sobjects/Account'), referenceId: 'account', body: { Name: `${name} ${graphId}` } },
          { method: 'POST', url: at('/sobjects/Contact'), referenceId: 'contact', body: { AccountId: '@{account.id}', ...fields } },
        ],
      });
      const { graphs } = await connection.requestPost('/composite/graph', { graphs: [graph('good', { LastName: 'x' }), graph('bad', {})] });
      assert.deepEqual(graphs.map(({ graphId, isSuccessful }) => [graphId, isSuccessful]), [['good', true], ['bad', false]]);
      assert.equal(graphs[1].graphResponse.compositeResponse[1].body[0].errorCode, 'REQUIRED_FIELD_MISSING');
      assert.equal(await connection.sobject('Account').count({ Name: { $like: `${name}%` } }), 1);
    },

    async 'a batch of independent requests'() {
      const connection = await connected(url);
      const { id } = await connection.sobject('Account').create({ Name: unique('Account') });
      const batchRequests = [
        { method: 'PATCH', url: `v60.0/sobjects/Account/${id}`, richInput: { Fax: '5' } },
        { method: 'GET', url: 'v60.0/sobjects/Account/001000000000000AAA' },
        { method: 'GET', url: `v60.0/sobjects/Account/${id}?fields=Fax` },
      ];
      const batch = await connection.requestPost('/composite/batch', { batchRequests });
      assert.equal(batch.hasErrors, true);
      assert.deepEqual(batch.results.map(({ statusCode }) => statusCode), [204, 404, 200]);
      assert.equal(batch.results[0].result, null);
      assert.equal(batch.results[2].result.Fax, '5');
      const halted = await connection.requestPost('/composite/batch', { batchRequests, haltOnError: true });
      assert.deepEqual(halted.results.map(({ statusCode }) => statusCode), [204, 404, 412]);
    },

    async 'a tree of new rows'() {
      const connection = await connected(url);
      const name = unique('Tree');
      const tree = (contact) => ({
        records: [{
          attributes: { type: 'Account', referenceId: 'root' },
          Name: name,
          Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'leaf' }, ...contact }] },
        }],
      });
      const made = await connection.requestPost('/composite/tree/Account', tree({ LastName: 'Leaf' }));
      assert.equal(made.hasErrors, false);
      assert.deepEqual(made.results.map(({ referenceId }) => referenceId), ['root', 'leaf']);
      assert.equal((await connection.sobject('Contact').retrieve(made.results[1].id)).AccountId, made.results[0].id);
      await assert.rejects(connection.requestPost('/composite/tree/Account', tree({ FirstName: 'No last name' })), (error) => {
        const answer = JSON.parse(error.message);
        assert.deepEqual([answer.hasErrors, answer.results.length, answer.results[0].referenceId], [true, 1, 'leaf']);
        assert.equal(answer.results[0].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
        return true;
      });
      assert.equal(await connection.sobject('Account').count({ Name: name }), 1);
    },
  };
};
