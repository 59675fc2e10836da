// What assistants asked for: nothing of it happens before a person agrees.
import { action, ask, el, moment, table, value } from './common.js';

export async function requests(view) {
  const draw = now => view.left || view.place.replaceChildren(
    el('h2', {}, now.waiting.length ? now.waiting.length + ' waiting for a person' : 'No request waits'),
    el('p', { class: 'faint' }, 'Assistants asked for this over MCP. It happens when you agree, and is over after a day.'),
    ...now.waiting.map(part),
    now.decided.length ? el('h3', {}, 'Over') : '',
    now.decided.length ? table('Over', ['Asked', 'By an assistant of', 'For', 'State', 'By', 'What came of it'], now.decided.map(each => [
      moment(each.askedAt), value(each.askedBy), value(words(each)), each.state.toLowerCase(), value(each.by), value(each.outcome)])) : '');
  view.refresh = async () => draw(await ask('api/requests'));
  view.news = () => view.refresh().catch(() => null);
  await view.refresh();

  function part(each) {
    const decide = what => async () => {
      const done = await ask('api/requests/' + each.id + '/' + what, {});
      await view.refresh();
      return done;
    };
    return el('section', { class: 'card' }, el('h3', {}, value(words(each))),
      el('p', { class: 'faint' }, 'Asked for by an assistant of ', value(each.askedBy), moment(each.askedAt), ' ',
        el('a', { href: '#deal/' + encodeURIComponent(each.record) }, 'See the deal')),
      el('div', { class: 'actions' }, action('Agree', each.action === 'RETRY' ? 'It is read again and synced if nothing is wrong any more.'
        : 'What is held back goes, and cannot be taken back.', decide('agree')), action('Decline', 'Nothing happens.', decide('decline'))));
  }
}

const words = each => (each.action === 'RETRY' ? 'Retry ' : 'Approve ') + each.record + (each.crm ? ' in ' + each.crm : '');
