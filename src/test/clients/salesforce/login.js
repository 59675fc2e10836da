'use strict';

const assert = require('node:assert/strict');
const { WORD, jsforce, connected, control } = require('./sandbox');

module.exports = (url) => {
  const oauth2 = { loginUrl: url, clientId: WORD, clientSecret: WORD };

  function assertion(claims) {
    const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
    return `${part({ alg: 'RS256' })}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`;
  }

  return {
    async 'client credentials'() {
      const connection = await connected(url);
      assert.equal(connection.instanceUrl, url);
      assert.match(connection.userInfo.organizationId, /^00D\w{15}$/);
      assert.match(connection.userInfo.id, /^005\w{15}$/);
    },

    async 'user name and password by OAuth'() {
      const connection = new jsforce.Connection({ oauth2 });
      const user = await connection.login(WORD, WORD);
      assert.equal(user.url, `${url}/id/${user.organizationId}/${user.id}`);
      assert.equal((await connection.query('SELECT Id FROM User')).done, true);
    },

    async 'user name and password by SOAP, the default without an OAuth app'() {
      const connection = new jsforce.Connection({ loginUrl: url });
      const user = await connection.login(WORD, WORD);
      assert.equal(connection.instanceUrl, url);
      assert.equal((await connection.identity()).user_id, user.id);
      await connection.logout();
    },

    async 'a SOAP session ends with its logout'() {
      const connection = new jsforce.Connection({ loginUrl: url });
      await connection.login(WORD, WORD);
      const ended = new jsforce.Connection({ instanceUrl: url, accessToken: connection.accessToken });
      await connection.logout();
      await assert.rejects(ended.limits(), { errorCode: 'INVALID_SESSION_ID' });
    },

    async 'a wrong password is told in both ways'() {
      await assert.rejects(new jsforce.Connection({ loginUrl: url }).login(WORD, 'wrong'), /^Error: INVALID_LOGIN: Invalid username, password/);
      await assert.rejects(new jsforce.Connection({ oauth2 }).login(WORD, 'wrong'), { name: 'invalid_grant', message: 'authentication failure' });
    },

    async 'a wrong client secret is told'() {
      const connection = new jsforce.Connection({ oauth2: { ...oauth2, clientSecret: 'wrong' } });
      await assert.rejects(connection.authorize({ grant_type: 'client_credentials' }), { name: 'invalid_client' });
    },

    async 'JWT bearer'() {
      const connection = new jsforce.Connection({ oauth2: { loginUrl: url } });
      await connection.authorize({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertion({ iss: WORD, sub: WORD, aud: url, exp: String(Math.floor(Date.now() / 1000) + 180) }),
      });
      assert.equal((await connection.identity()).active, true);
      for (const [aud, ok] of [['https://login.salesforce.com', true], ['https://test.salesforce.com/', true], ['https://other.my.salesforce.com', false]]) {
        const login = new jsforce.Connection({ oauth2: { loginUrl: url } }).authorize({
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: assertion({ iss: WORD, sub: WORD, aud, exp: String(Math.floor(Date.now() / 1000) + 180) }),
        });
        await (ok ? login : assert.rejects(login, { name: 'invalid_grant', message: 'audience is invalid' }));
      }
    },

    async 'a refresh token opens a session'() {
      const connection = new jsforce.Connection({ oauth2, instanceUrl: url, refreshToken: WORD });
      const answer = await connection.oauth2.refreshToken(WORD);
      assert.equal(answer.token_type, 'Bearer');
      assert.equal(answer.instance_url, url);
      await assert.rejects(connection.oauth2.refreshToken('revoked'), { name: 'invalid_grant', message: 'expired access/refresh token' });
    },

    async 'an expired session is renewed with the refresh token and the call repeated'() {
      const connection = new jsforce.Connection({ oauth2, instanceUrl: url, refreshToken: WORD, accessToken: 'expired' });
      const renewed = [];
      connection.on('refresh', (token) => renewed.push(token));
      const limits = await connection.limits();
      assert.ok(limits.DailyApiRequests.Max > 0);
      assert.equal(renewed.length, 1);
      assert.equal(connection.accessToken, renewed[0]);
    },

    async 'parallel calls of an expired session share one login'() {
      const connection = new jsforce.Connection({ oauth2 });
      await connection.login(WORD, WORD);
      await control(url, 'POST', 'sessions/expire');
      let renewed = 0;
      connection.on('refresh', () => { renewed += 1; });
      await Promise.all(Array.from({ length: 8 }, () => connection.query('SELECT Id FROM User LIMIT 1')));
      assert.equal(renewed, 1);
    },

    async 'a session ends after two hours without a call'() {
      const connection = await connected(url, { oauth2: { loginUrl: url, clientId: WORD, clientSecret: WORD } });
      const deaf = new jsforce.Connection({ instanceUrl: url, accessToken: connection.accessToken });
      await deaf.limits();
      await control(url, 'POST', 'clock', { advanceSeconds: 7201 });
      await assert.rejects(deaf.limits(), { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' });
    },

    async 'identity and userinfo name the user'() {
      const connection = await connected(url);
      const identity = await connection.identity();
      assert.equal(identity.username, WORD);
      assert.equal(identity.organization_id, connection.userInfo.organizationId);
      const info = await connection.request('/services/oauth2/userinfo');
      assert.equal(info.user_id, identity.user_id);
      assert.equal(info.preferred_username, WORD);
    },

    async 'a bare token finds its identity through the list of resources'() {
      const { accessToken } = await connected(url);
      const connection = new jsforce.Connection({ instanceUrl: url, accessToken });
      const identity = await connection.identity();
      assert.match(identity.user_id, /^005/);
      assert.equal(connection.userInfo.id, identity.user_id);
    },

    async 'logout revokes the token'() {
      const connection = await connected(url);
      const { accessToken } = connection;
      await connection.logout();
      const ended = new jsforce.Connection({ instanceUrl: url, accessToken });
      await assert.rejects(ended.limits(), { errorCode: 'INVALID_SESSION_ID' });
    },
  };
};
