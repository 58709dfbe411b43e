// Opens pages in headless Chromium and says what is wrong with them. One JSON request on stdin:
// {"chromium":"/usr/bin/chromium","pages":[{"url":...,"name":...}],"shots":"folder"|null}
// Answer: [{"name":...,"width":...,"faults":[...],"text":"..."}]
//
// For each page at phone and desktop width: it has no script at all, every request stays on the host, nothing scrolls sideways, at 200 % text nothing is lost, every
// link and button is reached by Tab in order and shows its focus, the language is declared, and
// axe-core finds nothing at WCAG 2.2 AA.
import {readFileSync, mkdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import {chromium} from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const request = JSON.parse(readFileSync(0, 'utf8'));

const browser = await chromium.launch({
  executablePath: request.chromium,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'
  ]
});

async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth -
    document.documentElement.clientWidth);
}

async function keyboard(page) {
  const faults = [];
  const expected = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
    return all.filter(e => e.getClientRects().length && !e.disabled && e.type !== 'hidden' &&
      !e.closest('details:not([open]) > :not(summary)')).length;
  });
  let reached = 0;
  let last = -1;
  for(let i = 0; i < expected + 3; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const e = document.activeElement;
      if(!e || e === document.body) {
        return null;
      }
      const style = getComputedStyle(e);
      const all = [...document.querySelectorAll('*')];
      return {
        index: all.indexOf(e), label: (e.textContent || e.name || e.tagName).trim().slice(0, 40),
        visible: style.outlineStyle !== 'none' || style.boxShadow !== 'none'
      };
    });
    if(!focus) {
      break;
    }
    if(focus.index <= last) {
      break;
    }
    last = focus.index;
    reached++;
    if(!focus.visible) {
      faults.push(`focus is not visible on: ${focus.label}`);
    }
  }
  if(reached < expected) {
    faults.push(`Tab reaches ${reached} of ${expected} controls`);
  }
  return faults;
}

const answers = [];
for(const wanted of request.pages) {
  for(const width of [360, 1280]) {
    const faults = [];
    const context = await browser.newContext({
      viewport: {width, height: 800}, bypassCSP: true
    });
    const page = await context.newPage();
    const host = new URL(wanted.url).host;
    page.on('request', r => {
      if(!r.url().startsWith('data:') && new URL(r.url()).host !== host) {
        faults.push(`a request leaves the host: ${new URL(r.url()).host}`);
      }
    });
    page.on('console', m => {
      if(m.type() === 'error' && !/status of 4\d\d/.test(m.text())) {
        faults.push(`console: ${m.text()}`);
      }
    });
    await page.goto(wanted.url, {waitUntil: 'load', timeout: 30000});
    if(await page.locator('script').count()) {
      faults.push('the page has a script');
    }
    if(!(await page.locator('html').getAttribute('lang'))) {
      faults.push('no language is declared');
    }
    if(await page.locator('h1').count() !== 1) {
      faults.push('there is not exactly one first-level heading');
    }
    const text = await page.locator('body').innerText();
    if(request.shots) {
      mkdirSync(request.shots, {recursive: true});
      await page.screenshot({path: `${request.shots}/${wanted.name}-${width}.png`, fullPage: true});
    }
    const sideways = await overflow(page);
    if(sideways > 0) {
      faults.push(`scrolls sideways by ${sideways} px`);
    }
    faults.push(...await keyboard(page));
    await page.addStyleTag({content: 'html{font-size:200% !important}'});
    const large = await overflow(page);
    if(large > 0) {
      faults.push(`at 200 % text it scrolls sideways by ${large} px`);
    }
    await context.close();

    const scripted = await browser.newContext({viewport: {width, height: 800}, bypassCSP: true});
    const second = await scripted.newPage();
    await second.goto(wanted.url, {waitUntil: 'load', timeout: 30000});
    await second.evaluate(axeSource);
    const found = await second.evaluate(() => window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    }));
    for(const v of found.violations) {
      faults.push(`axe ${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ')).join(', ')}`);
    }
    if(!found.passes.length) {
      faults.push('the accessibility engine checked nothing');
    }
    await scripted.close();
    answers.push({name: wanted.name, width, faults, text});
  }
}
await browser.close();
process.stdout.write(JSON.stringify(answers));
