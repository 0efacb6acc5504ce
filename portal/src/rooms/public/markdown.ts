import { h, type VNode } from 'vue';

/** What the guides are written in: headings, lists, bold, italics. As nodes, so that nothing in a text can become markup of the page. */
export function markdown(text: string): VNode[] {
  const nodes: VNode[] = [];
  for (const block of text.trim().split(/\n(?=#)|\n\s*\n/)) {
    const lines = block.trim().split('\n');
    const heading = lines[0]!.match(/^(#+) (.*)$/);
    if (heading) {
      nodes.push(h(`h${Math.min(heading[1]!.length, 4)}`, inline(heading[2]!)));
      lines.shift();
    }
    const [before, items] = split(lines);
    if (before) nodes.push(h('p', inline(before)));
    if (items.length) nodes.push(h(/^\d/.test(lines.find((l) => ITEM.test(l))!) ? 'ol' : 'ul', items.map((i) => h('li', inline(i)))));
  }
  return nodes;
}

const ITEM = /^(?:-|\d+\.) (.*)$/;

/** The lines before a list as one, and each item with the lines that it goes on in. */
function split(lines: string[]): [string, string[]] {
  const [before, items]: [string[], string[]] = [[], []];
  for (const line of lines) {
    const item = line.match(ITEM);
    if (item) items.push(item[1]!);
    else if (items.length) items[items.length - 1] += ` ${line.trim()}`;
    else before.push(line.trim());
  }
  return [before.join(' '), items];
}

const inline = (text: string) => text.split(/(\*\*.+?\*\*|\*.+?\*)/).map((part, i) =>
  i % 2 === 0 ? part : part.startsWith('**') ? h('strong', part.slice(2, -2)) : h('em', part.slice(1, -1)));
