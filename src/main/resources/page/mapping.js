// The mapping rows as they stand in the files, and another text tried with a real deal.
import { ask, el, mayAct, moment, value } from './common.js';
import { comparison } from './preview.js';

export async function mapping(view) {
  const place = el('div');
  const draw = now => view.left || place.replaceChildren(
    now.fault ? el('div', { class: 'bad' }, el('strong', {}, 'The last edit is not in force'), value(now.fault)) : el('p', { class: 'faint' }, 'As it is in force.'),
    now.checked ? el('p', { class: 'faint' }, 'Compared with the CRM ', moment(now.checked), ': what was found stands at the rows.') : '',
    ...now.files.flatMap(file => [el('h3', {}, 'routes/' + file.file, el('span', { class: 'faint' }, ' version ' + file.version)),
      file.notes.map(note), ...file.tables.map(table)]));
  const now = await ask('api/mapping');
  if (view.left) {
    return;
  }
  view.refresh = async () => draw(await ask('api/mapping'));
  view.place.replaceChildren(el('h2', {}, 'Mapping'), trial(now.files, view.id), place);
  draw(now);
}

function table(each) {
  const columns = ['Line', ...each.columns.length ? each.columns : ['CRM field', 'Partner Center field', 'converter', 'to the CRM', 'to Partner Center', 'if both changed']];
  return el('table', { class: 'wide' }, el('caption', { class: 'faint' }, each.name),
    el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column)))),
    el('tbody', {}, each.rows.map(row => el('tr', {}, el('td', { 'data-label': 'Line' }, String(row.line)), row.cells.map((cell, i) =>
      el('td', { 'data-label': columns[i + 1] }, el('code', {}, cell), i === 0 ? [row.notes.map(text => el('div', { class: 'faint' }, text)), row.check.map(note)] : ''))))));
}

function note(found) {
  return el('div', { class: { OK: 'good', WARNING: 'warn', FAULT: 'bad' }[found.state] }, found.says);
}

/** Nothing of what is typed here is kept or comes into force. @param id of the deal to try it with; empty when nobody has said */
function trial(files, id) {
  if (!mayAct()) {
    return el('p', { class: 'faint' }, 'Trying another text takes the role operator.');
  }
  const outcome = el('div', { 'aria-live': 'polite' });
  const text = el('textarea', { name: 'text', rows: 18, spellcheck: 'false', wrap: 'off', required: true });
  const several = files.some((file, i) => files.findIndex(other => other.crm === file.crm) !== i);
  const choice = el('select', { onchange: () => fill() }, files.map((file, i) => el('option', { value: String(i) }, several ? file.crm + ', ' + file.file : file.crm)));
  const chosen = () => files[Number(choice.value)];
  const fill = () => { text.value = chosen().text; };
  const button = el('button', {}, 'Try it');
  const form = el('form', { class: 'trial', onsubmit: async event => {
    event.preventDefault();
    button.disabled = true;
    outcome.replaceChildren(el('p', { class: 'faint' }, 'Both sides are read…'));
    try {
      const answer = await ask('api/mapping/try', { crm: chosen().crm, file: chosen().file, ...Object.fromEntries(new FormData(form)) });
      outcome.replaceChildren(el('p', {}, 'With this text; nothing was written.'), ...answer.previews.map(comparison));
    } catch (fault) {
      outcome.replaceChildren(el('div', { class: 'bad' }, value(fault.message)));
    } finally {
      button.disabled = false;
    }
  } }, el('label', {}, 'CRM', choice), el('label', {}, 'Deal: id of its referral or of its record in the CRM', el('input', { name: 'id', required: true, maxlength: 200, autocomplete: 'off', value: id })),
    el('label', { class: 'whole' }, 'Mapping file: edit it, or paste another one', text), button,
    el('p', { class: 'faint whole' }, 'Shows what would be read and written with this text. Nothing is written, and the file in force stays as it is.'));
  fill();
  return el('details', { class: 'card', open: Boolean(id) }, el('summary', {}, 'Try another text with a real deal'), form, outcome);
}
