// Lays LaTeX out with MathJax: reads a JSON list of sources, writes a JSON list of boxes and pictures.
// Called by scripts/compare_mathjax.py, which says where MathJax is.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, name, sources, target] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const from = (path) => import(pathToFileURL(require.resolve(path)));
const { mathjax } = await from('@mathjax/src/js/mathjax.js');
const { TeX } = await from('@mathjax/src/js/input/tex.js');
const { SVG } = await from('@mathjax/src/js/output/svg.js');
const { liteAdaptor } = await from('@mathjax/src/js/adaptors/liteAdaptor.js');
const { RegisterHTMLHandler } = await from('@mathjax/src/js/handlers/html.js');
await from('@mathjax/src/js/util/asyncLoad/node.js');
for (const each of ['base', 'ams', 'cancel', 'boldsymbol', 'enclose']) {
  await from(`@mathjax/src/js/input/tex/${each}/${each[0].toUpperCase()}${each.slice(1)}Configuration.js`);
}
const font = await from(`@mathjax/mathjax-${name}-font/js/svg.js`);
const fontData = Object.values(font).find((each) => typeof each === 'function');

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const input = new TeX({ packages: ['base', 'ams', 'cancel', 'boldsymbol', 'enclose'] });
const output = new SVG({ fontCache: 'none', fontData });
const page = mathjax.document('', { InputJax: input, OutputJax: output });

const boxes = [];
for (const source of JSON.parse(readFileSync(sources, 'utf8'))) {
  const node = await page.convertPromise(source, { display: true, em: 16, ex: 8, containerWidth: 1e6 });
  const svg = adaptor.tags(node, 'svg')[0];
  const [, top, width, height] = adaptor.getAttribute(svg, 'viewBox').split(' ').map(Number);
  boxes.push({
    width: width / 1000, height: -top / 1000, depth: (height + top) / 1000,
    svg: adaptor.serializeXML(svg),
  });
}
writeFileSync(target, JSON.stringify(boxes));
