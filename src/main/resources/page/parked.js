// Records that are parked: one part a cause, with its code and what to do about it.
import { action, ask, el, moment, say, value } from './common.js';
import { dealTable } from './deals.js';

export async function parked(view) {
  const head = el('div');
  const groups = el('div');
  const parts = new Map();
  let known = null;
  const draw = now => {
    if (view.left) {
      return;
    }
    head.replaceChildren(el('h2', {}, now.count ? now.count + ' parked' : 'Nothing is parked'), ...progress(now.retry), now.count ? el('div', { class: 'actions' },
      action('Retry all', 'All ' + now.count + ' are read again; those with nothing wrong any more are synced.', () =>
        confirm('Retry all ' + now.count + ' parked records?') ? retry({ all: true }) : null)) : '');
    const look = JSON.stringify(now.groups);
    if (look !== known) {
      known = look;
      groups.replaceChildren(...now.groups.map(group => part(view, group, parts, retry)));
    }
  };
  view.refresh = async () => draw(await ask('api/issues'));
  const retry = async body => {
    const done = await ask('api/issues/retry', body);
    await view.refresh();
    return done;
  };
  let reading = false;
  view.news = async () => {
    if (!reading) {
      reading = true;
      await view.refresh().catch(fault => say(fault.message));
      reading = false;
    }
  };
  view.place.replaceChildren(head, groups);
  await view.refresh();
}

function progress(retry) {
  if (!retry) {
    return [];
  }
  const told = retry.running ? 'Retrying: ' + retry.done + ' of ' + retry.of : 'Last retry: ' + retry.done + ' of ' + retry.of + ' handed over';
  return [retry.running ? el('progress', { max: retry.of, value: retry.done, 'aria-label': 'Progress of the retry' }) : '',
    el('p', { class: 'faint' }, told + ', asked for by ' + retry.who + ' ', moment(retry.begun), retry.fault ? '. ' + retry.fault : '')];
}

function part(view, group, parts, retry) {
  const list = parts.get(group.key) || el('div');
  parts.set(group.key, list);
  const show = async after => {
    try {
      const page = await ask('api/issues/' + group.key + (after ? '?after=' + after : ''));
      const more = page.next === null ? '' : el('button', { type: 'button', onclick: () => { more.remove(); show(page.next); } }, 'More');
      after ? list.append(dealTable(page.deals), more) : list.replaceChildren(dealTable(page.deals), more);
    } catch (fault) {
      say(fault.message);
    }
  };
  if (list.childNodes.length) {
    show(null);
  }
  return el('section', { class: 'card' }, el('h3', {}, group.count + (group.count > 1 ? ' records: ' : ' record: '), el('code', {}, group.code), group.about ? [' ', el('bdi', {}, group.about)] : ''),
    value(group.reason), group.remedy ? el('p', {}, el('strong', {}, 'What to do: '), group.remedy) : '',
    el('p', { class: 'faint' }, Object.entries(group.byCrm).map(([crm, count]) => crm + ' ' + count).join(', '), '; the first ', moment(group.first), ', the last ', moment(group.last)),
    el('div', { class: 'actions' }, el('div', {}, el('button', { type: 'button', onclick: () => list.childNodes.length ? list.replaceChildren() : show(null) }, 'Which?')),
      action('Retry these', 'They are read again; those with nothing wrong any more are synced.', () => retry({ group: group.key }))), list);
}
