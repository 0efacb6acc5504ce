/** Taken along from sign-in with a password for one time to the page where one chooses one's own; in memory only. */
export const firstPassword = { userName: '', password: '' };
