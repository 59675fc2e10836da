// How the sync is as a whole, at this moment.
import { backfill } from './backfill.js';
import { charts } from './charts.js';
import { action, ask, el, moment, table, value } from './common.js';

const CHARTS_EVERY = 60000;

export async function overview(view) {
  const top = el('div');
  const day = el('div');
  const rest = el('div');
  const job = backfill(view);
  let known = '';
  // What did not change stays, with whatever somebody has selected or focused there.
  const draw = now => {
    const look = JSON.stringify({ ...now, at: null });
    if (!view.left && look !== known) {
      known = look;
      top.replaceChildren(...summary(now, view.release));
      rest.replaceChildren(...details(now));
    }
    if (!view.left) {
      asOf.textContent = 'As of ' + now.at.replace('T', ' ').replace('Z', ' UTC');
    }
  };
  const asOf = el('p', { class: 'faint' });
  let drawnAt = 0;
  const figures = async () => {
    if (Date.now() - drawnAt > CHARTS_EVERY) {
      drawnAt = Date.now();
      const open = day.querySelector('details')?.open;
      day.replaceChildren(await charts());
      const details = day.querySelector('details');
      if (details && open) {
        details.open = true;
      }
    }
  };
  view.news = now => {
    draw(now);
    job.news(now).catch(() => null);
    figures().catch(() => { drawnAt = 0; });
  };
  view.release = async stopped => {
    const done = await ask('api/release', stopped);
    await view.refresh();
    return done;
  };
  view.refresh = async () => draw(await ask('api/overview'));
  await view.refresh();
  if (!view.left) {
    view.place.replaceChildren(top, job.place, day, rest, asOf);
    await figures();
  }
}

function summary(now, release) {
  return [
    el('h2', {}, now.needsPerson.length ? 'What needs a person' : 'All is well'),
    now.needsPerson.length ? el('ul', { class: 'needs' }, now.needsPerson.map(need => el('li', {}, need.endsWith('under Parked') ? el('a', { href: '#parked' }, value(need)) : value(need)))) : null,
    now.stopped.length ? el('div', { class: 'actions' }, now.stopped.map(each => action('Release ' + each.crm + ' ' + each.direction,
      'What the brake has stopped is written, as both sides show it now.', () => confirm('Write all that the brake has stopped?') ? release({ crm: each.crm, direction: each.direction }) : null))) : null,
    now.sandbox ? el('p', { class: 'faint' }, 'Sandbox mode: the three systems are stand-ins; docs/sandbox.md says how to act in them.') : null,
    el('div', { class: 'cards' }, now.crms.map(card)),
  ].filter(Boolean);
}

function details(now) {
  return [
    el('h3', {}, 'Connections'),
    table('Connections', ['System', 'State', 'Signed in', 'To do'], now.connections.map(each => [each.system,
      [el('span', { class: each.state === 'UP' ? 'good' : 'bad' }, each.state === 'UP' ? 'works' : 'broken'), dated(', answered ', each.state === 'UP' && each.answered), dated(', broke ', each.state !== 'UP' && each.since)], value(each.user),
      value([each.problem, ...each.warnings].filter(Boolean).join('\n'))])),
    el('h3', {}, 'Webhook'),
    el('p', {}, value(now.webhook.alarm || now.webhook.registration), dated(' Checked ', now.webhook.lastChecked)),
    list('What waits because it cannot be taken back', now.held),
    list('Deadlines', now.deadlines),
    el('h3', {}, 'Mapping'),
    el('p', {}, Object.entries(now.mapping.versions).map(([crm, version]) => crm + ' ' + version).join(', '),
      now.mapping.lastEdit ? [', last edited ', moment(now.mapping.lastEdit)] : ''),
    now.instances.length > 1 ? [el('h3', {}, 'Instances'), table('Instances', ['Instance', 'State', 'Started'], now.instances.map(each => [each.name,
      el('span', { class: each.live ? 'good' : 'bad' }, each.live ? 'lives' : 'not seen for a while'), moment(each.started)]))] : null,
  ].flat().filter(Boolean);
}

function card(crm) {
  const number = (label, count, style) => el('div', {}, el('dt', {}, label), el('dd', { class: count ? style : null }, String(count)));
  return el('section', { class: 'card', 'aria-label': crm.name },
    el('h3', {}, crm.name, crm.paused ? el('span', { class: 'warn' }, ' (paused)') : ''),
    el('dl', { class: 'numbers' }, number('synced', crm.synced, 'good'), number('not synced', crm.notSynced, 'bad'), number('waiting', crm.backlog ?? '?', 'warn')),
    el('p', {}, crm.lastAgreed ? ['agreed ', moment(crm.lastAgreed)] : 'nothing agreed yet',
      crm.parked ? ['; ', el('a', { href: '#parked' }, crm.parked + ' parked'), dated(', the last ', crm.lastParked)] : ''),
    el('p', { class: 'faint' }, crm.wrote + ' written in the last hour', crm.backlog ? '; the oldest waits for ' + crm.oldest + ' s' : '',
      crm.orphaned ? '; of ' + crm.orphaned + ' one side is gone' : ''),
    el('dl', { class: 'facts' }, Object.entries(crm.told).map(([about, sentence]) => [el('dt', {}, about), el('dd', {}, value(sentence))])));
}

/** Words and how long ago it was; nothing without a time. */
function dated(words, at) {
  return at ? [words, moment(at)] : '';
}

function list(title, sentences) {
  return sentences.length ? el('section', {}, el('h3', {}, title), el('ul', {}, sentences.map(each => el('li', {}, value(each))))) : null;
}
