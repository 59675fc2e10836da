// Which view is shown, and what all views have in common. Every value is put in as text, never as HTML.
import { ask, el, passTime, say } from './common.js';
import { overview } from './overview.js';
import { deals, deal } from './deals.js';
import { parked } from './parked.js';
import { mapping } from './mapping.js';
import { requests } from './requests.js';
import { log } from './log.js';

const VIEWS = { overview, deals, deal, parked, mapping, log, requests };
let shown = null;
let latest = null;
let events = null;
let withLog = false;
/** News come every two seconds, or why there are none, for which a database that is away is waited for ten seconds. */
const SILENCE = 15000;
/** What is wrong with the connection; empty when nothing is. */
let line = 'connecting…';
let heard = Date.now();
/** Why there are no news; empty when nobody said so. */
let away = '';

/** Whether what is shown is how it is now. */
function tellHowOld() {
  const since = new Date(heard).toLocaleTimeString();
  const old = away || Date.now() - heard > SILENCE;
  put('live', line || (old ? 'no news since ' + since : 'live'));
  put('away', away && away + '. What is shown is as it was at ' + since + '.');
}

/** What did not change is not read out again. */
function put(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

async function show() {
  const [name, ...rest] = location.hash.slice(1).split('/');
  const view = VIEWS[name] ? name : 'overview';
  const id = rest.map(decodeURIComponent).join('/');
  shown?.leave?.();
  shown = null;
  say('');
  for (const link of document.querySelectorAll('nav a')) {
    const current = link.hash === '#' + view || view === 'deal' && link.hash === '#deals';
    current ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
  const place = document.getElementById('view');
  const mine = { place, id, left: false, failed: false, leave() { this.left = true; }, refresh: null, news: null, decisions: null };
  shown = mine;
  listen(view === 'log');
  place.replaceChildren(el('p', { class: 'faint' }, 'Loading…'));
  try {
    await VIEWS[view](mine);
    if (latest && !mine.left) {
      mine.news?.(latest);
    }
    document.title = (place.querySelector('h2')?.textContent || 'Overview') + ' · Cosell Sync';
  } catch (fault) {
    if (!mine.left) {
      mine.failed = true;
      place.replaceChildren(el('h2', {}, 'This cannot be shown'), el('p', {}, fault.message),
        view === 'deal' ? el('p', {}, el('a', { href: '#deals' }, 'Look for it by its name or its customer')) : '');
    }
  }
}

/** One connection for everything, because a browser has few of them for a site. */
function listen(log) {
  if (events && withLog === log && events.readyState !== EventSource.CLOSED) {
    return;
  }
  events?.close();
  withLog = log;
  const mine = events = new EventSource('api/events' + (log ? '?log' : ''));
  let lost = false;
  mine.onopen = () => {
    line = '';
    tellHowOld();
    if (lost || log) {
      lost = false;
      shown?.failed ? show() : shown?.refresh?.();
    }
  };
  mine.onmessage = message => {
    latest = JSON.parse(message.data);
    const back = away !== '';
    away = '';
    heard = Date.now();
    tellHowOld();
    const count = latest.crms.reduce((sum, crm) => sum + crm.parked, 0);
    document.getElementById('parked-count').textContent = count ? '(' + count + ')' : '';
    back && shown?.failed ? show() : shown?.news?.(latest);
  };
  mine.addEventListener('away', message => {
    away = JSON.parse(message.data).error;
    tellHowOld();
  });
  mine.addEventListener('log', message => shown?.decisions?.(JSON.parse(message.data)));
  mine.onerror = () => {
    lost = true;
    line = 'not connected; trying again';
    away = '';
    tellHowOld();
    if (mine === events && mine.readyState === EventSource.CLOSED) {
      // An ended session is told of by a question; a stream says nothing.
      greet();
      setTimeout(() => mine === events && listen(log), 3000);
    }
  };
}

async function greet() {
  try {
    const me = await ask('api/me');
    document.body.dataset.role = me.role;
    document.getElementById('requests-link').hidden = !me.requests;
    document.getElementById('sign-out').hidden = !me.session;
    document.getElementById('who').textContent = me.name + (me.role === 'viewer' ? ' (may look, not act)' : '');
  } catch (fault) {
    say(fault.message);
  }
}

addEventListener('hashchange', async () => {
  await show();
  document.getElementById('view').focus({ preventScroll: true });
  scrollTo(0, 0);
});
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  document.getElementById('view').focus();
});
document.getElementById('sign-out').addEventListener('click', async () => {
  try {
    await ask('api/sign-out', {});
    location.assign('sign-in/out');
  } catch (fault) {
    say(fault.message);
  }
});
// Whoever had to sign in comes back to where they were.
const place = sessionStorage.getItem('place');
sessionStorage.removeItem('place');
if (place && !location.hash) {
  location.replace(place);
}
setInterval(passTime, 10000);
setInterval(tellHowOld, 5000);
await greet();
show();
