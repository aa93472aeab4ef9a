/** One file of each part of a build, from the root of the project. */
export declare const outputs: readonly string[];
