// Slack's mrkdwn as elements: https://docs.slack.dev/messaging/formatting-message-text
import { h } from '/page/dom.js';
import { drawn } from '/page/icons.js';

const EMOJI = {
  white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', warning: '⚠️', rotating_light: '🚨', lock: '🔒', unlock: '🔓',
  key: '🔑', closed_lock_with_key: '🔐', hourglass: '⌛', hourglass_flowing_sand: '⏳', alarm_clock: '⏰', clock1: '🕐', timer_clock: '⏲️',
  stopwatch: '⏱️', gear: '⚙️', hammer_and_wrench: '🛠️', wrench: '🔧', rocket: '🚀', tada: '🎉', wave: '👋', eyes: '👀', bell: '🔔',
  no_entry: '⛔', no_entry_sign: '🚫', door: '🚪', european_castle: '🏰', castle: '🏰', large_green_circle: '🟢', large_yellow_circle: '🟡',
  large_orange_circle: '🟠', red_circle: '🔴', large_blue_circle: '🔵', white_circle: '⚪', black_circle: '⚫', memo: '📝', link: '🔗',
  information_source: 'ℹ️', question: '❓', exclamation: '❗', mag: '🔍', computer: '💻', floppy_disk: '💾', file_cabinet: '🗄️',
  checkered_flag: '🏁', broom: '🧹', wastebasket: '🗑️', skull: '💀', bust_in_silhouette: '👤', busts_in_silhouette: '👥', thumbsup: '👍',
  '+1': '👍', arrows_counterclockwise: '🔄', heavy_plus_sign: '➕', heavy_minus_sign: '➖', construction: '🚧', fire: '🔥', zzz: '💤',
  point_right: '👉', bulb: '💡', shield: '🛡️', package: '📦', bookmark: '🔖', calendar: '📆', scroll: '📜', ledger: '📒', sos: '🆘',
};

const unescape = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** A text object, or a message's own text, as nodes. */
export function textOf(object, names) {
  if (!object) return [];
  if (object.type === 'plain_text') return [h('span.plain', { dir: 'auto' }, object.emoji === false ? unescape(object.text) : said(object.text))];
  return mrkdwn(object.text || '', names);
}

export function mrkdwn(text, names) {
  const nodes = [];
  text.split(/```/).forEach((part, index) => {
    if (index % 2) nodes.push(h('pre', h('code', unescape(part.replace(/^\n/, '').replace(/\n$/, '')))));
    else nodes.push(...paragraphs(part, names, index > 0));
  });
  return nodes;
}

function paragraphs(text, names, afterCode) {
  const nodes = [];
  const lines = (afterCode ? text.replace(/^\n/, '') : text).split('\n');
  let quote = null;
  lines.forEach((line, index) => {
    const quoted = line.match(/^&gt; ?(.*)$/);
    if (quoted) {
      if (!quote) nodes.push(quote = h('blockquote'));
      else quote.append(h('br'));
      quote.append(...spans(quoted[1], names));
      return;
    }
    if (index > 0 && !quote) nodes.push(h('br'));
    quote = null;
    nodes.push(...spans(line, names));
  });
  return nodes;
}

const SPAN = /`([^`\n]+)`|<([^<>]+)>|(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*\S)~(?![\w~])/;

function spans(text, names) {
  const found = text.match(SPAN);
  if (!found) return said(text);
  const [all, code, special, bold, italic, struck] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + all.length);
  const node = code !== undefined ? h('code', unescape(code.replace(/<([^<>|]*)\|?([^<>]*)>/g, (_, link, label) => label || link)))
    : special !== undefined ? reference(special, names)
    : bold !== undefined ? h('strong', spans(bold, names))
    : italic !== undefined ? h('em', spans(italic, names))
    : h('s', spans(struck, names));
  return [...said(before), node, ...spans(after, names)];
}

function reference(special, names) {
  const [target, label] = split(special, '|');
  if (target.startsWith('@')) return h('span.mention', '@' + (names.get(target.slice(1)) || label || target.slice(1)));
  if (target.startsWith('#')) return h('span.mention', '#' + (label || names.get(target.slice(1)) || target.slice(1)));
  if (target.startsWith('!date^')) return date(target.slice(6), label);
  if (/^!(channel|here|everyone)$/.test(target)) return h('span.mention.loud', '@' + target.slice(1));
  if (target.startsWith('!')) return h('span.mention', '@' + (label || target.slice(1)));
  return link(unescape(target), label === undefined ? undefined : unescape(label));
}

function link(target, label) {
  if (!/^(https?:|mailto:)/i.test(target)) return label || target;
  return h('a', { href: target, target: '_blank', rel: 'noreferrer noopener' }, label || target);
}

// <!date^seconds^{tokens}^optional link|fallback>, in the reader's own zone
function date(specification, fallback) {
  const [seconds, format, target] = specification.split('^');
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime()) || !format) return fallback || specification;
  const shown = format.replace(/\{(\w+)\}/g, (token, name) => DATES[name] ? DATES[name](moment) : token);
  const node = h('time', { datetime: moment.toISOString(), title: moment.toLocaleString() }, unescape(shown));
  return target ? h('a', { href: target, target: '_blank', rel: 'noreferrer noopener' }, node) : node;
}

const as = options => moment => moment.toLocaleString(undefined, options);
const long = { year: 'numeric', month: 'long', day: 'numeric' };
const short = { year: 'numeric', month: 'short', day: 'numeric' };
const pretty = otherwise => moment => {
  const days = Math.round((new Date(moment).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86400000);
  return days === 0 ? 'today' : days === -1 ? 'yesterday' : days === 1 ? 'tomorrow' : otherwise(moment);
};
const ago = moment => {
  const minutes = Math.round((moment - Date.now()) / 60000);
  const [size, unit] = [[1440, 'day'], [60, 'hour'], [0, 'minute']].find(([least]) => Math.abs(minutes) >= least);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(minutes / (size || 1)), unit);
};
const DATES = {
  date_num: moment => moment.toISOString().slice(0, 10),
  date_slash: moment => moment.toLocaleDateString(),
  date: as(long), date_long: as({ weekday: 'long', ...long }), date_short: as(short),
  date_pretty: pretty(as(long)), date_long_pretty: pretty(as({ weekday: 'long', ...long })), date_short_pretty: pretty(as(short)),
  time: as({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), time_secs: as({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  ago,
};

function split(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** Text as people read it, emoji drawn. */
const said = text => drawn(emoji(unescape(text)));

export function emoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] || all);
}
