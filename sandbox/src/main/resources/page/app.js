// Starts the page, and fetches each topic again when the server announces a change.
import { byId, refreshTimes } from '/page/dom.js';
import { refreshChat, become, startComposer } from '/page/chat.js';
import { drawModal } from '/page/modal.js';
import { refreshLog, refreshRuns, refreshInstances, refreshPulls, refreshParts, refreshTroubles, startTabs } from '/page/panels.js';

const TOPICS = {
  slack: async () => { await refreshChat(); drawModal(); refreshParts(); },
  ledger: refreshLog, runs: refreshRuns, instances: refreshInstances, pull_requests: refreshPulls, parts: refreshParts,
};

/** One fetch at a time for each topic; a change during a fetch causes one more. */
const looking = {};
async function refresh(topic) {
  if (looking[topic]) {
    looking[topic] = 'again';
    return;
  }
  looking[topic] = 'now';
  try {
    await TOPICS[topic]();
  } catch (problem) {
    console.warn(topic, problem);
  }
  const again = looking[topic] === 'again';
  looking[topic] = null;
  if (again) refresh(topic);
}

const refreshAll = () => Object.keys(TOPICS).forEach(refresh);

function listen() {
  const events = new EventSource('/ui/events');
  const live = byId('live');
  events.onopen = () => { live.textContent = 'live'; live.dataset.state = 'live'; refreshAll(); refreshTroubles(); };
  events.onerror = () => { live.textContent = 'reconnecting…'; live.dataset.state = 'off'; };
  Object.keys(TOPICS).forEach(topic => events.addEventListener(topic, () => refresh(topic)));
}

function startTheme() {
  byId('theme').addEventListener('click', () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
    localStorage.setItem('theme', document.documentElement.dataset.theme);
  });
}

function startSwitch() {
  const buttons = [...document.querySelectorAll('.switch button')];
  const mark = () => buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.show === byId('app').dataset.show)));
  buttons.forEach(button => button.addEventListener('click', () => { byId('app').dataset.show = button.dataset.show; }));
  new MutationObserver(mark).observe(byId('app'), { attributes: true, attributeFilter: ['data-show'] });
}

byId('me').addEventListener('change', event => become(event.target.value).then(drawModal));
startTheme();
startSwitch();
startTabs();
startComposer();
listen();
setInterval(refreshTimes, 1000);
