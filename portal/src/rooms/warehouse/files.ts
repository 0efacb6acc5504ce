/** Gives the browser a file to keep. */
export function saveFile(content: Blob, name: string) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the download may begin later
}
