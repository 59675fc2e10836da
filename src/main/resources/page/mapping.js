// The mapping rows as they stand in the files.
import { ask, el, value } from './common.js';

export async function mapping(view) {
  const draw = now => view.left || view.place.replaceChildren(el('h2', {}, 'Mapping'),
    now.fault ? el('div', { class: 'bad' }, el('strong', {}, 'The last edit is not in force'), value(now.fault)) : el('p', { class: 'faint' }, 'As it is in force.'),
    ...now.files.flatMap(file => [el('h3', {}, 'routes/' + file.file, el('span', { class: 'faint' }, ' version ' + file.version)),
      ...file.tables.map(table)]));
  view.refresh = async () => draw(await ask('api/mapping'));
  await view.refresh();
}

function table(each) {
  const columns = ['Line', ...each.columns.length ? each.columns : ['CRM field', 'Partner Center field', 'converter', 'to the CRM', 'to Partner Center', 'if both changed']];
  return el('table', { class: 'wide', 'aria-label': each.name }, el('caption', { class: 'faint' }, each.name),
    el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column)))),
    el('tbody', {}, each.rows.map(row => el('tr', {}, el('td', { 'data-label': 'Line' }, String(row.line)), row.cells.map((cell, i) =>
      el('td', { 'data-label': columns[i + 1] }, el('code', {}, cell), i === 0 ? row.notes.map(note => el('div', { class: 'faint' }, note)) : ''))))));
}
