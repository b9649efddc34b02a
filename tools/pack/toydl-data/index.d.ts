/** The address of this folder, for `load({ dataUrl })`. */
declare const dataUrl: string;
export default dataUrl;
