// Diffs and terminal output.
import { h } from '/page/dom.js';

export function diff(text) {
  const lines = text.replace(/\n$/, '').split('\n');
  return h('pre.diff', { tabindex: 0, 'aria-label': 'Difference' }, lines.filter(line => !/^(index |new file|similarity|--- |\+\+\+ )/.test(line)).map(line => {
    const file = line.match(/^diff --git a\/(.*) b\//);
    if (file) return h('span.file', file[1] + '\n');
    const kind = line.startsWith('@@') ? 'hunk' : line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
    return h('span.' + kind, line + '\n');
  }));
}

const COLOURS = { 30: 'black', 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 35: 'magenta', 36: 'cyan', 37: 'white', 90: 'grey' };

/** Output with the colours that terminals show. */
export function terminal(text) {
  const nodes = [];
  let style = '';
  for (const part of text.split(/(\x1b\[[0-9;]*[A-Za-z])/)) {
    const code = part.match(/^\x1b\[([0-9;]*)m$/);
    if (code) style = styled(style, code[1]);
    else if (part && !part.startsWith('\x1b[')) nodes.push(style ? h('span' + style, part) : document.createTextNode(part));
  }
  return nodes;
}

function styled(style, codes) {
  for (const code of (codes || '0').split(';')) {
    if (code === '0' || code === '') style = '';
    else if (code === '1') style += '.bold';
    else if (COLOURS[code]) style = style.replace(/\.c-\w+/, '') + '.c-' + COLOURS[code];
  }
  return style;
}
