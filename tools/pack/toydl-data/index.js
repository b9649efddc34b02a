/** The address of this folder, for `load({ dataUrl })`. A bundler would not find the folder: copy it to your host there. */
export default new URL(/* webpackIgnore: true */ /* @vite-ignore */ './', import.meta.url).href;
