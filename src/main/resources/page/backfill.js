// The last backfill as it stands on the overview, and what an operator may do about it.
import { action, ask, el, moment, say, table, value } from './common.js';

const AT_WORK = ['COUNTING', 'RUNNING'];
const PHASES = { COUNTING: 'counts, nothing is written', COUNTED: 'is counted, nothing was written', ASKING: 'waits for a person', RUNNING: 'hands records to the sync',
  STOPPED: 'is stopped', DONE: 'is done', FAILED: 'failed' };
const KINDS = [['EQUAL', 'agree'], ['CREATE', 'to create'], ['UPDATE', 'to update'], ['CLOSE', 'to close'], ['LEAD', 'leads, not foreseen'], ['FAULTY', 'faulty'], ['LEFT', 'left alone']];
const MOST_CAUSES = 10;

/** The element, and what is to be called with each overview. */
export function backfill(view) {
  const told = el('div');
  const buttons = el('div');
  const place = el('section', { 'aria-label': 'Backfill' }, told, buttons);
  let known = null;
  let before = null;
  let sources = '';
  let phase;
  const read = async () => draw((await ask('api/backfills')).last);
  const draw = job => {
    if (view.left) {
      return;
    }
    phase = job && job.phase;
    told.replaceChildren(...job ? standing(job, rate(job)) : []);
    // Whoever is about to press a button finds it where it was.
    if (known !== (job && job.id + job.phase)) {
      known = job && job.id + job.phase;
      buttons.replaceChildren(job ? steering(job, read) : '');
    }
  };
  const rate = job => {
    const now = { id: job.id, phase: job.phase, at: Date.now(), count: job.phase === 'RUNNING' ? job.done : looked(job) };
    const last = before;
    before = now;
    return last && AT_WORK.includes(job.phase) && last.id === now.id && last.phase === now.phase && now.at > last.at
      ? Math.round((now.count - last.count) * 1000 / (now.at - last.at)) : null;
  };
  return { place, async news(overview) {
    const wanted = ['partner-center', ...overview.crms.map(crm => crm.name)];
    if (sources !== wanted.join()) {
      sources = wanted.join();
      place.append(begin(wanted, read));
    }
    if (phase !== overview.backfill || AT_WORK.includes(overview.backfill)) {
      await read();
    }
  } };
}

const looked = job => Object.values(job.found).reduce((sum, count) => sum + count, 0);

function standing(job, rate) {
  const speed = rate === null ? '' : ', ' + rate + ' a second';
  const running = job.phase === 'RUNNING';
  return [el('h3', {}, 'Backfill of ' + job.source + ' ' + PHASES[job.phase]),
    AT_WORK.includes(job.phase) ? progress(job, running) : '',
    job.reason ? el('p', { class: job.phase === 'FAILED' ? 'bad' : 'warn' }, value(job.reason)) : '',
    el('p', {}, looked(job) + ' looked at', job.toLook ? ', ' + job.toLook + ' to look at' : '', running ? '' : speed, ': ',
      KINDS.filter(([kind]) => job.found[kind]).map(([kind, words]) => job.found[kind] + ' ' + words).join(', ') || 'none yet'),
    job.handed ? el('p', {}, job.done + ' of ' + job.toHand + ' synced', running ? speed : '', job.otherwise ? '; ' + job.otherwise + ' came out otherwise than foreseen' : '') : '',
    job.causes.length ? table('Why', ['Records', 'CRM', 'What', 'Why'], job.causes.slice(0, MOST_CAUSES).map(each =>
      [String(each.count), each.crm, each.kind.toLowerCase(), value(each.cause)])) : '',
    el('p', { class: 'faint' }, 'Asked for by ' + job.askedBy + ' ', moment(job.begun), job.since ? '; changed since ' + job.since : '', job.where ? '; where ' + job.where : '',
      job.ended ? ['; ended ', moment(job.ended)] : '')];
}

function progress(job, running) {
  const total = running ? job.toHand : job.listed ? looked(job) + job.toLook : null;
  return el('progress', { max: total, value: total === null ? null : running ? job.done : looked(job), 'aria-label': 'Progress of the backfill' });
}

/** To let it go ends the first sync of its system, also when it found nothing to hand over. */
const endsFirstSync = job => job.nextLimit !== null && !job.since && !job.where;

function steering(job, read) {
  const act = what => async () => {
    await ask('api/backfill/' + job.id + '/' + what, {});
    await read();
  };
  const limit = job.nextLimit === null ? '' : ', ' + job.nextLimit + ' at most, a record once for each CRM; then it asks again';
  const waits = ['COUNTED', 'ASKING'].includes(job.phase);
  const differs = job.toHand > job.handed;
  return el('div', { class: 'actions' },
    waits && differs || job.phase === 'STOPPED' ? action(job.phase === 'STOPPED' ? 'Go on' : 'Let it go',
      'What differs is handed to the sync, behind live changes' + limit + '.', () => confirm('Have ' + job.source + ' synced as counted?') ? act('go')() : null) : '',
    waits && !differs && endsFirstSync(job) ? action('Let it go', 'There is nothing to hand over. From then on what is new in ' + job.source + ' is synced.',
      () => confirm('Have what is new in ' + job.source + ' synced from now on?') ? act('go')() : null) : '',
    AT_WORK.includes(job.phase) || job.phase === 'ASKING' ? action('Stop', 'What was handed over already is still done.', act('stop')) : '');
}

function begin(sources, read) {
  const choice = el('select', { name: 'source' }, sources.map(source => el('option', { value: source }, source)));
  return el('details', { class: 'card' }, el('summary', {}, 'Go through all records of a system'),
    el('label', {}, 'System', choice), action('Count', 'Counts what a sync of each record would do, and why some cannot be synced. Nothing is written.', async () => {
      await ask('api/backfill', { source: choice.value, dryRun: true });
      say('');
      await read();
    }));
}
