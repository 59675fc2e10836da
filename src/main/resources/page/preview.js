// Both sides of a deal, row by row, and what a sync would write.
import { el, table, value } from './common.js';

export function comparison(preview) {
  return el('section', {}, el('h4', {}, preview.crm), preview.words.map(words => el('p', {}, words)),
    preview.faults.length ? el('ul', { class: 'bad' }, preview.faults.map(fault => el('li', {}, value(fault)))) : '',
    preview.says.length && !preview.faults.length ? el('ul', {}, preview.says.map(sentence => el('li', {}, value(sentence)))) : '',
    preview.writes.length ? [el('strong', {}, 'Would be written'), table('Would be written', ['System', 'Field', 'Value'], preview.writes.map(write =>
      [write.system, el('code', {}, write.field), value(write.value)]))] : '',
    table('Mapping rows', ['Row', 'Partner Center', 'CRM', 'Last agreed', 'Moved', 'What follows', 'Rule'], preview.rows.map(row => ({
      class: ['SAME', 'STAYS', 'NOT_SENT', 'NOT_COMPARED'].includes(row.outcome) ? null : 'moves',
      cells: [[el('code', {}, row.field), el('br'), el('code', { class: 'faint' }, row.partnerCenterField)], value(row.partnerCenter), value(row.crm), agreed(row.agreed),
        row.moved ? row.moved.toLowerCase().replace(/_/g, ' ') : '', [row.words, ...row.says.map(value)],
        row.rule ? el('code', { title: row.rule.text }, row.rule.file + ' line ' + row.rule.line) : ''] }))));
}

function agreed(values) {
  return values === null ? '' : JSON.stringify(values.partnerCenter) === JSON.stringify(values.crm) ? value(values.crm)
    : [value(values.partnerCenter), value(values.crm)];
}
