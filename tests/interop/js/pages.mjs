// Opens pages in headless Chromium and says what is wrong with them. One JSON request on stdin:
// {"chromium":"/usr/bin/chromium","shots":"folder"|null,"pages":[{"name":...,"url":...,
//   "language":"nl","desktop":true,"submit":{"text":"..."}|null,"print":{"pages":1,"holds":["..."]}|null}]}
// Answer: [{"name":...,"width":...,"faults":[...],"text":"...","verdict":"..."|null}]
//
// Every page is opened twice at phone and desktop width. First as a visitor without script, under the
// page's own content security policy: every request stays on the host and is answered, nothing is
// blocked, the page holds no script, its language is declared, nothing scrolls sideways at the width
// itself, at 320 px, at 200 % zoom and at 200 % text, Tab reaches every control in order with a
// focus that can be seen, the first of them leads past the head of the page. Then with the
// accessibility engine: axe-core at WCAG 2.2 AA, on a phone also in dark and in forced colours. At desktop
// width the engine looks at pages with "desktop" only: the same page in one language is enough there.
// A page with "submit" is reached by filling in its form by keyboard. A page with "print" is printed.
import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const request = JSON.parse(readFileSync(0, 'utf8'));
const AT_ONCE = 3;
const WIDTHS = [360, 1280];
const TIMEOUT = 60000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const browser = await chromium.launch({
  executablePath: request.chromium,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'
  ]
});

/** Goes to the page; a form on it is filled in and sent off as by keyboard. */
async function open(page, wanted) {
  await page.goto(wanted.url, {waitUntil: 'load', timeout: TIMEOUT});
  if(wanted.submit) {
    for(const [name, value] of Object.entries(wanted.submit)) {
      await page.locator(`[name="${name}"]`).first().fill(value);
    }
    const field = Object.keys(wanted.submit)[0];
    const button = page.locator(`main form:has([name="${field}"]) button[type=submit]`).first();
    await button.focus();
    await Promise.all([
      page.waitForEvent('load', {timeout: TIMEOUT}),
      page.keyboard.press('Enter')
    ]);
  }
}

const overflow = page => page.evaluate(() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
});

/** What the page itself says, read in one go. */
const inspect = page => page.evaluate(() => {
  const own = [...document.querySelectorAll('*')];
  const flat = e => e ? e.textContent.replace(/\s+/g, ' ').trim() : null;
  return {
    scripts: document.scripts.length,
    handlers: own.filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length,
    styled: own.filter(e => e.hasAttribute('style')).length,
    language: document.documentElement.lang,
    title: document.title.trim(),
    headings: document.querySelectorAll('h1').length,
    mains: document.querySelectorAll('main').length,
    ids: own.map(e => e.id).filter((id, at, all) => id && all.indexOf(id) !== at),
    unlabelled: [...document.querySelectorAll('input, select, textarea')].filter(e =>
      e.type !== 'hidden' && !e.labels?.length && !e.getAttribute('aria-label')).length,
    robots: document.querySelector('meta[name=robots]')?.content ?? '',
    verdict: flat(document.querySelector('.verdict .sentence')),
    test: flat(document.querySelector('.test'))
  };
});

async function keyboard(page) {
  const faults = [];
  const wanted = await page.evaluate(() => {
    const names = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const groups = new Set();
    return [...document.querySelectorAll(names)].filter(e => {
      if(!e.getClientRects().length || e.disabled || e.type === 'hidden' ||
        e.closest('details:not([open]) > :not(summary)')) {
        return false;
      }
      // A group of radio buttons is one stop.
      if(e.type === 'radio') {
        const first = !groups.has(e.name);
        groups.add(e.name);
        return first;
      }
      return true;
    }).length;
  });
  let last = -1;
  let reached = 0;
  for(let i = 0; i < wanted + 3; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const e = document.activeElement;
      if(!e || e === document.body) {
        return null;
      }
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      return {
        index: [...document.querySelectorAll('*')].indexOf(e),
        label: (e.textContent || e.name || e.tagName).replace(/\s+/g, ' ').trim().slice(0, 40),
        skip: (e.getAttribute('href') ?? '').startsWith('#'),
        seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) ||
          style.boxShadow !== 'none',
        inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight &&
          box.right > 0 && box.left < innerWidth
      };
    });
    if(!focus || focus.index <= last) {
      break;
    }
    last = focus.index;
    reached++;
    if(reached === 1 && !focus.skip) {
      faults.push(`the first stop does not lead to the content: ${focus.label}`);
    }
    if(!focus.seen) {
      faults.push(`focus is not visible on: ${focus.label}`);
    }
    if(!focus.inside) {
      faults.push(`what has the focus is outside the window: ${focus.label}`);
    }
  }
  if(reached < wanted) {
    faults.push(`Tab reaches ${reached} of ${wanted} controls`);
  }
  return faults;
}

async function skipLink(page) {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const there = await page.evaluate(() => document.activeElement?.closest('main') !== null);
  return there ? [] : ['the first link does not move the focus to the content'];
}

