// Deals as people look for them, and one deal: why it is as it is, and what would happen.
import { action, ask, dealLink, dealPath, el, mayAct, moment, table, value } from './common.js';
import { comparison } from './preview.js';

const STATES = [['', 'all'], ['LINKED', 'synced'], ['PARKED', 'parked'], ['CLAIMED', 'parked before it was joined'], ['ORPHANED', 'one side is gone']];
let wanted = { text: '', state: '', crm: '' };

export async function deals(view) {
  const crms = (await ask('api/overview')).crms.map(crm => crm.name);
  const results = el('div', { 'aria-live': 'polite' });
  const field = (label, input) => el('label', {}, label, input);
  const choice = (name, options) => el('select', { name }, options.map(([key, text]) => el('option', { value: key, selected: wanted[name] === key }, text)));
  const form = el('form', { role: 'search', onsubmit: event => {
    event.preventDefault();
    wanted = Object.fromEntries(new FormData(form));
    find(view, results, null);
  } }, field('Name, customer or an id', el('input', { name: 'text', type: 'search', maxlength: 200, value: wanted.text, autocomplete: 'off' })),
    field('State', choice('state', STATES)), field('CRM', choice('crm', [['', 'all'], ...crms.map(crm => [crm, crm])])), el('button', {}, 'Search'));
  if (view.left) {
    return;
  }
  view.place.replaceChildren(el('h2', {}, 'Deals'), form, results);
  view.refresh = () => find(view, results, null);
  await find(view, results, null);
}

async function find(view, results, after) {
  try {
    const page = await ask('api/deals/search', { ...wanted, after });
    if (view.left) {
      return;
    }
    const more = page.next === null ? null : el('button', { type: 'button', onclick: () => { more.remove(); find(view, results, page.next); } }, 'More');
    const part = page.deals.length || after ? dealTable(page.deals) : el('p', {}, 'No deal fits.');
    after ? results.append(part, more || '') : results.replaceChildren(part, more || '');
  } catch (fault) {
    results.replaceChildren(el('p', { class: 'bad' }, fault.message));
  }
}

export function dealTable(list) {
  return table('Deals', ['Deal', 'Customer', 'CRM', 'State', 'Since', 'Reason'], list.map(deal => [dealLink(deal.id, deal.name), value(deal.customer), deal.crm,
    state(deal), moment(deal.since), deal.reason ? value(deal.reason) : '']));
}

function state(deal) {
  return el('span', { class: deal.state === 'LINKED' ? 'good' : 'bad' }, deal.words);
}

export async function deal(view) {
  const compared = el('div', { 'aria-live': 'polite' });
  const told = el('div');
  let known = '';
  const draw = why => {
    const look = JSON.stringify(why);
    if (view.left || look === known) {
      return false;
    }
    known = look;
    const name = why.links.map(link => link.deal.name).find(Boolean) || why.id;
    told.replaceChildren(el('h2', {}, value(name)), ...why.links.map(link => standing(link.deal)), buttons(view, why, read), more(view, why), el('h3', {}, 'What was decided, newest first'),
      table('History', ['When', 'CRM', 'What was found', 'What was done'], why.history.map(entry => [moment(entry.at), entry.crm, [entry.words || entry.situation, entry.code ? [' ', el('code', {}, entry.code)] : ''],
        [el('span', {}, entry.action.toLowerCase().replace(/_/g, ' ')), entry.detail ? value(entry.detail) : '']])), why.more ? el('p', { class: 'faint' }, 'There are older entries.') : '');
    return true;
  };
  const compare = async () => {
    compared.replaceChildren(el('p', { class: 'faint' }, 'Both sides are read…'));
    try {
      const answer = await ask(dealPath(view.id) + '/preview');
      compared.replaceChildren(...answer.previews.map(comparison));
    } catch (fault) {
      compared.replaceChildren(el('p', { class: 'bad' }, fault.message));
    }
  };
  const read = async () => draw(await ask(dealPath(view.id))) && compare();
  let reading = false;
  view.news = async () => {
    if (!reading && !document.hidden) {
      reading = true;
      await read().catch(() => null);
      reading = false;
    }
  };
  view.refresh = read;
  view.place.replaceChildren(told, el('h3', {}, 'Both sides now, and what a sync would do'),
    el('button', { type: 'button', onclick: compare }, 'Compare again'), compared);
  const why = await ask(dealPath(view.id)).catch(fault => {
    view.news = null;
    throw fault;
  });
  draw(why);
  compare();
}

function standing(deal) {
  return el('section', { class: 'card', 'aria-label': deal.crm }, el('p', {}, deal.crm + ': ', state(deal), deal.state === 'LINKED' ? ', agreed ' : ', ', moment(deal.since)),
    deal.reason ? el('div', { class: 'reason' }, el('strong', {}, deal.state === 'ORPHANED' ? 'What happened' : 'Why it is parked, and what to do'), value(deal.reason)) : '',
    deal.held.map(held => el('p', { class: 'warn' }, held.what + (held.until ? ' waits until ' + held.until : ' waits for approval'))),
    deal.deadlines.map(sentence => el('p', { class: 'warn' }, sentence)),
    el('dl', { class: 'facts' }, [['Customer', deal.customer], ['Referral', deal.referralId, deal.referralPage], ['Record in the CRM', deal.crmId, deal.crmPage]].map(([term, what, page]) =>
      [el('dt', {}, term), el('dd', {}, page ? el('a', { href: page, target: '_blank', rel: 'noopener' }, value(what)) : value(what))])));
}

/** Where else to look. */
function more(view, why) {
  const referral = why.links.map(link => link.deal.referralId).find(Boolean);
  return el('p', { class: 'faint' }, referral && why.links.length === 1 && view.id !== referral ? [el('a', { href: '#deal/' + encodeURIComponent(referral) }, 'This deal in every CRM'), ' · '] : '',
    why.links.length && mayAct() ? el('a', { href: '#mapping/' + encodeURIComponent(view.id) }, 'Try another mapping with this deal') : '');
}

function buttons(view, why, read) {
  const post = what => async () => {
    const done = await ask(dealPath(view.id) + '/' + what, {});
    await read();
    return done;
  };
  const isParked = why.links.some(link => ['PARKED', 'CLAIMED'].includes(link.deal.state));
  const isHeld = why.links.some(link => link.deal.held.length);
  return !why.links.length ? '' : el('div', { class: 'actions' },
    isParked ? action('Retry', 'When it is mended: both sides are read again, and the deal is synced if nothing is wrong any more.', post('retry'))
      : action('Look again', 'Both sides are read again now, and what differs is synced.', post('look-again')),
    isHeld ? action('Approve', 'Everything that is held back goes. It cannot be taken back in Partner Center.', async () =>
      confirm('Approve? It cannot be taken back in Partner Center.') ? post('approve')() : null) : '');
}
