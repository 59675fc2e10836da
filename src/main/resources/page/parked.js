// Records that are parked: one part a cause, with its code and what to do about it.
import { action, ask, el, moment, say, value } from './common.js';
import { dealTable } from './deals.js';

/** So few causes, and so few deals of one, are shown with their deals at once. */
const FEW = 5;

export async function parked(view) {
  const head = el('div');
  const groups = el('div');
  const parts = new Map();
  let known = null;
  let causes = null;
  const draw = now => {
    const look = JSON.stringify(now);
    if (view.left || look === known) {
      return;
    }
    known = look;
    head.replaceChildren(el('h2', {}, now.count ? now.count + ' parked' : 'Nothing is parked'),
      now.count ? el('p', { class: 'faint' }, 'A parked deal is not synced until somebody mends what is wrong. An edit of the deal itself is noticed; after any other, such as one of its account, retry it. A deal with two causes stands under both.') : '',
      ...progress(now.retry), now.count > 1 ? el('div', { class: 'actions' },
      action('Retry all', 'All ' + now.count + ' are read again; those with nothing wrong any more are synced.', () =>
        confirm('Retry all ' + now.count + ' parked records?') ? retry({ all: true }) : null)) : '');
    if (JSON.stringify(now.groups) !== causes) {
      causes = JSON.stringify(now.groups);
      groups.replaceChildren(...now.groups.map(group => part(group, parts, now.groups.length <= FEW && group.count <= FEW, retry)));
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

function part(group, parts, few, retry) {
  const mine = parts.get(group.key) || { list: el('div'), shown: few };
  const list = mine.list;
  parts.set(group.key, mine);
  const show = async after => {
    try {
      const page = await ask('api/issues/' + group.key + (after ? '?after=' + after : ''));
      const more = page.next === null ? '' : el('button', { type: 'button', onclick: () => { more.remove(); show(page.next); } }, 'More');
      after ? list.append(dealTable(page.deals), more) : list.replaceChildren(dealTable(page.deals), more);
    } catch (fault) {
      say(fault.message);
    }
  };
  const toggle = el('button', { type: 'button', onclick: () => {
    mine.shown = !mine.shown;
    mine.shown ? show(null) : list.replaceChildren();
    tell();
  } });
  const tell = () => {
    toggle.textContent = mine.shown ? 'Hide the deals' : 'Show the deals';
    toggle.setAttribute('aria-expanded', String(mine.shown));
  };
  tell();
  if (mine.shown) {
    show(null);
  }
  return el('section', { class: 'card' }, el('h3', {}, group.count + (group.count > 1 ? ' records: ' : ' record: '), el('code', {}, group.code), group.about ? [' ', el('bdi', {}, group.about)] : ''),
    value(group.reason), group.remedy ? el('p', {}, el('strong', {}, 'What to do: '), group.remedy) : '',
    el('p', { class: 'faint' }, Object.entries(group.byCrm).map(([crm, count]) => crm + ' ' + count).join(', '), '; the first ', moment(group.first), ', the last ', moment(group.last)),
    el('div', { class: 'actions' }, el('div', {}, toggle),
      action(group.count > 1 ? 'Retry these' : 'Retry this one', 'When it is mended: both sides are read again, and what has nothing wrong any more is synced.', () => retry({ group: group.key }))), list);
}
