export declare const uplotAnywhere: () => import('vite').Plugin;
