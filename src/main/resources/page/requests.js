// What assistants asked for: nothing of it happens before a person agrees.
import { action, ask, el, moment, table, value } from './common.js';

export async function requests(view) {
  const head = el('div');
  const waiting = el('div');
  const over = el('div');
  const parts = new Map();
  let known = null;
  // What did not change stays, with the focus, and under the pointer of whoever is about to press.
  const draw = now => {
    const look = JSON.stringify(now);
    if (view.left || look === known) {
      return;
    }
    known = look;
    head.replaceChildren(el('h2', {}, now.waiting.length ? now.waiting.length + ' waiting for a person' : 'No request waits'),
      el('p', { class: 'faint' }, 'Assistants asked for this over MCP. It happens when you agree, and is over after a day.'));
    place(now.waiting);
    over.replaceChildren(...now.decided.length ? [el('h3', {}, 'Over'),
      table('Over', ['Asked', 'By an assistant of', 'For', 'State', 'By', 'What came of it'], now.decided.map(each => [
        moment(each.askedAt), value(each.askedBy), value(words(each)), each.state.toLowerCase(), value(each.by), value(each.outcome)]))] : []);
  };
  view.refresh = async () => draw(await ask('api/requests'));
  view.news = () => view.refresh().catch(() => null);
  view.place.replaceChildren(head, waiting, over);
  await view.refresh();

  /** The oldest first, so that a new one is put behind those that are there. */
  function place(requests) {
    const wanted = new Set(requests.map(each => each.id));
    for (const [id, gone] of parts) {
      if (!wanted.has(id)) {
        gone.remove();
        parts.delete(id);
      }
    }
    for (const each of requests.filter(each => !parts.has(each.id))) {
      parts.set(each.id, part(each));
      waiting.append(parts.get(each.id));
    }
  }

  function part(each) {
    const decide = what => async () => {
      const done = await ask('api/requests/' + each.id + '/' + what, {});
      await view.refresh();
      return done;
    };
    const agree = each.action === 'RETRY' ? action('Agree', 'It is read again and synced if nothing is wrong any more.', decide('agree'))
      : action('Agree', 'What is held back goes, and cannot be taken back.', async () =>
        confirm(words(each) + '? It cannot be taken back in Partner Center.') ? decide('agree')() : null);
    return el('section', { class: 'card' }, el('h3', {}, value(words(each))),
      el('p', { class: 'faint' }, 'Asked for by an assistant of ', value(each.askedBy), moment(each.askedAt), ' ',
        el('a', { href: '#deal/' + encodeURIComponent(each.record) }, 'See the deal')),
      el('div', { class: 'actions' }, agree, action('Decline', 'Nothing happens.', decide('decline'))));
  }
}

const words = each => (each.action === 'RETRY' ? 'Retry ' : 'Approve ') + each.record + (each.crm ? ' in ' + each.crm : '');
