const PATIENCE = 4000;

/** Where the phone is, if it knows soon and may say it; nothing waits for it longer. The service compares it with the facility's place and does not keep it. */
export const place = () =>
  new Promise<{ latitude: number; longitude: number } | null>((done) => {
    const none = () => done(null);
    if (!navigator.geolocation) return none();
    setTimeout(none, PATIENCE); // while the person is asked, the browser's own limit does not count
    navigator.geolocation.getCurrentPosition(({ coords }) => done({ latitude: coords.latitude, longitude: coords.longitude }), none, { timeout: PATIENCE, maximumAge: 60_000 });
  });
