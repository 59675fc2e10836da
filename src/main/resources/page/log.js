// What is decided about all deals, as it happens.
import { ask, dealLink, el, moment, table, value } from './common.js';

const MOST = 500;
let wanted = { text: '', crm: '' };

export async function log(view) {
  const crms = (await ask('api/overview')).crms.map(crm => crm.name);
  const lines = new Map();
  const place = el('div');
  const told = el('p', { class: 'faint', role: 'status' });
  let paused = false;
  let behind = 0;
  const draw = () => {
    const shown = [...lines.values()].sort((one, other) => other.id - one.id);
    place.replaceChildren(shown.length ? table('Decisions, newest first', ['When', 'CRM', 'Deal', 'What was found', 'What was done'], shown.map(row))
      : el('p', {}, 'Nothing that fits was decided lately.'));
  };
  const tell = () => {
    told.textContent = paused ? 'Paused' + (behind ? ', ' + behind + ' new' : '') : 'New decisions appear by themselves.';
  };
  const take = (news, drawn) => {
    const fresh = news.filter(line => !lines.has(line.id));
    fresh.forEach(line => lines.set(line.id, line));
    [...lines.keys()].sort((one, other) => other - one).slice(MOST).forEach(id => lines.delete(id));
    if (paused && !drawn) {
      behind += fresh.length;
    } else if (fresh.length || drawn) {
      draw();
    }
    tell();
  };
  const read = async drawn => {
    const asked = wanted;
    const answer = await ask('api/log', asked);
    // An answer to what was looked for before comes too late.
    if (asked === wanted) {
      take(answer.lines, drawn);
    }
  };
  const pause = el('button', { type: 'button', 'aria-pressed': 'false', onclick: () => {
    paused = !paused;
    behind = 0;
    pause.textContent = paused ? 'Resume' : 'Pause';
    pause.setAttribute('aria-pressed', String(paused));
    paused || draw();
    tell();
  } }, 'Pause');
  const form = el('form', { role: 'search', onsubmit: async event => {
    event.preventDefault();
    wanted = Object.fromEntries(new FormData(form));
    lines.clear();
    try {
      await read(true);
    } catch (fault) {
      place.replaceChildren(el('p', { class: 'bad' }, fault.message));
    }
  } }, el('label', {}, 'Part of what is shown', el('input', { name: 'text', type: 'search', maxlength: 200, value: wanted.text, autocomplete: 'off' })),
    el('label', {}, 'CRM', el('select', { name: 'crm' }, ['', ...crms].map(crm => el('option', { value: crm, selected: crm === wanted.crm }, crm || 'all')))),
    el('button', {}, 'Filter'), pause);
  if (view.left) {
    return;
  }
  view.place.replaceChildren(el('h2', {}, 'Log of decisions'), form, told, place);
  view.decisions = news => take(news.filter(fits), false);
  view.refresh = () => read(false);
  await read(true);
}

/** What is asked for is filtered where all of it is kept, in details longer than what is shown; what comes later here. */
function fits(line) {
  const entry = line.entry;
  const text = [entry.detail, entry.action, words(entry.action), entry.referralId, entry.crmId, entry.words, line.name].filter(Boolean).join('\n').toLowerCase();
  return (!wanted.crm || wanted.crm === entry.crm) && text.includes(wanted.text.trim().toLowerCase());
}

const words = name => name.toLowerCase().replace(/_/g, ' ');

function row(line) {
  const entry = line.entry;
  const id = entry.referralId || entry.crmId;
  return [moment(entry.at), entry.crm, id ? dealLink(id, line.name) : '', entry.words || words(entry.situation),
    [el('span', {}, words(entry.action)), entry.detail ? value(entry.detail) : '']];
}
