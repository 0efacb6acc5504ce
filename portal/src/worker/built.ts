/** A built file is kept for good: never what a network answers in its place that wants a sign-in first. */
export const isBuilt = (answer: Response) => answer.status === 200 && !answer.headers.get('Content-Type')?.startsWith('text/html');
