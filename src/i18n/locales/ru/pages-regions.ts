/** Words of the pages on regions, sources and privacy. */
export const pagesRegions = {};
