// Charts of the last day, drawn as SVG. Whoever does not see them has the same figures in a table.
import { ask, el, table } from './common.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 720;
const HEIGHT = 150;
const LEFT = 40;
const BOTTOM = 20;
const HOUR = 60;
/** Minutes that are drawn as one: single ones would be a thicket. */
const STEP = 10;
const MEAN = counts => counts.reduce((sum, count) => sum + count, 0) / counts.length;
const MOST = counts => Math.max(...counts);
let number = 0;

export async function charts() {
  const day = await ask('api/figures');
  const counted = day.crms.filter(crm => crm.changes.some(count => count !== null));
  return el('section', { class: 'charts' }, el('h3', {}, 'The last day'), counted.length ? [
    figure('Changes per minute', 'Decisions that wrote to a system, as the mean of ten minutes', day, counted, 'changes', MEAN),
    figure('Waiting', 'Hints that waited, the most of ten minutes', day, counted, 'backlog', MOST),
    el('details', {}, el('summary', {}, 'The same as a table'), hours(day, counted)),
  ] : el('p', { class: 'faint' }, 'The first figures are written down when a minute has passed.'));
}

function draw(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

function figure(name, what, day, crms, key, together) {
  const steps = counts => Array.from({ length: day.minutes / STEP }, (none, i) => {
    const part = counts.slice(i * STEP, (i + 1) * STEP).filter(count => count !== null);
    return part.length ? together(part) : null;
  });
  const most = Math.max(1, Math.ceil(Math.max(...crms.flatMap(crm => steps(crm[key])))));
  const id = 'chart-' + ++number;
  const x = minute => LEFT + minute * (WIDTH - LEFT) / day.minutes;
  const y = count => HEIGHT - BOTTOM - count * (HEIGHT - BOTTOM - 8) / most;
  const said = crms.map(crm => crm.name + ': at most ' + Math.max(0, ...crm[key]) + ' in a minute, at the end ' + (crm[key].findLast(count => count !== null) ?? 0)).join('; ');
  const svg = draw('svg', { viewBox: '0 0 ' + WIDTH + ' ' + HEIGHT, role: 'img', 'aria-labelledby': id + '-title ' + id + '-desc' },
    draw('title', { id: id + '-title' }, name + ' over the last day'), draw('desc', { id: id + '-desc' }, what + '. ' + said),
    ...[0, most].map(count => draw('g', {}, draw('line', { class: 'axis', x1: LEFT, x2: WIDTH, y1: y(count), y2: y(count) }),
      draw('text', { x: LEFT - 6, y: y(count) + 4, 'text-anchor': 'end' }, String(count)))),
    ...[0, 6, 12, 18].map(hour => draw('text', { x: x(hour * HOUR), y: HEIGHT - 4 }, clock(day.from, hour * HOUR))),
    ...crms.map((crm, i) => draw('path', { class: 'line line-' + i % 4, d: line(steps(crm[key]), step => x((step + .5) * STEP), y) })));
  return el('figure', {}, el('figcaption', {}, name, crms.map((crm, i) => el('span', { class: 'key line-' + i % 4 }, crm.name))), svg);
}

/** One path; it is broken where nobody counted. */
function line(counts, x, y) {
  let path = '';
  let pen = false;
  counts.forEach((count, step) => {
    if (count !== null) {
      path += (pen ? 'L' : 'M') + x(step).toFixed(1) + ' ' + y(count).toFixed(1) + (pen ? '' : 'h.5');
    }
    pen = count !== null;
  });
  return path;
}

const clock = (from, minutes) => new Date(Date.parse(from) + minutes * 60000).toTimeString().slice(0, 5);

function hours(day, crms) {
  const rows = [];
  for (let first = 0; first < day.minutes; first += HOUR) {
    const part = (crm, key) => crm[key].slice(first, first + HOUR).filter(count => count !== null);
    if (crms.some(crm => part(crm, 'changes').length)) {
      rows.push([clock(day.from, first) + ' to ' + clock(day.from, first + HOUR), ...crms.flatMap(crm => [
        String(part(crm, 'changes').reduce((sum, count) => sum + count, 0)), String(Math.max(0, ...part(crm, 'backlog')))])]);
    }
  }
  return table('Figures of the last day by the hour', ['Hour', ...crms.flatMap(crm => [crm.name + ': changes', crm.name + ': most that waited'])], rows);
}
