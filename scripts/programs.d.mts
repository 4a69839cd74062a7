/** Types of the plain script beside this file. */
export declare function chromiumPath(): string | undefined;
export declare function provide(): string | undefined;
