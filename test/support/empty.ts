/** What a style sheet is to a test of components. */
export const styles = {};
