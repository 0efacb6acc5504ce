/** Where to go after sign-in: a page of ours, whatever a link from elsewhere says. */
export function returnTo(asked: unknown): string {
  if (typeof asked !== 'string') return '/';
  const target = URL.canParse(asked, location.origin) ? new URL(asked, location.origin) : null;
  return target?.origin === location.origin ? target.pathname + target.search + target.hash : '/';
}
