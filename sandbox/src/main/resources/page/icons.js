// Signs that look the same on every machine, also where no emoji font is installed.

// Strokes on a 24 × 24 grid.
const PATHS = {
  check: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.2l2.8 2.8L16 9.4',
  cross: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6',
  stop: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  unlock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.7-1.5',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.2 19.5 4M16 7.5l2.5 2.5',
  hourglass: 'M6 3h12M6 21h12M7 3c0 6 5 6.5 5 9s-5 3-5 9M17 3c0 6-5 6.5-5 9s5 3 5 9',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.300l3.5 2',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.500h4',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.200a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.600z',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
  gear: 'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.600l2.1 2.100M16.3 16.300l2.1 2.100M18.4 5.600l-2.1 2.100M7.7 16.300l-2.1 2.1',
  cloud: 'M7 18a4.5 4.5 0 0 1-.5-8.95 6 6 0 0 1 11.4 1A4 4 0 0 1 17.5 18z',
  merge: 'M7 3.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 16.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM17 11a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7 7.500v9M7 8c.5 4 3.5 5 8 5',
  home: 'M4 11.5 12 4l8 7.500V20h-5.500v-5h-5v5H4z',
  castle: 'M4 20V5h3v3h3V5h4v3h3V5h3v15zM9.5 20v-4a2.5 2.5 0 0 1 5 0v4',
  broom: 'M14 3l-4 9M6 12l8 3.5-2 5.500H4z',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.500a7.5 7.5 0 0 1 15 0',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.500M12 7.500v.3',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20.5 20.5',
  memo: 'M6 3h9l4 4v14H6zM9 10h7M9 14h7M9 18h4',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1-1',
  shield: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z',
};

const DOTS = { '🟢': 'green', '🟡': 'yellow', '🟠': 'orange', '🔴': 'red', '🔵': 'blue', '⚪': 'white', '⚫': 'black' };

const SIGNS = {
  '✅': 'check', '✔': 'check', '❌': 'cross', '⛔': 'stop', '🚫': 'stop', '⚠': 'warning', '🚨': 'warning', '🔒': 'lock', '🔐': 'lock', '🔓': 'unlock',
  '🔑': 'key', '⏳': 'hourglass', '⌛': 'hourglass', '⏰': 'clock', '⏱': 'clock', '⏲': 'clock', '🕐': 'clock', '🔔': 'bell', '👀': 'eye', '👁': 'eye',
  '⚙': 'gear', '🛠': 'gear', '🔧': 'gear', '🧹': 'broom', '🚪': 'unlock', '🏰': 'castle', '👤': 'person', '👥': 'person', 'ℹ': 'info', '🔍': 'search',
  '📝': 'memo', '📜': 'memo', '📒': 'book', '🔗': 'link', '🛡': 'shield',
};

const KNOWN = new RegExp('(' + [...Object.keys(DOTS), ...Object.keys(SIGNS)].join('|') + ')\\uFE0F?', 'u');

/** A drawn sign; silent unless it is given a name. */
export function icon(name, label) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'sign sign-' + name);
  if (label) {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  } else svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Text with the emoji that are known drawn; the others are left to the machine's fonts. */
export function drawn(text) {
  return text.split(KNOWN).filter(Boolean).map(part => DOTS[part] ? dot(part) : SIGNS[part] ? icon(SIGNS[part], part) : part);
}

function dot(emoji) {
  const node = document.createElement('span');
  node.className = 'emoji-dot';
  node.dataset.colour = DOTS[emoji];
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', DOTS[emoji]);
  return node;
}
