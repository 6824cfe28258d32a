// A telephone's network: slow, and sometimes gone.

/** 400 kbps, and a fifth of a second there and back. */
const SLOW = { latency: 200, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/**
 * Puts a page behind a slow network; gives what takes the network away and what brings it back. Playwright's own `setOffline`
 * would forget the slowness when it brings the network back.
 */
export async function slowNetwork(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const set = (offline) => session.send("Network.emulateNetworkConditions", { offline, ...SLOW });
  await set(false);
  return { away: () => set(true), back: () => set(false) };
}
