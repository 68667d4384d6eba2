// From the text of a script to its tree. Never throws: a mistake is returned in the words of busybox' sh.
import type { Command, List, ListItem, Pipeline, Redirection, Word } from './syntax.ts';
import { WordReader } from './word-reader.ts';

/** Deeper nesting than this is refused. */
const deepest = 100;

export function parseScript(text: string): { readonly list: List } | { readonly error: string } {
  const parser = new Parser(text);
  const list = parser.list(new Set());
  if (parser.problem === undefined && !parser.atEnd) parser.fail(`syntax error: unexpected "${parser.peekWord() || parser.peek()}"`);
  return parser.problem === undefined ? { list } : { error: parser.problem };
}

const reserved = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', ')', ';;']);

class Parser extends WordReader {
  list(until: ReadonlySet<string>): List {
    const items: ListItem[] = [];
    let after: ListItem['after'] = ';';
    if (++this.depth > deepest) this.fail('syntax error: nested too deeply');
    for (;;) {
      this.lines();
      const next = this.peekWord();
      if (this.atEnd || until.has(next)) break;
      if (reserved.has(next)) {
        this.fail(`syntax error: unexpected "${next}"`);
        break;
      }
      const pipeline = this.#pipeline();
      this.blanks();
      const background = this.peek() === '&' && this.peek(2) !== '&&';
      if (background) this.at++;
      items.push({ pipeline, after, background });
      const operator = this.peek(2);
      if (operator === '&&' || operator === '||') {
        this.at += 2;
        this.lines();
        if (this.atEnd) this.fail('syntax error: unexpected end of file');
        after = operator;
        continue;
      }
      after = ';';
      if (this.peek(2) !== ';;' && this.peek() === ';') this.at++;
      else if (this.peek() !== '\n' && !background) break;
    }
    this.depth--;
    return items;
  }

  #pipeline(): Pipeline {
    let negated = false;
    while (this.peekWord() === '!') {
      this.take('!');
      negated = !negated;
    }
    const commands = [this.#command()];
    for (this.blanks(); this.peek() === '|' && this.peek(2) !== '||'; this.blanks()) {
      this.at++;
      this.lines();
      commands.push(this.#command());
    }
    return { negated, commands };
  }

  #command(): Command {
    const compound = this.#compound();
    if (!compound) return this.#simple();
    return { ...compound, redirections: this.redirections() };
  }

  #compound(): Command | undefined {
    const none = { redirections: [] };
    switch (this.peekWord()) {
      case '{':
        this.take('{');
        return { kind: 'group', subshell: false, list: this.closed('}'), ...none };
      case 'if':
        return this.#if();
      case 'while':
      case 'until': {
        const until = this.peekWord() === 'until';
        this.take(until ? 'until' : 'while');
        return { kind: 'while', until, condition: this.closed('do'), body: this.closed('done'), ...none };
      }
      case 'for':
        return this.#for();
      case 'case':
        return this.#case();
      default:
    }
    if (this.peek() === '(') {
      this.at++;
      return { kind: 'group', subshell: true, list: this.closed(')'), ...none };
    }
    const name = /^([A-Za-z_]\w*)[ \t]*\([ \t]*\)/.exec(this.text.slice(this.at, this.at + 128));
    if (!name) return undefined;
    this.at += name[0].length;
    this.lines();
    return { kind: 'function', name: name[1]!, body: this.#command(), ...none };
  }

  #if(): Command {
    this.take('if');
    const branches = [{ condition: this.closed('then'), body: this.list(new Set(['elif', 'else', 'fi'])) }];
    let otherwise: List | undefined;
    while (this.peekWord() === 'elif') {
      this.take('elif');
      branches.push({ condition: this.closed('then'), body: this.list(new Set(['elif', 'else', 'fi'])) });
    }
    if (this.peekWord() === 'else') {
      this.take('else');
      otherwise = this.list(new Set(['fi']));
    }
    this.take('fi');
    return { kind: 'if', branches, otherwise, redirections: [] };
  }

  #for(): Command {
    this.take('for');
    const name = this.peekWord();
    this.take(name);
    this.lines();
    let words: Word[] | undefined;
    if (this.peekWord() === 'in') {
      this.take('in');
      words = this.words();
    }
    this.blanks();
    if (this.peek() === ';') this.at++;
    this.lines();
    this.take('do');
    return { kind: 'for', name, words, body: this.closed('done'), redirections: [] };
  }

  #case(): Command {
    this.take('case');
    this.blanks();
    const word = this.word();
    this.lines();
    this.take('in');
    const branches: { patterns: Word[]; list: List }[] = [];
    for (this.lines(); !this.atEnd && this.peekWord() !== 'esac'; this.lines()) {
      if (this.peek() === '(') this.at++;
      const patterns: Word[] = [];
      do {
        if (this.peek() === '|') this.at++;
        this.blanks();
        patterns.push(this.word());
        this.blanks();
      } while (this.peek() === '|');
      this.take(')');
      branches.push({ patterns, list: this.list(new Set([';;', 'esac'])) });
      if (this.peekWord() === ';;') this.take(';;');
    }
    this.take('esac');
    return { kind: 'case', word, branches, redirections: [] };
  }

  closed(end: string): List {
    const list = this.list(new Set([end]));
    this.take(end);
    return list;
  }

  #simple(): Command {
    const assignments: [string, Word][] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (this.blanks(); !this.atEnd; this.blanks()) {
      const redirection = this.redirection();
      if (redirection) {
        redirections.push(redirection);
        continue;
      }
      if (/[\n;&|()]/.test(this.peek())) break;
      const assigned = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(this.text.slice(this.at, this.at + 256)) : undefined;
      if (!assigned) {
        words.push(this.word());
        continue;
      }
      this.at += assigned[0].length;
      assignments.push([assigned[1]!, this.word()]);
    }
    if (words.length + assignments.length + redirections.length === 0) this.fail(`syntax error: unexpected "${this.peek() || 'end of file'}"`);
    return { kind: 'simple', assignments, words, redirections };
  }

  protected inside(text: string): WordReader {
    return new Parser(text);
  }
}