/** As a visitor without script. */
async function visit(wanted, width) {
  const faults = [];
  const context = await browser.newContext({
    viewport: {width, height: 800}, javaScriptEnabled: false, reducedMotion: 'reduce'
  });
  const page = await context.newPage();
  const {host} = new URL(wanted.url);
  page.on('request', r => {
    const url = new URL(r.url());
    if(url.protocol !== 'data:' && url.host !== host) {
      faults.push(`a request leaves the host: ${url.host}`);
    }
  });
  page.on('requestfailed', r => faults.push(`not loaded: ${new URL(r.url()).pathname}`));
  page.on('response', r => {
    if(r.status() >= 400 && r.request().resourceType() !== 'document') {
      faults.push(`${r.status()} for ${new URL(r.url()).pathname}`);
    }
  });
  page.on('console', m => {
    if(m.type() === 'error' && !/status of 4\d\d/.test(m.text())) {
      faults.push(`console: ${m.text()}`);
    }
  });
  await open(page, wanted);
  const seen = await inspect(page);
  const check = (good, fault) => good || faults.push(fault);
  check(seen.scripts === 0, 'the page has a script');
  check(seen.handlers === 0, 'the page has event handlers');
  check(seen.styled === 0, 'style attributes, which the content security policy forbids');
  check(seen.language === wanted.language, `its language is declared as "${seen.language}"`);
  check(seen.title.length > 0, 'no title');
  check(seen.headings === 1, `${seen.headings} first-level headings`);
  check(seen.mains === 1, `${seen.mains} main landmarks`);
  check(seen.ids.length === 0, `an id stands twice: ${seen.ids.join(', ')}`);
  check(seen.unlabelled === 0, `${seen.unlabelled} controls without a label`);
  check(seen.robots.includes('noindex'), 'search engines are not told to stay away');
  const text = await page.locator('body').innerText();
  const main = await page.locator('main').innerText();
  if(request.shots) {
    mkdirSync(request.shots, {recursive: true});
    await page.screenshot({path: `${request.shots}/${wanted.name}-${width}.png`, fullPage: true});
  }
  const sideways = async what => {
    const by = await overflow(page);
    check(by <= 0, `scrolls sideways by ${by} px ${what}`);
  };
  await sideways('at its width');
  faults.push(...await keyboard(page));
  // Half the pixels of the window is what zooming to 200 % leaves; 320 px is the narrowest.
  const narrow = width === WIDTHS[0] ? 320 : width / 2;
  await page.setViewportSize({width: narrow, height: 400});
  await sideways(`at ${narrow} px`);
  await page.setViewportSize({width, height: 800});
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await sideways('with text of 200 %');
  check((await page.locator('body').innerText()).length === text.length,
    'text is lost when it is enlarged');
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  if(width === WIDTHS[1] && wanted.print) {
    faults.push(...await print(page, wanted));
  }
  await context.close();
  return {faults, text, main, verdict: seen.verdict, test: seen.test};
}

/** On paper: so many A4, and with this text. */
async function print(page, wanted) {
  const faults = [];
  const paper = await page.pdf({format: 'A4', preferCSSPageSize: true, printBackground: false});
  if(request.shots) {
    execFileSync('pdftoppm', ['-png', '-r', '60', '-', `${request.shots}/${wanted.name}-print`],
      {input: paper});
  }
  const facts = execFileSync('pdfinfo', ['-'], {input: paper}).toString();
  const pages = Number(/^Pages:\s+(\d+)/m.exec(facts)?.[1]);
  if(!/^Page size:.*A4/m.test(facts)) {
    faults.push('it is not printed on A4');
  }
  if(pages > wanted.print.pages) {
    faults.push(`it is printed on ${pages} sheets`);
  }
  const text = execFileSync('pdftotext', ['-raw', '-', '-'], {input: paper}).toString();
  const flat = t => t.replace(/\s+/g, '');
  for(const part of wanted.print.holds) {
    if(!flat(text).includes(flat(part))) {
      faults.push(`not on paper: ${part}`);
    }
  }
  return faults;
}

/** With the accessibility engine, which is a script. */
async function examine(wanted, width) {
  const faults = [];
  const context = await browser.newContext({
    viewport: {width, height: 800}, bypassCSP: true, reducedMotion: 'reduce'
  });
  const page = await context.newPage();
  await open(page, wanted);
  if(width === WIDTHS[0]) {
    faults.push(...await skipLink(page));
  }
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
  await page.evaluate(axeSource);
  const run = async (what, only) => {
    const found = await page.evaluate(options => window.axe.run(document, options), only ?
      {runOnly: {type: 'rule', values: only}} :
      {runOnly: {type: 'tag', values: RULES}, rules: {'target-size': {enabled: true}}});
    for(const v of found.violations) {
      const where = v.nodes.map(n => n.target.join(' ')).join(', ');
      faults.push(`axe ${v.id} ${what}: ${v.help}: ${where}`);
    }
    if(!found.passes.length) {
      faults.push(`the accessibility engine checked nothing ${what}`);
    }
  };
  await run('in light');
  if(width === WIDTHS[0]) {
    await page.emulateMedia({colorScheme: 'dark'});
    if(request.shots) {
      await page.screenshot({path: `${request.shots}/${wanted.name}-dark.png`, fullPage: true});
    }
    await run('in dark', ['color-contrast', 'link-in-text-block']);
    await page.emulateMedia({colorScheme: 'light', forcedColors: 'active'});
    if(request.shots) {
      await page.screenshot({path: `${request.shots}/${wanted.name}-forced.png`, fullPage: true});
    }
    await run('in forced colours', ['color-contrast']);
  }
  await context.close();
  return faults;
}

const work = request.pages.flatMap(wanted => WIDTHS.map(width => ({wanted, width})));
const answers = new Array(work.length);
let next = 0;
await Promise.all(Array.from({length: AT_ONCE}, async () => {
  while(next < work.length) {
    const at = next++;
    const {wanted, width} = work[at];
    try {
      const {faults, ...seen} = await visit(wanted, width);
      if(width === WIDTHS[0] || wanted.desktop) {
        faults.push(...await examine(wanted, width));
      }
      answers[at] = {name: wanted.name, width, faults, ...seen};
    } catch(error) {
      answers[at] = {
        name: wanted.name, width, faults: [`not seen: ${error.message}`], text: '', main: ''
      };
    }
  }
}));
await browser.close();
process.stdout.write(JSON.stringify(answers));
