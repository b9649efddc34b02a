/** uPlot takes the browser's language for numbers that we write ourselves, and fails at once where that is none, such as `C`. */
export const uplotAnywhere = () => ({
  name: 'toydl-uplot-anywhere',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/uPlot\.esm\.js(\?|$)/.test(id)) return undefined;
    const changed = code.replace("new Intl.NumberFormat(domEnv ? nav.language : 'en-US')", "new Intl.NumberFormat('en-US')");
    if (changed === code) throw new Error(`${id} is not as tools/build/uplot.mjs expects it.`);
    return { code: changed, map: null };
  },
});
